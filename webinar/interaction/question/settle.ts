import { and, eq, gt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import type { RoomDeps } from '../here.ts';
import type { QuestionVotes } from '../kinds.ts';
import { append, roomLock, rowsAbout } from '../log.ts';
import { question } from '../schema.ts';
import type { QuestionState } from './question.ts';

/** What the host's side does with a question. */
export interface QuestionChange {
	readonly state?: QuestionState | undefined;
	/** Slug of a speaker; '' takes it back. */
	readonly speaker?: string | undefined;
	/** In text: the question is answered by it. */
	readonly answer?: string | undefined;
}

/** Changes where a question stands, and tells whoever sees it; inside a body that holds the room's lock. False: there is no such question. */
export async function settleQuestion(
	tx: Handle,
	{ now, random }: Pick<RoomDeps, 'now' | 'random'>,
	occurrenceId: string,
	id: string,
	change: QuestionChange,
): Promise<boolean> {
	const [row] = await tx
		.select()
		.from(question)
		.where(and(eq(question.id, id), eq(question.occurrenceId, occurrenceId)));
	if (!row) return false;
	const at = now();
	const answer = change.answer ?? row.answer;
	const state = change.answer ? 'answered' : (change.state ?? row.state);
	const speaker = change.speaker ?? row.speaker;
	const answeredAt = state === 'answered' ? (row.answeredAt ?? at) : null;
	await tx.update(question).set({ state, speaker, answer, answeredAt }).where(eq(question.id, id));
	const audience = row.isPrivate ? 'staff' : 'all';
	await append(tx, {
		id: newId(at, random),
		occurrenceId,
		kind: 'question-state',
		subject: id,
		data: { question: id, state, speaker, answer },
		audience,
		at,
	});
	return true;
}

/** Tells the room how often its questions were voted for, when that has changed; once a second at most. */
export async function tellVotes({ db, now, random }: Pick<RoomDeps, 'db' | 'now' | 'random'>, occurrenceId: string): Promise<void> {
	if (!(await changedVotes(db.read, occurrenceId))) return;
	await db.write(
		async (tx) => {
			const votes = await changedVotes(tx, occurrenceId);
			const at = now();
			if (votes) await append(tx, { id: newId(at, random), occurrenceId, kind: 'question-votes', data: { votes }, at });
		},
		{ locks: roomLock(occurrenceId) },
	);
}

/** Votes of the questions that everybody sees, when they differ from what was told last. */
async function changedVotes(handle: Handle, occurrenceId: string): Promise<QuestionVotes['votes'] | null> {
	const rows = await handle
		.select({ id: question.id, votes: question.votes })
		.from(question)
		.where(and(eq(question.occurrenceId, occurrenceId), eq(question.isPrivate, false), gt(question.votes, 0)));
	if (rows.length === 0) return null;
	const [newest] = await rowsAbout(handle, occurrenceId, 'question-votes', '');
	const told = newest ? (newest.data as unknown as QuestionVotes).votes : {};
	const votes = Object.fromEntries(rows.map(({ id, votes: n }) => [id, n]));
	return rows.some(({ id, votes: n }) => told[id] !== n) ? votes : null;
}
