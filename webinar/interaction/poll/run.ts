import { and, asc, eq } from 'drizzle-orm';

import { SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, stableId } from '#kernel/id.ts';

import type { RoomDeps } from '../here.ts';
import type { PollOpened } from '../kinds.ts';
import { append, roomLock } from '../log.ts';
import { roomPoll } from '../schema.ts';
import type { Poll, PollPlan } from './poll.ts';
import { appendRanking, appendResults } from './results.ts';

/** Polls of an occurrence in the order in which they were planned. */
export function pollsOf(handle: Handle, occurrenceId: string): Promise<Poll[]> {
	return handle.select().from(roomPoll).where(eq(roomPoll.occurrenceId, occurrenceId)).orderBy(asc(roomPoll.createdAt), asc(roomPoll.key));
}

export async function pollOf(handle: Handle, occurrenceId: string, key: string): Promise<Poll | null> {
	const [row] = await handle
		.select()
		.from(roomPoll)
		.where(and(eq(roomPoll.occurrenceId, occurrenceId), eq(roomPoll.key, key)));
	return row ?? null;
}

/** Plans a poll; one that is known by its key stays as it is. */
export async function planPoll(tx: Handle, occurrenceId: string, plan: PollPlan, createdAt: Date): Promise<void> {
	await tx
		.insert(roomPoll)
		.values({ occurrenceId, ...plan, state: 'planned', openedAt: null, closesAt: null, createdAt })
		.onConflictDoNothing();
}

/**
 * Opens a planned poll and tells the room, inside a body that holds the room's lock. Returns false when it is open or over already, so that
 * a moment and a host who press at once open it once.
 */
export async function openPoll(tx: Handle, occurrenceId: string, key: string, at: Date): Promise<boolean> {
	const poll = await pollOf(tx, occurrenceId, key);
	if (poll?.state !== 'planned') return false;
	const closesAt = poll.seconds > 0 ? new Date(at.getTime() + poll.seconds * SECOND_MS) : null;
	await tx.update(roomPoll).set({ state: 'open', openedAt: at, closesAt }).where(of(occurrenceId, key));
	const { form, question, options, points } = poll;
	const body: PollOpened = {
		poll: key,
		question,
		options,
		...(form === 'single' ? {} : { form }),
		...(closesAt ? { closesAt: closesAt.toISOString() } : {}),
		...(form === 'quiz' ? { points } : {}),
	};
	const id = stableId(`moment:${occurrenceId}:${key}`);
	await append(tx, { id, occurrenceId, kind: 'poll', subject: key, data: body, at });
	return true;
}

/** Closes an open poll: what was right is told, then the results, then who leads the quiz. Inside a body that holds the room's lock. */
export async function closePoll(tx: Handle, deps: Pick<RoomDeps, 'random'>, occurrenceId: string, key: string, at: Date): Promise<boolean> {
	const poll = await pollOf(tx, occurrenceId, key);
	if (poll?.state !== 'open') return false;
	await tx.update(roomPoll).set({ state: 'closed', closesAt: at }).where(of(occurrenceId, key));
	const id = newId(at, deps.random);
	await append(tx, { id, occurrenceId, kind: 'poll-closed', subject: key, data: { poll: key, correct: poll.correct }, at });
	await appendResults(tx, deps, { ...poll, state: 'closed' }, at);
	if (poll.form === 'quiz') await appendRanking(tx, deps, occurrenceId, at);
	return true;
}

/** Lets everybody see results while they come. Inside a body that holds the room's lock. */
export async function showResults(tx: Handle, deps: Pick<RoomDeps, 'random'>, occurrenceId: string, key: string, at: Date): Promise<boolean> {
	const poll = await pollOf(tx, occurrenceId, key);
	if (!poll || poll.state === 'planned') return false;
	await tx.update(roomPoll).set({ shows: 'live' }).where(of(occurrenceId, key));
	return appendResults(tx, deps, { ...poll, shows: 'live' }, at);
}

const of = (occurrenceId: string, key: string) => and(eq(roomPoll.occurrenceId, occurrenceId), eq(roomPoll.key, key));

/** Closes what has run out, and tells results that changed; once a second at most, by any number of processes. */
export async function runPolls({ db, now, random }: Pick<RoomDeps, 'db' | 'now' | 'random'>, occurrenceId: string): Promise<void> {
	const open = (await pollsOf(db.read, occurrenceId)).filter(({ state }) => state === 'open');
	for (const { key, closesAt } of open) {
		await db.write(
			async (tx) => {
				const at = now();
				const poll = await pollOf(tx, occurrenceId, key);
				if (poll?.state !== 'open') return;
				if (closesAt && closesAt <= at) await closePoll(tx, { random }, occurrenceId, key, closesAt);
				else await appendResults(tx, { random }, poll, at);
			},
			{ locks: roomLock(occurrenceId) },
		);
	}
}
