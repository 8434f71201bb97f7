import { and, eq } from 'drizzle-orm';

import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { stableId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { attendance, stay } from '../schema.ts';
import { type Presence, presence } from './fold.ts';

const NOBODY: Presence = { seconds: 0, firstJoinedAt: null, lastLeftAt: null, stays: 0, devices: 0 };

/** The event that tells of somebody's attendance; one for each start and person. */
export const attendedId = (occurrenceId: string, personId: string): string => stableId(`attended:${occurrenceId}:${personId}`);

/** Settles the attendance of one person from all that is told of their stays. Again, it brings it up to date; nothing told, nothing is left. */
export function createSettlePerson({ now, gating }: Pick<WebinarsDeps, 'now'> & { readonly gating: Pick<WebinarsDeps['gating'], 'events'> }) {
	return async (tx: Handle, one: Occurrence, personId: string): Promise<Presence> => {
		const stays = await tx
			.select()
			.from(stay)
			.where(and(eq(stay.occurrenceId, one.id), eq(stay.personId, personId)));
		if (stays.length === 0) {
			await tx.delete(attendance).where(and(eq(attendance.occurrenceId, one.id), eq(attendance.personId, personId)));
			await gating.events.retract(tx, personId, [attendedId(one.id, personId)]);
			return NOBODY;
		}
		const run = runOf(one);
		const proved = run ? presence(stays, run) : NOBODY;
		const row = { ...proved, settledAt: now() };
		await tx
			.insert(attendance)
			.values({ occurrenceId: one.id, personId, ...row })
			.onConflictDoUpdate({ target: [attendance.occurrenceId, attendance.personId], set: row });
		const minutes = Math.min(1_440, Math.floor((proved.seconds * SECOND_MS) / MINUTE_MS));
		const id = attendedId(one.id, personId);
		if (minutes < 1) {
			await gating.events.retract(tx, personId, [id]);
			return proved;
		}
		const subject = subjectOf(one.webinarId);
		const event = { id, type: 'webinar.attended', at: proved.lastLeftAt ?? one.closesAt, personId, visitorId: null, subject } as const;
		// Told by lists alone, it is history; what this hub saw of it too makes it its own.
		if (stays.every(({ source }) => source === 'import'))
			await gating.events.past(tx, { ...event, props: { occurrenceId: one.id, minutes, source: 'import' } });
		else await gating.events.restate(tx, { ...event, props: { occurrenceId: one.id, minutes } });
		return proved;
	};
}
