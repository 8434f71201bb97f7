import { and, desc, eq, gt, isNull } from 'drizzle-orm';

import type { LocalisedText, Moment } from '#cms/content.ts';
import { SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { judgeEligibility } from '../../aftermath/eligibility.ts';
import { LONGEST_GAP_MS } from '../../attendance/fold.ts';
import { webinarById } from '../../deps.ts';
import { type Occurrence, occurrenceById } from '../../programme/occurrence.ts';
import { runOf, type Status, statusAt } from '../../programme/status.ts';
import { registration, stay } from '../../schema.ts';
import { achievedIn } from '../draw/achieved.ts';
import type { DrawNews } from '../kinds.ts';
import { drawsOf, entriesOf, winnersKept } from '../draw/run.ts';
import { handsUp } from '../hand.ts';
import type { RoomDeps } from '../here.ts';
import { type Interaction, lastSeq, rowsAbout } from '../log.ts';
import { bansOf, type RoomRules, rulesOf } from '../moderation.ts';
import { missingOf } from '../moments.ts';
import type { Poll } from '../poll/poll.ts';
import { pollsOf } from '../poll/run.ts';
import type { BodyOf } from '../kinds.ts';
import type { QuestionState } from '../question/question.ts';
import { interaction, question, type Showing } from '../schema.ts';

/** Lines of the chat on the board. */
const LINES = 200;

/** A line of the chat as the host's side sees it. */
export interface BoardLine {
	readonly seq: number;
	readonly at: Date;
	readonly author: LocalisedText | null;
	readonly text: LocalisedText;
	readonly isHost: boolean;
	readonly showing: Showing;
	/** Its writer may not talk. */
	readonly isBanned: boolean;
	readonly replyTo: number | null;
}

export interface BoardQuestion {
	readonly id: string;
	readonly seq: number;
	readonly at: Date;
	readonly author: LocalisedText | null;
	readonly text: LocalisedText;
	readonly state: QuestionState;
	readonly showing: Showing;
	readonly isPrivate: boolean;
	readonly isBanned: boolean;
	readonly votes: number;
	readonly speaker: string;
	readonly answer: string;
}

export interface BoardPoll extends Pick<
	Poll,
	'key' | 'form' | 'question' | 'options' | 'correct' | 'points' | 'seconds' | 'shows' | 'state' | 'closesAt'
> {
	readonly answers: number;
	readonly votes: readonly number[];
	readonly words: readonly { readonly text: string; readonly count: number }[];
}

export interface BoardDraw extends Omit<DrawNews, 'draw'> {
	readonly id: string;
	readonly dueAt: Date | null;
	/** Who would take part if it were fixed now; null once it is. */
	readonly eligible: number | null;
}

/** Everything but the stage that a host sees, at one moment. */
export interface Board {
	readonly occurrenceId: string;
	readonly slug: string;
	readonly mode: Occurrence['mode'];
	readonly status: Status;
	readonly serverTime: Date;
	/** Of the run; the planned start before it. */
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly audience: number;
	readonly registered: number;
	readonly rules: RoomRules;
	readonly lines: readonly BoardLine[];
	/** Number of the line that is pinned. */
	readonly pinned: number | null;
	readonly questions: readonly BoardQuestion[];
	readonly polls: readonly BoardPoll[];
	readonly draws: readonly BoardDraw[];
	readonly hands: readonly { readonly registrationId: string; readonly name: LocalisedText | null }[];
	readonly moments: readonly (Pick<Moment, 'key' | 'kind' | 'text' | 'atSeconds' | 'target'> & { readonly isDone: boolean })[];
	readonly lastSeq: number;
}

export function createBoard({ db, now, content, messages }: RoomDeps) {
	const read = db.read;

	const rowsOf = (occurrenceId: string, kind: 'chat' | 'question'): Promise<Interaction[]> =>
		read
			.select()
			.from(interaction)
			.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.kind, kind)))
			.orderBy(desc(interaction.seq))
			.limit(kind === 'chat' ? LINES : 1_000);

	const linesOf = async (occurrenceId: string, banned: ReadonlySet<string>): Promise<BoardLine[]> => {
		const rows = (await rowsOf(occurrenceId, 'chat')).reverse();
		return Promise.all(
			rows.map(async (row): Promise<BoardLine> => {
				const { author, text, isHost, replyTo = null } = (await messages.of(row)) as unknown as BodyOf<'chat'>;
				const isBanned = row.personId !== null && banned.has(row.personId);
				return { seq: row.seq, at: row.at, author, text, isHost, replyTo, showing: row.showing, isBanned };
			}),
		);
	};

	const questionsOf = async (occurrenceId: string, banned: ReadonlySet<string>): Promise<BoardQuestion[]> => {
		const states = new Map((await read.select().from(question).where(eq(question.occurrenceId, occurrenceId))).map((row) => [row.id, row]));
		const told = await Promise.all(
			(await rowsOf(occurrenceId, 'question')).map(async (row): Promise<BoardQuestion[]> => {
				const known = states.get(row.id);
				if (!known) return [];
				const { author, text } = (await messages.of(row)) as unknown as BodyOf<'question'>;
				const { id, state, isPrivate, votes, speaker, answer } = known;
				const isBanned = banned.has(known.personId);
				return [{ id, seq: row.seq, at: row.at, author, text, state, showing: row.showing, isPrivate, isBanned, votes, speaker, answer }];
			}),
		);
		return told.flat().sort((a, b) => b.votes - a.votes || a.seq - b.seq);
	};

	const pollsWithResults = async (occurrenceId: string): Promise<BoardPoll[]> =>
		Promise.all(
			(await pollsOf(read, occurrenceId)).map(async (poll): Promise<BoardPoll> => {
				const { key, form, question: asked, options, correct, points, seconds, shows, state, closesAt } = poll;
				const [newest] = await rowsAbout(read, occurrenceId, 'poll-results', key);
				const results = newest ? ((await messages.of(newest)) as unknown as BodyOf<'poll-results'>) : null;
				const { votes = options.map(() => 0), answers = 0, words = [] } = results ?? {};
				return { key, form, question: asked, options, correct, points, seconds, shows, state, closesAt, votes, answers, words };
			}),
		);

	const drawsWithEntries = async (one: Occurrence, at: Date): Promise<BoardDraw[]> => {
		const rows = await drawsOf(read, one.id);
		const achieved = rows.some(({ state }) => state === 'planned') ? [...(await achievedIn(read, one, at)).values()] : [];
		return Promise.all(
			rows.map(async ({ id, title, rule, prizes, state, commitment, dueAt }): Promise<BoardDraw> => {
				const eligible = state === 'planned' ? achieved.filter((done) => judgeEligibility(rule, done).isEligible).length : null;
				const entries = (await entriesOf(read, id)).length;
				return { id, title, rule, prizes, state, commitment, dueAt, entries, eligible, winners: await winnersKept(read, id) };
			}),
		);
	};

	const hands = async (occurrenceId: string): Promise<Board['hands']> => {
		const rows = await Promise.all((await handsUp(read, occurrenceId)).map((id) => rowsAbout(read, occurrenceId, 'hand', id)));
		return Promise.all(
			rows
				.flatMap(([newest]) => newest ?? [])
				.map(async (row) => {
					const { registrationId, name } = (await messages.of(row)) as unknown as BodyOf<'hand'>;
					return { registrationId, name };
				}),
		);
	};

	/** Null when there is no such occurrence. */
	const board = async (occurrenceId: string): Promise<Board | null> => {
		const one = await occurrenceById(read, occurrenceId);
		if (!one) return null;
		const at = now();
		const [banned, rules] = [new Set(await bansOf(read, one.webinarId)), await rulesOf(read, one.webinarId)];
		const webinar = webinarById(content(), one.webinarId);
		const planned = webinar?.moments ?? [];
		const missing = new Set((await missingOf(read, one.id, planned)).map(({ key }) => key));
		const [pin] = await rowsAbout(read, one.id, 'pin', '');
		const run = runOf(one) ?? one;
		return {
			...{ occurrenceId, slug: one.slug, mode: one.mode, status: statusAt(one, at), serverTime: at, startsAt: run.startsAt, endsAt: run.endsAt },
			audience: (await presentIn(read, one.id, at)).length,
			registered: await read.$count(registration, and(eq(registration.occurrenceId, one.id), eq(registration.state, 'registered'))),
			rules,
			lines: await linesOf(one.id, banned),
			pinned: (pin?.data as BodyOf<'pin'> | undefined)?.of ?? null,
			questions: await questionsOf(one.id, banned),
			polls: await pollsWithResults(one.id),
			draws: await drawsWithEntries(one, at),
			hands: await hands(one.id),
			moments: planned.map(({ key, kind, text, atSeconds, target }) => ({ key, kind, text, atSeconds, target, isDone: !missing.has(key) })),
			lastSeq: await lastSeq(read, one.id),
		};
	};

	return Object.freeze({
		board,
		/** Persons whose page said a moment ago that they are there. */
		present: (occurrenceId: string): Promise<string[]> => presentIn(read, occurrenceId, now()),
	});
}

async function presentIn(handle: Handle, occurrenceId: string, at: Date): Promise<string[]> {
	const rows = await handle
		.selectDistinct({ personId: stay.personId })
		.from(stay)
		.where(and(eq(stay.occurrenceId, occurrenceId), isNull(stay.endedAt), gt(stay.lastSeenAt, new Date(at.getTime() - LONGEST_GAP_MS - SECOND_MS))));
	return rows.map(({ personId }) => personId);
}
