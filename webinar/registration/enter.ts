import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { HOUR_MS } from '#kernel/clock.ts';
import { newId, type Random } from '#kernel/id.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { type Seats, seatsOf } from '../programme/seats.ts';
import { registration } from '../schema.ts';
import { fillSeats } from './fill-seats.ts';
import { orderMail, orderReminders, type Template } from './mail-order.ts';
import { isActive, NONE_TAKEN, type Registration, registrationOf, type RegistrationState, seatsTaken } from './registration.ts';

export interface Entered {
	readonly status: 'registered' | 'already-registered' | 'waiting' | 'pending';
	readonly registrationId: string;
}

export interface Entry {
	readonly occurrence: Occurrence;
	readonly personId: string;
	/** Entrance: channel code, or ''. */
	readonly channel: string;
	/** Of the mail's code; null in the own browser. */
	readonly grantId: string | null;
}

/** The mail that tells somebody how they stand. */
export const TELLS: Readonly<Record<Exclude<RegistrationState, 'cancelled' | 'lapsed'>, Template>> = {
	registered: 'confirmation',
	waiting: 'waiting',
	offered: 'offer',
	pending: 'pending',
	declined: 'declined',
};

export async function seatsNow(tx: Handle, occurrence: Occurrence, now: Date): Promise<Seats> {
	return seatsOf(occurrence, (await seatsTaken(tx, [occurrence.id])).get(occurrence.id) ?? NONE_TAKEN, now);
}

/**
 * Gives a person a seat, a place in line or, where the host decides, in the host's list; tells them by mail. Whoever is in already is
 * told again how they stand. Inside a body that holds `seatsLock`.
 */
export async function enter(
	tx: Handle,
	{ occurrence, personId, channel, grantId }: Entry,
	now: Date,
	random: Random,
): Promise<Entered | { readonly status: 'full' | 'closed' }> {
	const known = await registrationOf(tx, occurrence.id, personId);
	if (known && known.state !== 'cancelled' && known.state !== 'lapsed') {
		const once = `again-${grantId ?? Math.floor(now.getTime() / HOUR_MS)}`;
		await orderMail(tx, TELLS[known.state], { registration: known, occurrence }, once, now, random, grantId);
		return { status: 'already-registered', registrationId: known.id };
	}
	const seats = await seatsNow(tx, occurrence, now);
	if (seats === 'closed' || seats === 'full') return { status: seats };
	const state = occurrence.needsApproval ? 'pending' : seats === 'open' ? 'registered' : 'waiting';
	const row: Registration = {
		id: known?.id ?? newId(now, random),
		occurrenceId: occurrence.id,
		personId,
		state,
		channel,
		registeredAt: now,
		importId: null,
		joinedAt: null,
		attendedVia: '',
		queuedAt: state === 'waiting' ? now : null,
		offeredUntil: null,
		revision: 0,
	};
	if (known) await tx.update(registration).set(row).where(eq(registration.id, row.id));
	else await tx.insert(registration).values(row);
	await orderMail(tx, TELLS[state], { registration: row, occurrence }, 'first', now, random, grantId);
	if (state === 'registered') await orderReminders(tx, { registration: row, occurrence }, now, random);
	// A seat may be free already and only not yet offered to those in line.
	if (state === 'waiting') await fillSeats(tx, occurrence.id, now, random);
	return { status: state, registrationId: row.id };
}

/** True for who would be told again instead of being taken in. */
export const isIn = (row: Registration | null): boolean => row !== null && (isActive(row.state) || row.state === 'declined');
