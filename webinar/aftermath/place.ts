import { and, desc, eq, isNull, lte } from 'drizzle-orm';

import type { Webinar } from '#cms/content.ts';
import type { Visitor } from '#gating';
import type { Handle } from '#kernel/database.ts';

import { type WebinarsDeps, webinarBySlug } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { occurrence, registration } from '../schema.ts';

/** A registrant in their own browser, and the session of theirs that began last. */
export interface Place {
	readonly webinar: Webinar;
	readonly occurrence: Occurrence;
	readonly personId: string;
	readonly visitorId: string | null;
	readonly registrationId: string;
}

/** Null for who has no pass, has no seat in a session that began, or was given none. */
export function createPlaceAfter({ db, now, content }: Pick<WebinarsDeps, 'db' | 'now' | 'content'>) {
	return async (slug: string, { personId, isVerified, visitorId }: Visitor): Promise<Place | null> => {
		const webinar = webinarBySlug(content(), slug);
		if (!webinar || !isVerified || personId === null) return null;
		const found = await lastOf(db.read, webinar.id, personId, now());
		return found && { webinar, personId, visitorId, ...found };
	};
}

async function lastOf(handle: Handle, webinarId: string, personId: string, now: Date) {
	const [row] = await handle
		.select({ occurrence, registrationId: registration.id })
		.from(registration)
		.innerJoin(occurrence, eq(occurrence.id, registration.occurrenceId))
		.where(
			and(
				eq(registration.personId, personId),
				eq(registration.state, 'registered'),
				eq(occurrence.webinarId, webinarId),
				isNull(occurrence.cancelledAt),
				lte(occurrence.startsAt, now),
			),
		)
		.orderBy(desc(occurrence.startsAt))
		.limit(1);
	return row ?? null;
}
