import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';

import { occurrenceById } from '../programme/occurrence.ts';
import { seatsOf } from '../programme/seats.ts';
import { seatsTaken } from '../programme/view.ts';
import { registration } from '../schema.ts';
import { orderMail, orderReminders } from './mail-order.ts';
import { firstWaiting } from './registration.ts';

/** Gives a free seat to whoever waits longest, inside a body that holds `seatsLock`. Returns false when there is no seat or nobody waits. */
export async function promoteWaiting(tx: Handle, occurrenceId: string, now: Date, random: Random): Promise<boolean> {
	const occurrence = await occurrenceById(tx, occurrenceId);
	if (!occurrence || seatsOf(occurrence, await seatsTaken(tx, occurrence), now) !== 'open') return false;
	const next = await firstWaiting(tx, occurrenceId);
	if (!next) return false;
	await tx.update(registration).set({ state: 'registered' }).where(eq(registration.id, next.id));
	await orderMail(tx, 'confirmation', { registration: next, occurrence }, 'seat', now, random);
	await orderReminders(tx, { registration: next, occurrence }, now, random);
	return true;
}
