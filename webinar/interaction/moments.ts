import { and, eq, gt, inArray, isNull, lte, ne, or } from 'drizzle-orm';

import type { LocalisedText, Moment, Snapshot, Webinar } from '#cms/content.ts';
import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random, stableId } from '#kernel/id.ts';

import { type WebinarsDeps, webinarById } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf, type Span } from '../programme/status.ts';
import { interaction, occurrence, pollVote } from '../schema.ts';
import type { FanOut } from './fan-out.ts';
import { append, roomLock, rowsAbout } from './log.ts';
import type { BodyOf, MessageBody } from './kinds.ts';
import { sameInBoth } from './message.ts';

/** A hub that was down at the end still writes the last moments and results. */
const AFTER_END_MS = MINUTE_MS;

/** The moments of the programme that have come by `now`. */
export function dueMoments(webinar: Pick<Webinar, 'moments'>, { startsAt, endsAt }: Span, now: Date): readonly (Moment & { readonly at: Date })[] {
	return webinar.moments
		.map((moment) => ({ ...moment, at: new Date(startsAt.getTime() + moment.atSeconds * SECOND_MS) }))
		.filter(({ at }) => at <= now && at < endsAt)
		.sort((a, b) => a.atSeconds - b.atSeconds);
}

/** The words of a moment as they enter the log; null for one that says nothing. */
export function bodyOf(moment: Moment, speakers: Snapshot['speakers']): MessageBody | null {
	switch (moment.kind) {
		case 'chat':
			return { kind: 'chat', author: nameOf(moment.author, speakers), isHost: true, text: moment.text };
		case 'poll':
			return { kind: 'poll', poll: moment.key, question: moment.text, options: moment.options };
		case 'resource':
			return moment.target === null ? null : { kind: 'resource', target: moment.target };
	}
}

function nameOf(author: string | null, speakers: Snapshot['speakers']): LocalisedText | null {
	return author === null ? null : (speakers.find(({ slug }) => slug === author)?.name ?? sameInBoth(author));
}

/**
 * Keeps running rooms going: moments at their second, each once for any number of workers and restarts; results of polls when votes
 * came in, once a second at most; then everything to this process's listeners.
 */
export function createTick({
	db,
	now,
	random,
	content,
	fanOut,
}: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content'> & { readonly fanOut: FanOut }) {
	const running = (): Promise<Occurrence[]> =>
		db.read
			.select()
			.from(occurrence)
			.where(
				and(
					or(lte(occurrence.startsAt, now()), lte(occurrence.wentLiveAt, now())),
					gt(occurrence.closesAt, new Date(now().getTime() - AFTER_END_MS)),
					isNull(occurrence.cancelledAt),
					ne(occurrence.mode, 'on-demand'),
				),
			);

	const writeMoments = async (one: Occurrence, webinar: Webinar): Promise<void> => {
		const occurrenceId = one.id;
		const run = runOf(one);
		const due = (run ? dueMoments(webinar, run, now()) : []).flatMap((moment) => {
			const body = bodyOf(moment, content().speakers);
			return body ? [{ id: stableId(`moment:${occurrenceId}:${moment.key}`), key: moment.key, kind: moment.kind, at: moment.at, body }] : [];
		});
		const missing = due.length > 0 ? await missingOf(db.read, due) : [];
		if (missing.length === 0) return;
		await db.write(
			async (tx) => {
				for (const { id, kind, key, body, at } of missing) {
					await append(tx, { id, occurrenceId, kind, subject: key, data: body, at });
				}
			},
			{ locks: roomLock(occurrenceId) },
		);
	};

	const writeResults = async (occurrenceId: string): Promise<void> => {
		const polls = await db.read.selectDistinct({ poll: pollVote.poll }).from(pollVote).where(eq(pollVote.occurrenceId, occurrenceId));
		for (const { poll } of polls) {
			if ((await changedResults(db.read, occurrenceId, poll)) === null) continue;
			await db.write((tx) => appendResults(tx, occurrenceId, poll, now(), random), { locks: roomLock(occurrenceId) });
		}
	};

	return async (): Promise<void> => {
		for (const one of await running()) {
			const webinar = webinarById(content(), one.webinarId);
			if (webinar) await writeMoments(one, webinar);
			await writeResults(one.id);
		}
		await Promise.all(fanOut.open().map((occurrenceId) => fanOut.pump(occurrenceId)));
	};
}

async function missingOf<M extends { readonly id: string }>(handle: Handle, moments: readonly M[]): Promise<readonly M[]> {
	const known = await handle
		.select({ id: interaction.id })
		.from(interaction)
		.where(
			inArray(
				interaction.id,
				moments.map(({ id }) => id),
			),
		);
	const ids = new Set(known.map(({ id }) => id));
	return moments.filter(({ id }) => !ids.has(id));
}

/** Votes per option, when they differ from the newest row of results; null otherwise. */
async function changedResults(handle: Handle, occurrenceId: string, poll: string): Promise<readonly number[] | null> {
	const [opened] = await rowsAbout(handle, occurrenceId, 'poll', poll);
	if (!opened) return null;
	const rows = await handle
		.select({ choices: pollVote.choices })
		.from(pollVote)
		.where(and(eq(pollVote.occurrenceId, occurrenceId), eq(pollVote.poll, poll)));
	const { options } = opened.data as unknown as BodyOf<'poll'>;
	const votes = options.map((_, option) => rows.filter(({ choices }) => choices.includes(option)).length);
	const [newest] = await rowsAbout(handle, occurrenceId, 'poll-results', poll);
	const shown = newest ? (newest.data as unknown as BodyOf<'poll-results'>).votes : [];
	return votes.join() === shown.join() ? null : votes;
}

async function appendResults(tx: Handle, occurrenceId: string, poll: string, at: Date, random: Random): Promise<void> {
	const votes = await changedResults(tx, occurrenceId, poll);
	if (votes === null) return;
	const body: MessageBody = { kind: 'poll-results', poll, votes };
	await append(tx, { id: newId(at, random), occurrenceId, kind: 'poll-results', subject: poll, data: body, at });
}
