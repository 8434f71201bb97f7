import { and, asc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import { signToken } from '#kernel/signed-token.ts';

import { registration } from '../schema.ts';

export type Registration = typeof registration.$inferSelect;

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
		.orderBy(asc(registration.registeredAt), asc(registration.id))
		.limit(1);
	return row ?? null;
}

/** The token of the personal link. It names a row and is made when it is needed, so nothing stored or queued opens a room. */
export function joinToken(keys: Keys, registrationId: string): string {
	return signToken(keys, 'join', registrationId, null);
}

/** Bodies that give or free seats of one occurrence run one after another. */
export const seatsLock = (occurrenceId: string): string => `webinar-seats:${occurrenceId}`;
