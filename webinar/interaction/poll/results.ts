import { and, asc, eq, gt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { givenName } from '../name.ts';
import type { RoomDeps } from '../here.ts';
import type { PollResults, Ranking } from '../kinds.ts';
import { append, type Interaction, rowsAbout } from '../log.ts';
import type { Opener } from '../message.ts';
import { pollVote, roomPoll } from '../schema.ts';
import { type Poll, rankingOf } from './poll.ts';

export const ANSWER_CONTEXT = 'poll_vote.sealed';
const BEST = 10;
/** Different words of a poll that are shown. */
const WORDS = 60;

type Votes = typeof pollVote.$inferSelect;

export function votesOf(handle: Handle, occurrenceId: string, poll: string): Promise<Votes[]> {
	return handle
		.select()
		.from(pollVote)
		.where(and(eq(pollVote.occurrenceId, occurrenceId), eq(pollVote.poll, poll)))
		.orderBy(asc(pollVote.at), asc(pollVote.personId));
}

/**
 * Tells the results when they changed, inside a body that holds the room's lock: everybody, or before a poll that keeps them is closed the
 * host's side. Words that people wrote are not kept here: they are opened when the row is read.
 */
export async function appendResults(tx: Handle, { random }: Pick<RoomDeps, 'random'>, poll: Poll, at: Date): Promise<boolean> {
	const { occurrenceId, key, options } = poll;
	const rows = await votesOf(tx, occurrenceId, key);
	const votes = options.map((_, option) => rows.filter(({ choices }) => choices.includes(option)).length);
	const body: PollResults = { poll: key, votes, answers: rows.length };
	const audience = poll.shows === 'live' || poll.state === 'closed' ? 'all' : 'staff';
	const [newest] = await rowsAbout(tx, occurrenceId, 'poll-results', key);
	const told = newest ? (newest.data as unknown as PollResults) : null;
	const isSame = told ? told.votes.join() === votes.join() && (told.answers ?? 0) === rows.length : rows.length === 0;
	if (isSame && (newest === undefined || newest.audience === audience || audience === 'staff')) return false;
	await append(tx, { id: newId(at, random), occurrenceId, kind: 'poll-results', subject: key, data: body, audience, at });
	return true;
}

/** Tells who leads the quiz of an occurrence. */
export async function appendRanking(tx: Handle, { random }: Pick<RoomDeps, 'random'>, occurrenceId: string, at: Date): Promise<void> {
	const best = rankingOf(await quizAnswers(tx, occurrenceId)).slice(0, BEST);
	if (best.length === 0) return;
	await append(tx, { id: newId(at, random), occurrenceId, kind: 'ranking', data: { best }, at });
}

/** Right answers to the questions of the quiz that are over. */
export function quizAnswers(handle: Handle, occurrenceId: string) {
	return handle
		.select({ personId: pollVote.personId, points: pollVote.points, tookMs: pollVote.tookMs })
		.from(pollVote)
		.innerJoin(roomPoll, and(eq(roomPoll.occurrenceId, pollVote.occurrenceId), eq(roomPoll.key, pollVote.poll), eq(roomPoll.state, 'closed')))
		.where(and(eq(pollVote.occurrenceId, occurrenceId), gt(pollVote.points, 0)));
}

/** Names of the best as they may be said in the room. */
export function rankingOpener({ gating }: Pick<RoomDeps, 'gating'>): Opener<'ranking'> {
	return async ({ data }) => {
		const { best } = data as unknown as { readonly best: ReturnType<typeof rankingOf> };
		const rows = best.map(async ({ personId, rank, points, tookMs }): Promise<Ranking['rows'][number]> => {
			const contact = await gating.people.contact(personId);
			return { rank, points, tookMs, name: contact && givenName(contact.name ?? '') };
		});
		return { kind: 'ranking', rows: await Promise.all(rows) };
	};
}

/** Results with the words that people wrote, as they are by now; words that wait for a moderator are left out. */
export function resultsOpener({ db, gating }: Pick<RoomDeps, 'db' | 'gating'>): { readonly open: Opener<'poll-results'>; forget(): void } {
	const remembered = new Map<string, { readonly answers: number; readonly words: NonNullable<PollResults['words']> }>();
	const wordsOf = async (occurrenceId: string, poll: string, answers: number) => {
		const key = `${occurrenceId}:${poll}`;
		const known = remembered.get(key);
		if (known && known.answers >= answers) return known.words;
		const rows = (await votesOf(db.read, occurrenceId, poll)).filter(({ showing }) => showing === 'shown');
		const texts = await Promise.all(
			rows.map(async ({ personId, sealed }) => (sealed ? await gating.people.unseal(personId, ANSWER_CONTEXT, sealed) : null)),
		);
		const words = countWords(texts.flatMap((text) => text?.split('\n') ?? []));
		remembered.set(key, { answers, words });
		if (remembered.size > 100) remembered.delete(remembered.keys().next().value ?? '');
		return words;
	};
	return {
		forget: () => remembered.clear(),
		open: async ({ occurrenceId, data }: Interaction) => {
			const results = data as unknown as PollResults;
			if (results.votes.length > 0) return { kind: 'poll-results', ...results };
			return { kind: 'poll-results', ...results, words: await wordsOf(occurrenceId, results.poll, results.answers ?? 0) };
		},
	};
}

/** Words with how often each was given, the most frequent first, then in the order in which they came; the first spelling is shown. */
export function countWords(texts: readonly string[]): { readonly text: string; readonly count: number }[] {
	const counted = new Map<string, { text: string; count: number }>();
	for (const text of texts) {
		const key = text.normalize('NFKC').toLowerCase();
		const known = counted.get(key);
		if (known) known.count += 1;
		else counted.set(key, { text, count: 1 });
	}
	return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, WORDS);
}
