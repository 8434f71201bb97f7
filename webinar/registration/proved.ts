import { and, eq, inArray } from 'drizzle-orm';

import type { WhenProved } from '#gating';

import type { WebinarsDeps } from '../deps.ts';
import { occurrence, registration } from '../schema.ts';
import { registeredEvent } from './register.ts';
import { ACTIVE_STATES } from './registration.ts';

const SUBJECT = /^webinars:(.+)$/;

/** Counts the registrations of a person for a webinar once the code of its mail proved their address; again changes nothing. */
export function createWhenProved({ gating }: Pick<WebinarsDeps, 'gating'>): WhenProved {
	return async (tx, { personId, subject }) => {
		const [, webinarId] = SUBJECT.exec(subject) ?? [];
		if (webinarId === undefined) return;
		const rows = await tx
			.select({ id: registration.id, registeredAt: registration.registeredAt, occurrenceId: occurrence.id })
			.from(registration)
			.innerJoin(occurrence, eq(occurrence.id, registration.occurrenceId))
			.where(and(eq(registration.personId, personId), inArray(registration.state, [...ACTIVE_STATES]), eq(occurrence.webinarId, webinarId)));
		for (const { id, registeredAt, occurrenceId } of rows) {
			await gating.events.record(tx, registeredEvent({ registrationId: id, at: registeredAt, personId, visitorId: null, subject, occurrenceId }));
		}
	};
}
