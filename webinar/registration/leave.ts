import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { registration } from '../schema.ts';
import { fillSeats } from './fill-seats.ts';
import { orderMail, withdrawReminders } from './mail-order.ts';
import type { Registration } from './registration.ts';

/**
 * Ends a registration: reminders are withdrawn, the seat goes to the first in line. Who had a seat, or is told of a decision, gets a
 * mail, with a later version of their calendar entry that removes it. Inside a body that holds `seatsLock`.
 */
export async function leave(
	tx: Handle,
	row: Registration,
	occurrence: Occurrence,
	to: 'cancelled' | 'declined',
	now: Date,
	random: Random,
): Promise<void> {
	const hadSeat = row.state === 'registered';
	const revision = row.revision + (hadSeat ? 1 : 0);
	await tx.update(registration).set({ state: to, queuedAt: null, offeredUntil: null, revision }).where(eq(registration.id, row.id));
	await withdrawReminders(tx, row, occurrence.sequence + 1);
	const about = { registration: { ...row, state: to, revision }, occurrence };
	if (to === 'declined') await orderMail(tx, 'declined', about, 'host', now, random);
	else if (hadSeat) await orderMail(tx, 'cancelled', about, 'own', now, random);
	await fillSeats(tx, occurrence.id, now, random);
}
