import { and, asc, eq, inArray } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { journeyEnrolment, journeySignal, journeyTask, journeyTrail } from '../schema.ts';
import { UNDER_WAY } from './leave.ts';

/** The ways a person went through journeys. Erasing ends those under way; that somebody went a way stays as a number of nobody. */
export function journeysData({ now }: { readonly now: Now }): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'journeys',
		export: async (tx, personId) => {
			const { journeyId, version, enteredAt, endedAt, state, reason, data } = journeyEnrolment;
			const journeys = await tx
				.select({ journeyId, version, enteredAt, endedAt, state, reason, data })
				.from(journeyEnrolment)
				.where(eq(journeyEnrolment.personId, personId))
				.orderBy(asc(enteredAt));
			const steps = await tx
				.select({
					journeyId: journeyTrail.journeyId,
					step: journeyTrail.step,
					kind: journeyTrail.kind,
					because: journeyTrail.because,
					at: journeyTrail.at,
				})
				.from(journeyTrail)
				.where(eq(journeyTrail.personId, personId))
				.orderBy(asc(journeyTrail.at), asc(journeyTrail.place));
			const tasks = await tx
				.select({ task: journeyTask.words, dueAt: journeyTask.dueAt, doneAt: journeyTask.doneAt })
				.from(journeyTask)
				.where(eq(journeyTask.personId, personId));
			return journeys.length > 0 ? { journeys, steps, tasks } : null;
		},
		erase: async (tx, personId) => {
			await tx
				.update(journeyEnrolment)
				.set({ state: 'left', reason: 'erased', endedAt: now() })
				.where(and(eq(journeyEnrolment.personId, personId), inArray(journeyEnrolment.state, [...UNDER_WAY])));
			await tx.update(journeyEnrolment).set({ data: {} }).where(eq(journeyEnrolment.personId, personId));
			await tx.delete(journeyTask).where(eq(journeyTask.personId, personId));
			await tx.delete(journeySignal).where(eq(journeySignal.personId, personId));
		},
	});
}
