import { and, eq, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import { registration } from '../schema.ts';
import { orderMail, orderReminders } from './mail-order.ts';
import { offerUntil } from './offer.ts';
import { firstWaiting, NONE_TAKEN, type Registration, seatsLock, seatsTaken } from './registration.ts';

/** Outbox kind: an offer's time is up. */
export const OFFER_KIND = 'webinar-offer';

/** Seats given in one body. */
const AT_ONCE = 40;

/**
 * Takes back seats whose offer ran out, then gives what is free to the line, the first first: as an offer with a time limit, or at
 * once near the start and where there is no limit of seats. Call it inside a body that holds `seatsLock`, after each change of seats;
 * a second call changes nothing. Returns how many were helped.
 */
export async function fillSeats(tx: Handle, occurrenceId: string, now: Date, random: Random): Promise<number> {
	const occurrence = await occurrenceById(tx, occurrenceId);
	if (!occurrence || occurrence.cancelledAt !== null || statusAt(occurrence, now) === 'ended') return 0;
	await tx
		.update(registration)
		.set({ state: 'lapsed', offeredUntil: null })
		.where(and(eq(registration.occurrenceId, occurrenceId), eq(registration.state, 'offered'), lte(registration.offeredUntil, now)));
	const { seats } = (await seatsTaken(tx, [occurrenceId])).get(occurrenceId) ?? NONE_TAKEN;
	const free = Math.min(occurrence.capacity === null ? AT_ONCE : occurrence.capacity - seats, AT_ONCE);
	for (let given = 0; given < free; given += 1) {
		const next = await firstWaiting(tx, occurrenceId);
		if (!next) return given;
		const until = occurrence.capacity === null ? null : offerUntil(occurrence.startsAt, now);
		if (until) await offer(tx, next, occurrence, until, now, random);
		else await give(tx, next, occurrence, 'seat', now, random);
	}
	return Math.max(0, free);
}

/** Makes somebody registered: the confirmation goes out, and reminders are planned. */
export async function give(tx: Handle, row: Registration, occurrence: Occurrence, once: string, now: Date, random: Random): Promise<Registration> {
	const registered: Registration = { ...row, state: 'registered', queuedAt: null, offeredUntil: null };
	await tx.update(registration).set({ state: 'registered', queuedAt: null, offeredUntil: null }).where(eq(registration.id, row.id));
	await orderMail(tx, 'confirmation', { registration: registered, occurrence }, once, now, random);
	await orderReminders(tx, { registration: registered, occurrence }, now, random);
	return registered;
}

async function offer(tx: Handle, row: Registration, occurrence: Occurrence, until: Date, now: Date, random: Random): Promise<void> {
	await tx.update(registration).set({ state: 'offered', offeredUntil: until }).where(eq(registration.id, row.id));
	const about = { registration: { ...row, state: 'offered' as const, offeredUntil: until }, occurrence };
	await orderMail(tx, 'offer', about, String(until.getTime()), now, random);
	const key = `${OFFER_KIND}:${row.id}:${until.getTime()}`;
	await enqueue(tx, { kind: OFFER_KIND, key, payload: { occurrenceId: occurrence.id }, dueAt: until }, now, random);
}

/** Follows the end of an offer, and of anything else that may have freed a seat. */
export function createOfferEnd({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>) {
	return async ({ payload }: { readonly payload: Readonly<Record<string, unknown>> }): Promise<void> => {
		await fillAll({ db, now, random }, String(payload['occurrenceId']));
	};
}

/** Fills every free seat, in bodies of some. */
export async function fillAll({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>, occurrenceId: string): Promise<void> {
	const fill = (): Promise<number> => db.write((tx) => fillSeats(tx, occurrenceId, now(), random), { locks: seatsLock(occurrenceId) });
	while ((await fill()) === AT_ONCE);
}
