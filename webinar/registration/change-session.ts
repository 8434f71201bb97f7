import { eq, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { locks } from '#kernel/schema.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { registration } from '../schema.ts';
import { isIn, seatsNow, TELLS } from './enter.ts';
import { fillSeats } from './fill-seats.ts';
import { orderMail, orderReminders, withdrawReminders } from './mail-order.ts';
import { isActive, type Registration, registrationById, registrationOf, seatsLock } from './registration.ts';

export type ChangeOutcome = 'changed' | 'full' | 'closed' | 'unknown';

/**
 * Moves a registration to another session of the same webinar that has a free seat; the seat it leaves goes to the line there. It
 * stays the same registration, with the same link and the same entry in the calendar, at a later version.
 */
export async function changeSession(
	{ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>,
	registrationId: string,
	toId: string,
): Promise<ChangeOutcome> {
	const known = await registrationById(db.read, registrationId);
	if (!known) return 'unknown';
	if (known.occurrenceId === toId) return 'changed';
	const [first = '', second = ''] = [seatsLock(known.occurrenceId), seatsLock(toId)].sort();

	return db.write(
		async (tx): Promise<ChangeOutcome> => {
			await hold(tx, second);
			const row = await registrationById(tx, registrationId);
			const [from, to] = [row && (await occurrenceById(tx, row.occurrenceId)), await occurrenceById(tx, toId)];
			if (!row || !from || !to || !isActive(row.state) || from.webinarId !== to.webinarId || row.occurrenceId !== known.occurrenceId)
				return 'unknown';
			const there = await registrationOf(tx, toId, row.personId);
			if (isIn(there)) return 'unknown';
			const seats = await seatsNow(tx, to, now());
			if (seats !== 'open') return seats === 'closed' ? 'closed' : 'full';

			await withdrawReminders(tx, row, from.sequence + 1);
			const moved = await put(tx, row, there, from, to);
			const about = { registration: moved, occurrence: to };
			await orderMail(
				tx,
				moved.state === 'registered' ? (row.state === 'registered' ? 'changed' : 'confirmation') : TELLS.pending,
				about,
				'own',
				now(),
				random,
			);
			if (moved.state === 'registered') await orderReminders(tx, about, now(), random);
			await fillSeats(tx, from.id, now(), random);
			return 'changed';
		},
		{ locks: first },
	);
}

/** Bodies that move somebody between two sessions take both locks in one order. */
async function hold(tx: Handle, key: string): Promise<void> {
	await tx
		.insert(locks)
		.values({ key, taken: 1 })
		.onConflictDoUpdate({ target: locks.key, set: { taken: sql`${locks.taken} + 1` } });
}

async function put(tx: Handle, row: Registration, there: Registration | null, from: Occurrence, to: Occurrence): Promise<Registration> {
	// What they once cancelled there changes places with this one: a person has one row in each session.
	if (there)
		await tx
			.update(registration)
			.set({ occurrenceId: `moving:${there.id}` })
			.where(eq(registration.id, there.id));
	const moved: Registration = {
		...row,
		occurrenceId: to.id,
		state: row.state === 'pending' ? 'pending' : 'registered',
		queuedAt: null,
		offeredUntil: null,
		// The number that calendars see is this plus the schedule's, and it has to grow.
		revision: Math.max(row.revision, row.revision + from.sequence - to.sequence) + 1,
	};
	await tx.update(registration).set(moved).where(eq(registration.id, row.id));
	if (there) await tx.update(registration).set({ occurrenceId: from.id }).where(eq(registration.id, there.id));
	return moved;
}
