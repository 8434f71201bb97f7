import { and, count, desc, eq, inArray, or, lt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { journeyEnrolment, message, person } from '../schema.ts';
import { originOf } from './deps.ts';

/** How many stand where; for a thread. */
export interface Standing {
	readonly journeyId: string;
	readonly version: number;
	/** Under way (`active`, `held`), `done` or `left`. */
	readonly state: string;
	readonly reason: string;
	/** Where they are, or were last. */
	readonly step: string;
	readonly people: number;
}

/** Of all journeys, or of one; read from one index. */
export async function standings(handle: Handle, { journeyId }: { readonly journeyId: string | null }): Promise<Standing[]> {
	const { journeyId: id, version, state, reason, step } = journeyEnrolment;
	return handle
		.select({ journeyId: id, version, state, reason, step, people: count() })
		.from(journeyEnrolment)
		.where(journeyId === null ? undefined : eq(id, journeyId))
		.groupBy(id, state, reason, version, step);
}

/** Messages of a journey by state and reason; for a thread. */
export async function messageCounts(handle: Handle, { journeyId }: { readonly journeyId: string }) {
	return handle
		.select({ state: message.state, reason: message.reason, messages: count() })
		.from(message)
		.where(eq(message.origin, originOf(journeyId)))
		.groupBy(message.state, message.reason);
}

export interface PlaceInList {
	readonly at: Date;
	readonly id: string;
}

/** People of one number of a journey, who came in last first. */
export async function peopleAt(
	handle: Handle,
	asked: {
		readonly journeyId: string;
		readonly states: readonly string[];
		readonly step?: string | undefined;
		readonly reason?: string | undefined;
		readonly after: PlaceInList | null;
		readonly limit: number;
	},
) {
	const { journeyId, states, step, reason, after, limit } = asked;
	const { enteredAt, id } = journeyEnrolment;
	return handle
		.select({ enrolment: journeyEnrolment, leadId: person.leadId })
		.from(journeyEnrolment)
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(
			and(
				eq(journeyEnrolment.journeyId, journeyId),
				inArray(journeyEnrolment.state, [...states]),
				step === undefined ? undefined : eq(journeyEnrolment.step, step),
				reason === undefined ? undefined : eq(journeyEnrolment.reason, reason),
				after === null ? undefined : or(lt(enteredAt, after.at), and(eq(enteredAt, after.at), lt(id, after.id))),
			),
		)
		.orderBy(desc(enteredAt), desc(id))
		.limit(limit);
}
