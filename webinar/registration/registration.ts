import { and, asc, count, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import { signToken } from '#kernel/signed-token.ts';

import { registration, type RegistrationState } from '../schema.ts';

export type Registration = typeof registration.$inferSelect;
export type { RegistrationState };

/** Still means to come: whatever else is over. */
export const ACTIVE_STATES = ['registered', 'pending', 'waiting', 'offered'] as const satisfies readonly RegistrationState[];
export const isActive = (state: RegistrationState): boolean => ACTIVE_STATES.some((active) => active === state);

export async function registrationById(handle: Handle, id: string): Promise<Registration | null> {
	const [row] = await handle.select().from(registration).where(eq(registration.id, id));
	return row ?? null;
}

/** Cancelled ones too. */
export async function registrationOf(handle: Handle, occurrenceId: string, personId: string): Promise<Registration | null> {
	const [row] = await handle
		.select()
		.from(registration)
		.where(and(eq(registration.occurrenceId, occurrenceId), eq(registration.personId, personId)));
	return row ?? null;
}

/** Those of a person to any of these occurrences, cancelled ones too. */
export function registrationsOf(handle: Handle, occurrenceIds: readonly string[], personId: string): Promise<Registration[]> {
	if (occurrenceIds.length === 0) return Promise.resolve([]);
	return handle
		.select()
		.from(registration)
		.where(and(inArray(registration.occurrenceId, [...occurrenceIds]), eq(registration.personId, personId)));
}

/** Who waits longest. */
export async function firstWaiting(handle: Handle, occurrenceId: string): Promise<Registration | null> {
	const [row] = await handle
		.select()
		.from(registration)
		.where(and(eq(registration.occurrenceId, occurrenceId), eq(registration.state, 'waiting')))
		.orderBy(asc(registration.queuedAt), asc(registration.id))
		.limit(1);
	return row ?? null;
}

/** Seats of an occurrence in use. */
export interface Taken {
	/** Registered, or kept for somebody who was offered one. */
	readonly seats: number;
	readonly waiting: number;
}

/** By occurrence; one that nobody registered for is missing. */
export async function seatsTaken(handle: Handle, occurrenceIds: readonly string[]): Promise<ReadonlyMap<string, Taken>> {
	if (occurrenceIds.length === 0) return new Map();
	const rows = await handle
		.select({ id: registration.occurrenceId, state: registration.state, n: count() })
		.from(registration)
		.where(inArray(registration.occurrenceId, [...occurrenceIds]))
		.groupBy(registration.occurrenceId, registration.state);
	const taken = new Map<string, Taken>();
	for (const { id, state, n } of rows) {
		const { seats, waiting } = taken.get(id) ?? NONE_TAKEN;
		if (state === 'registered' || state === 'offered') taken.set(id, { seats: seats + n, waiting });
		else if (state === 'waiting') taken.set(id, { seats, waiting: n });
	}
	return taken;
}

export const NONE_TAKEN: Taken = { seats: 0, waiting: 0 };

/** The token of the personal link. It names a row and is made when it is needed, so nothing stored or queued opens a room. */
export function joinToken(keys: Keys, registrationId: string): string {
	return signToken(keys, 'join', registrationId, null);
}

/** Bodies that give or free seats of one occurrence run one after another. */
export const seatsLock = (occurrenceId: string): string => `webinar-seats:${occurrenceId}`;
