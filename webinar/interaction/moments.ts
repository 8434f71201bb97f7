import { and, gt, inArray, isNull, lte, ne, or } from 'drizzle-orm';

import type { LocalisedText, Moment, Snapshot, Webinar } from '#cms/content.ts';
import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { stableId } from '#kernel/id.ts';

import { webinarById } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { DOORS_MINUTES, runOf, type Span } from '../programme/status.ts';
import { interaction, occurrence } from '../schema.ts';
import type { DrawPlan } from './draw/draw.ts';
import { announceDraw, runDraws } from './draw/run.ts';
import type { RoomDeps } from './here.ts';
import type { MessageBody } from './kinds.ts';
import { append, roomLock } from './log.ts';
import { sameInBoth } from './message.ts';
import type { PollPlan } from './poll/poll.ts';
import { closePoll, openPoll, planPoll, pollsOf, runPolls } from './poll/run.ts';
import { tellVotes } from './question/settle.ts';
import type { Reactions } from './reaction.ts';

/** A hub that was down at the end still writes the last moments and results. */
const AFTER_END_MS = MINUTE_MS;

/** The moments of the programme that have come by `now`. */
export function dueMoments(webinar: Pick<Webinar, 'moments'>, { startsAt, endsAt }: Span, now: Date): readonly (Moment & { readonly at: Date })[] {
	return webinar.moments
		.map((moment) => ({ ...moment, at: new Date(startsAt.getTime() + moment.atSeconds * SECOND_MS) }))
		.filter(({ at }) => at <= now && at < endsAt)
		.sort((a, b) => a.atSeconds - b.atSeconds);
}

/** The words of a moment as they enter the log; null for one that says nothing, or is more than words. */
export function bodyOf(moment: Moment, speakers: Snapshot['speakers']): MessageBody | null {
	switch (moment.kind) {
		case 'chat':
			return { kind: 'chat', author: nameOf(moment.author, speakers), isHost: true, text: moment.text };
		case 'poll':
			return { kind: 'poll', poll: moment.key, question: moment.text, options: moment.options, ...(moment.poll && { form: moment.poll.form }) };
		case 'resource':
			return moment.target === null ? null : { kind: 'resource', target: moment.target };
		case 'call':
			return { kind: 'call', call: moment.key, action: moment.action ?? 'page', text: moment.text, target: moment.target };
		case 'draw':
			return null;
	}
}

export function nameOf(author: string | null, speakers: Snapshot['speakers']): LocalisedText | null {
	return author === null ? null : (speakers.find(({ slug }) => slug === author)?.name ?? sameInBoth(author));
}

const ONE_CHOICE = { form: 'single', correct: [], points: 0, seconds: 0, shows: 'live' } as const;

/** A poll as its moment plans it. */
export const pollPlanOf = ({ key, text, options, poll = ONE_CHOICE }: Moment): PollPlan => ({ key, question: text, options, ...poll });

const drawPlanOf = ({ key, text, draw }: Moment, at: Date): DrawPlan => {
	const { minMinutes = 0, polls = 0, quizPoints = 0, prizes = [], seconds = 0 } = draw ?? {};
	const rule = { ...(minMinutes > 0 && { minMinutes }), ...(polls > 0 && { polls }), ...(quizPoints > 0 && { quizPoints }) };
	return { key, title: text, rule, prizes, dueAt: seconds > 0 ? new Date(at.getTime() + seconds * SECOND_MS) : null };
};

/** Id of the line that a moment adds, the same for whoever adds it. */
const lineOf = (occurrenceId: string, key: string): string => stableId(`moment:${occurrenceId}:${key}`);

/** Has a moment happen, once, inside a body that holds the room's lock. Returns false when it did before, or says nothing. */
export async function fireMoment(
	tx: Handle,
	{ random, content }: Pick<RoomDeps, 'random' | 'content'>,
	occurrenceId: string,
	moment: Moment,
	at: Date,
): Promise<boolean> {
	if (moment.kind === 'poll') {
		await planPoll(tx, occurrenceId, pollPlanOf(moment), at);
		return openPoll(tx, occurrenceId, moment.key, at);
	}
	if (moment.kind === 'draw') return (await announceDraw(tx, { random }, occurrenceId, drawPlanOf(moment, at), at)) !== null;
	const body = bodyOf(moment, content().speakers);
	if (!body) return false;
	const { kind, ...data } = body;
	return (await append(tx, { id: lineOf(occurrenceId, moment.key), occurrenceId, kind, subject: moment.key, data, at })) !== null;
}

/** Those of these moments that have not happened yet. */
export async function missingOf<M extends { readonly key: string }>(
	handle: Handle,
	occurrenceId: string,
	moments: readonly M[],
): Promise<readonly M[]> {
	if (moments.length === 0) return [];
	const ids = moments.map(({ key }) => lineOf(occurrenceId, key));
	const known = await handle.select({ id: interaction.id }).from(interaction).where(inArray(interaction.id, ids));
	const happened = new Set(known.map(({ id }) => id));
	return moments.filter((_, at) => !happened.has(ids[at]!));
}

/**
 * Keeps running rooms going: moments of a recording at their second, each once for any number of workers and restarts; polls and draws whose
 * time is up; results and votes once a second at most; then everything to this process's listeners.
 */
export function createTick(deps: RoomDeps & { readonly reactions: Reactions }) {
	const { db, now, content, fanOut, reactions } = deps;

	const running = (): Promise<Occurrence[]> => {
		const at = now().getTime();
		return db.read
			.select()
			.from(occurrence)
			.where(
				and(
					or(lte(occurrence.startsAt, new Date(at + DOORS_MINUTES * MINUTE_MS)), lte(occurrence.wentLiveAt, new Date(at))),
					gt(occurrence.closesAt, new Date(at - AFTER_END_MS)),
					isNull(occurrence.cancelledAt),
					ne(occurrence.mode, 'on-demand'),
				),
			);
	};

	/** A live one has its moments when its host wants them. */
	const writeMoments = async (one: Occurrence, webinar: Webinar): Promise<void> => {
		const run = one.mode === 'simulive' ? runOf(one) : null;
		const missing = run ? await missingOf(db.read, one.id, dueMoments(webinar, run, now())) : [];
		if (missing.length === 0) return;
		await db.write(
			async (tx) => {
				for (const moment of missing) await fireMoment(tx, deps, one.id, moment, moment.at);
			},
			{ locks: roomLock(one.id) },
		);
	};

	return async (): Promise<void> => {
		for (const one of await running()) {
			const webinar = webinarById(content(), one.webinarId);
			if (webinar) await writeMoments(one, webinar);
			if (now() >= one.closesAt) await closeAll(deps, one);
			await runPolls(deps, one.id);
			await runDraws(deps, one);
			await tellVotes(deps, one.id);
		}
		for (const occurrenceId of reactions.waiting()) await reactions.flush(occurrenceId);
		await Promise.all(fanOut.open().map((occurrenceId) => fanOut.pump(occurrenceId)));
	};
}

/** Nobody answers a poll of a session that is over. */
async function closeAll({ db, random }: Pick<RoomDeps, 'db' | 'random'>, { id, closesAt }: Occurrence): Promise<void> {
	const open = (await pollsOf(db.read, id)).filter(({ state }) => state === 'open');
	if (open.length === 0) return;
	await db.write(
		async (tx) => {
			for (const { key } of open) await closePoll(tx, { random }, id, key, closesAt);
		},
		{ locks: roomLock(id) },
	);
}
