import { and, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { journeyEnrolment, journeyTrail } from '../schema.ts';
import type { Reason } from './decide.ts';

/** States of people under way. */
export const UNDER_WAY = ['active', 'held'] as const;

type EnrolmentRow = typeof journeyEnrolment.$inferSelect;

/** Takes somebody out before the end, for a reason that stands in their trail. */
export async function leaveWith(tx: Handle, row: EnrolmentRow, reason: Reason, now: Date): Promise<void> {
	const left = await tx
		.update(journeyEnrolment)
		.set({ state: 'left', reason, endedAt: now, place: row.place + 1 })
		.where(and(eq(journeyEnrolment.id, row.id), inArray(journeyEnrolment.state, [...UNDER_WAY])))
		.returning({ id: journeyEnrolment.id });
	if (left.length === 0) return;
	const { id: enrolmentId, place, personId, journeyId, version, step } = row;
	await tx.insert(journeyTrail).values({ enrolmentId, place, personId, journeyId, version, step, kind: 'left', because: reason, at: now });
}
