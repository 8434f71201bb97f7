import { and, eq, sql } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { message, messageDecision, messageRate } from '../schema.ts';
import type { MessageRow } from './may-go.ts';
import type { MessageState } from './message.ts';
import type { PostDeps } from './post.ts';

/** Longer than a hand-over can take; then another worker takes the message up again. */
export const CLAIM_MS = 5 * MINUTE_MS;

/** What was decided of a message. */
export interface Decision {
	readonly state: Exclude<MessageState, 'waiting' | 'withdrawn'>;
	readonly reason: string;
	/** Of a deferral: when it is looked at again. */
	readonly until?: Date;
	/** Of `sending`: until when nobody else takes it up. */
	readonly claimedUntil?: Date;
	readonly reservedAt?: Date;
}

const ENDS: ReadonlySet<MessageState> = new Set(['sent', 'dropped', 'withdrawn', 'failed']);

/**
 * Brings a message to another state and logs why, if it still stands where it was seen: what was taken back meanwhile stays so. A message
 * holds its place under the caps while it is being sent and once it went, and gives it back otherwise. Returns whether it was changed.
 */
export async function decide(tx: Handle, { now, random }: PostDeps, row: Pick<MessageRow, 'id' | 'state'>, decision: Decision): Promise<boolean> {
	const at = now();
	const { state, reason, until = null, claimedUntil = null, reservedAt } = decision;
	const changed = await tx
		.update(message)
		.set({
			...{ state, reason, claimedUntil, settledAt: ENDS.has(state) ? at : null },
			...(until === null ? {} : { dueAt: until }),
			...(state === 'sending' ? { takenAt: at, attempts: sql`${message.attempts} + 1` } : state === 'sent' ? {} : { takenAt: null }),
			...(reservedAt === undefined ? {} : { reservedAt }),
		})
		.where(and(eq(message.id, row.id), eq(message.state, row.state)))
		.returning({ id: message.id });
	if (changed.length === 0) return false;
	await tx.insert(messageDecision).values({ id: newId(at, random), messageId: row.id, at, verdict: state, reason, until });
	return true;
}

/** Reads a rate's value; 0 where there is none. */
export async function rateOf(tx: Handle, key: string): Promise<number> {
	const [row] = await tx.select({ value: messageRate.value }).from(messageRate).where(eq(messageRate.key, key));
	return row?.value ?? 0;
}

export async function setRate(tx: Handle, key: string, value: number): Promise<void> {
	await tx.insert(messageRate).values({ key, value }).onConflictDoUpdate({ target: messageRate.key, set: { value } });
}
