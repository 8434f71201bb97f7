import { and, eq, isNull } from 'drizzle-orm';

import type { Visitor } from '#gating';

import { subjectOf, type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { admissionOf, type PlaceOf } from '../room/admission.ts';
import { registration, stay } from '../schema.ts';
import { createBeat, type Seat } from './beat.ts';
import { startOf } from './fold.ts';
import { storedStays } from './stays.ts';

/** Beats of registrants in their room, kept in the database; the first of each tells that they came. */
export function createRoomBeat({
	db,
	keys,
	now,
	random,
	content,
	gating,
	placeOf,
}: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'content' | 'gating'> & { readonly placeOf: PlaceOf }) {
	const seat = async (slug: string, visitor: Visitor): Promise<Seat | 'refused' | 'unknown'> => {
		const admission = admissionOf(await placeOf(slug, visitor));
		if (admission.status !== 'admitted') return admission.status;
		const { occurrenceId, webinar, registration: row } = admission;
		return { occurrenceId, webinarId: webinar.id, registrationId: row.id, personId: row.personId, hasJoined: row.joinedAt !== null };
	};

	const open = async (stayId: string, { occurrenceId, webinarId, ...who }: Seat, startedAt: Date, at: Date, { visitorId }: Visitor): Promise<void> =>
		db.write(async (tx) => {
			const { personId, registrationId, hasJoined } = who;
			await tx.insert(stay).values({ id: stayId, occurrenceId, personId, source: 'beat', startedAt, lastSeenAt: at, endedAt: null });
			if (hasJoined) return;
			await tx
				.update(registration)
				.set({ joinedAt: at })
				.where(and(eq(registration.id, registrationId), isNull(registration.joinedAt)));
			await gating.events.record(tx, {
				id: `joined-${registrationId}`,
				type: 'webinar.joined',
				at,
				personId,
				visitorId,
				subject: subjectOf(webinarId),
				props: { occurrenceId },
			});
			const via = await gating.channels.cameBy(tx, `joined-${registrationId}`);
			if (via !== null) await tx.update(registration).set({ attendedVia: via }).where(eq(registration.id, registrationId));
		});

	return createBeat({ keys, now, random, startOf, webinarId: (slug) => webinarBySlug(content(), slug)?.id ?? null, seat, open, ...storedStays(db) });
}
