import { eq, inArray } from 'drizzle-orm';

import type { Reader } from '#gating';
import { recordAudit } from '#kernel/audit.ts';

import type { WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { registration } from '../schema.ts';
import { seatsNow } from './enter.ts';
import { fillSeats, give } from './fill-seats.ts';
import { leave } from './leave.ts';
import { orderMail } from './mail-order.ts';
import { isActive, seatsLock } from './registration.ts';

/** Registrations decided in one body. */
const MOST = 200;

export type Decision = 'approve' | 'decline';

/**
 * The host's word on registrations of an occurrence: who is approved gets a seat, or a place in line when none is free; who is
 * declined is told so and frees theirs. What does not fit a state is left as it is. Returns how many were decided.
 */
export function createDecide({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>) {
	return (occurrenceId: string, registrationIds: readonly string[], decision: Decision, by: Pick<Reader, 'actor' | 'origin'>): Promise<number> =>
		db.write(
			async (tx) => {
				const at = now();
				const occurrence = await occurrenceById(tx, occurrenceId);
				const rows = await tx
					.select()
					.from(registration)
					.where(inArray(registration.id, [...registrationIds].slice(0, MOST)))
					.orderBy(registration.registeredAt, registration.id);
				let decided = 0;
				for (const row of rows) {
					if (!occurrence || row.occurrenceId !== occurrenceId || !isActive(row.state)) continue;
					if (decision === 'decline') await leave(tx, row, occurrence, 'declined', at, random);
					else if (row.state !== 'pending' || (await seatsNow(tx, occurrence, at)) === 'closed') continue;
					else if ((await seatsNow(tx, occurrence, at)) === 'open') await give(tx, row, occurrence, 'approved', at, random);
					else {
						await tx.update(registration).set({ state: 'waiting', queuedAt: at }).where(eq(registration.id, row.id));
						await orderMail(tx, 'waiting', { registration: row, occurrence }, 'approved', at, random);
					}
					decided += 1;
				}
				if (decision === 'approve') await fillSeats(tx, occurrenceId, at, random);
				const done = decision === 'approve' ? 'webinar.approved' : 'webinar.declined';
				if (decided > 0)
					await recordAudit(tx, { ...by, action: done, subject: `occurrence:${occurrenceId}`, detail: { count: decided } }, at, random);
				return decided;
			},
			{ locks: seatsLock(occurrenceId) },
		);
}
