import { and, eq, isNull, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { SeatKind } from './schema.ts';
import { stageSeat } from './schema.ts';

/** Cameras that a browser of a viewer still shows smoothly. */
export const MOST_ON_STAGE = 6;

export type Seat = typeof stageSeat.$inferSelect;
export type NewSeat = Pick<Seat, 'occurrenceId' | 'kind' | 'holderId' | 'role'> & Partial<Pick<Seat, 'id' | 'sealedName' | 'linkHash'>>;

/**
 * Somebody's name in a media room: opaque, the same for each of their devices, so that one of them is in at a time. Speakers'
 * identities are known to everybody in the room, so nothing can be looked up by them.
 */
export function identityOf(keys: Keys, holderId: string): string {
	return `p_${keys.blindIndex('room-identity', holderId).slice(0, 20)}`;
}

/** Whether the row speaks for somebody who may be there. */
export const isWelcome = ({ revokedAt, bannedAt }: Pick<Seat, 'revokedAt' | 'bannedAt'>): boolean => revokedAt === null && bannedAt === null;

export async function seatById(handle: Handle, id: string): Promise<Seat | null> {
	const [row] = await handle.select().from(stageSeat).where(eq(stageSeat.id, id));
	return row ?? null;
}

/** The row of an identity; null for an ordinary viewer. */
export async function seatOf(handle: Handle, occurrenceId: string, identity: string): Promise<Seat | null> {
	const [row] = await handle
		.select()
		.from(stageSeat)
		.where(and(eq(stageSeat.occurrenceId, occurrenceId), eq(stageSeat.identity, identity)));
	return row ?? null;
}

export function seatsOf(handle: Handle, occurrenceId: string): Promise<Seat[]> {
	return handle.select().from(stageSeat).where(eq(stageSeat.occurrenceId, occurrenceId)).orderBy(stageSeat.createdAt, stageSeat.id);
}

/** How many may publish, connected or not. */
export async function takenOf(handle: Handle, occurrenceId: string): Promise<number> {
	const rows = await handle
		.select({ id: stageSeat.id })
		.from(stageSeat)
		.where(and(eq(stageSeat.occurrenceId, occurrenceId), ne(stageSeat.role, 'viewer'), isNull(stageSeat.revokedAt), isNull(stageSeat.bannedAt)));
	return rows.length;
}

/** The holder's seat, made when there is none. */
export async function seatFor(
	tx: Handle,
	seat: NewSeat & { readonly kind: SeatKind },
	{ keys, now, random }: Pick<WebinarsDeps, 'keys' | 'now' | 'random'>,
): Promise<Seat> {
	const identity = identityOf(keys, seat.holderId);
	const known = await seatOf(tx, seat.occurrenceId, identity);
	if (known) return known;
	const at = now();
	const empty = { id: newId(at, random), calledAt: null, sealedName: null, linkHash: '', revokedAt: null, bannedAt: null, createdAt: at };
	const row = { ...empty, ...seat, identity };
	await tx.insert(stageSeat).values(row);
	return row;
}

export async function changeSeat(
	tx: Handle,
	id: string,
	change: Partial<Pick<Seat, 'role' | 'calledAt' | 'revokedAt' | 'bannedAt' | 'linkHash'>>,
): Promise<void> {
	await tx.update(stageSeat).set(change).where(eq(stageSeat.id, id));
}
