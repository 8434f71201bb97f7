import { and, asc, desc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { occurrence } from '../schema.ts';

/** One start of one webinar; what registrations, the room and attendance hang on. */
export type Occurrence = typeof occurrence.$inferSelect;

export async function occurrenceById(handle: Handle, id: string): Promise<Occurrence | null> {
	const [row] = await handle.select().from(occurrence).where(eq(occurrence.id, id));
	return row ?? null;
}

/** Every occurrence of a webinar, the earliest first. */
export function occurrencesOf(handle: Handle, webinarId: string): Promise<Occurrence[]> {
	return handle.select().from(occurrence).where(eq(occurrence.webinarId, webinarId)).orderBy(asc(occurrence.startsAt));
}

/** Occurrences of these webinars that are neither over nor cancelled at `now`, the earliest first. */
export function openOccurrences(handle: Handle, webinarIds: readonly string[], now: Date): Promise<Occurrence[]> {
	if (webinarIds.length === 0) return Promise.resolve([]);
	return handle
		.select()
		.from(occurrence)
		.where(and(inArray(occurrence.webinarId, [...webinarIds]), gt(occurrence.closesAt, now), isNull(occurrence.cancelledAt)))
		.orderBy(asc(occurrence.startsAt));
}

/** The occurrence that ended last, or null. */
export async function lastEnded(handle: Handle, webinarId: string, now: Date): Promise<Occurrence | null> {
	const [row] = await handle
		.select()
		.from(occurrence)
		.where(and(eq(occurrence.webinarId, webinarId), lte(occurrence.closesAt, now), isNull(occurrence.cancelledAt)))
		.orderBy(desc(occurrence.closesAt))
		.limit(1);
	return row ?? null;
}
