import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { event, journeyEnrolment, person } from '../schema.ts';
import { aboutWhat } from '../tag/plan.ts';
import type { JourneyDefinition } from './definition.ts';
import type { JourneyDeps } from './deps.ts';
import type { Surroundings } from './facts.ts';
import type { Versions } from './versions.ts';

export type AdvanceDeps = JourneyDeps & { readonly versions: Versions };
export type EnrolmentRow = typeof journeyEnrolment.$inferSelect;

/** Somebody under way in this body: the row as it becomes. */
export interface Traveller {
	row: EnrolmentRow;
	readonly leadId: string;
	readonly timeZone: string;
	readonly isErased: boolean;
	readonly definition: JourneyDefinition | null;
}

export type Heard = ReadonlySet<string>;

/** Who waits for behaviour that has come since. */
export async function heardOf(tx: Handle, travellers: readonly Traveller[], { context }: Surroundings): Promise<Heard> {
	const waiting = travellers.flatMap((one) => {
		const step = one.definition?.steps.find(({ id }) => id === one.row.step);
		return step?.kind === 'wait' && step.mode === 'event' ? [{ one, step }] : [];
	});
	if (waiting.length === 0) return new Set();
	const since = new Date(Math.min(...waiting.map(({ one }) => one.row.since.getTime())));
	const rows = await tx
		.select({ leadId: person.leadId, type: event.type, subject: event.subject, at: event.at })
		.from(event)
		.innerJoin(person, eq(person.id, event.personId))
		.where(and(inArray(person.leadId, [...new Set(waiting.map(({ one }) => one.leadId))]), gte(event.at, since)));
	const heard = new Set<string>();
	for (const { one, step } of waiting) {
		const isHeard = rows.some(
			({ leadId, type, subject, at }) =>
				leadId === one.leadId && at >= one.row.since && step.types.includes(type) && isAbout(subject, step.about, context),
		);
		if (isHeard) heard.add(`${one.leadId}:${one.row.id}`);
	}
	return heard;
}

/** Of people who became one lead while both were under way in one journey on the same occasion, all but the one who came first. */
export async function doublesAmong(tx: Handle, travellers: readonly Traveller[]): Promise<Set<string>> {
	const leadIds = [...new Set(travellers.map(({ leadId }) => leadId))];
	const shared = leadIds.length === 0 ? [] : await tx
		.select({ leadId: person.leadId })
		.from(person)
		.where(inArray(person.leadId, leadIds))
		.groupBy(person.leadId)
		.having(sql`count(*) > 1`); // prettier-ignore
	if (shared.length === 0) return new Set();
	const rows = await tx
		.select({ id: journeyEnrolment.id, journeyId: journeyEnrolment.journeyId, personId: journeyEnrolment.personId, leadId: person.leadId })
		.from(journeyEnrolment)
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(
			and(
				inArray(
					person.leadId,
					shared.map(({ leadId }) => leadId),
				),
				inArray(journeyEnrolment.state, ['active', 'held']),
			),
		) // prettier-ignore
		.orderBy(asc(journeyEnrolment.enteredAt), asc(journeyEnrolment.id));
	const first = new Map<string, string>();
	const doubles = new Set<string>();
	for (const { id, journeyId, personId, leadId } of rows) {
		const key = `${journeyId}:${leadId}`;
		const owner = first.get(key) ?? personId;
		first.set(key, owner);
		if (owner !== personId) doubles.add(id);
	}
	return doubles;
}

/** Whether behaviour was about what a trigger or a wait names. */
export function isAbout(subject: string, about: string, context: Parameters<typeof aboutWhat>[1]): boolean {
	const { subjects, prefix } = aboutWhat(about, context);
	return subjects ? subjects.includes(subject) : subject.startsWith(prefix) || `${subject}:` === prefix;
}
