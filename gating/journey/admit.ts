import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { journeyEnrolment, journeyTrail, person } from '../schema.ts';
import type { Conditions } from '../tag/condition.ts';
import { isWatched } from './decide.ts';
import type { Reentry } from './definition.ts';
import type { JourneyDeps } from './deps.ts';
import { holdsFor, manyFacts, type Surroundings } from './facts.ts';
import type { Occasion } from './schema.ts';
import type { LiveJourney } from './versions.ts';

/** Somebody who may come in. */
export interface Candidate {
	readonly journey: LiveJourney;
	readonly leadId: string;
	/** Null: whoever of the lead is known longest. */
	readonly personId: string | null;
	/** Of one occasion nobody comes in twice. */
	readonly occasion: string;
	readonly data: Occasion;
}

/** Earlier ways of a lead through one journey. */
export interface Earlier {
	readonly state: string;
	readonly enteredAt: Date;
}

/** Whether the re-entry rule lets a lead in. */
export function mayReenter(reentry: Reentry, earlier: readonly Earlier[], now: Date): boolean {
	if (earlier.length === 0 || reentry.kind === 'each') return true;
	if (reentry.kind === 'once') return false;
	if (earlier.some(({ state }) => state === 'active' || state === 'held')) return false;
	return earlier.every(({ enteredAt }) => now.getTime() - enteredAt.getTime() >= reentry.days * DAY_MS);
}

/**
 * Lets those in of `candidates` whom the audience and the re-entry rule let in and whose goal is not reached yet. Whom the conditions ask of
 * whole histories are few in a body. Returns how many came in.
 */
export async function admit(tx: Handle, deps: JourneyDeps, surroundings: Surroundings, candidates: readonly Candidate[]): Promise<number> {
	if (candidates.length === 0) return 0;
	const now = deps.now();
	const leadIds = [...new Set(candidates.map(({ leadId }) => leadId))];
	const people = await tx
		.select({ id: person.id, leadId: person.leadId })
		.from(person)
		.where(and(inArray(person.leadId, leadIds), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id));
	const earlier = await tx
		.select({ journeyId: journeyEnrolment.journeyId, leadId: person.leadId, state: journeyEnrolment.state, enteredAt: journeyEnrolment.enteredAt })
		.from(journeyEnrolment)
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(inArray(person.leadId, leadIds));
	const asked = new Map<string, Conditions[]>();
	for (const { leadId, journey } of candidates) {
		const asks = [journey.definition.audience, journey.definition.goal, journey.definition.exit].filter(({ groups }) => groups.length > 0);
		if (asks.length > 0) asked.set(leadId, [...(asked.get(leadId) ?? []), ...asks]);
	}
	const facts = await manyFacts(tx, deps.keys, asked, now);
	let entered = 0;
	for (const one of candidates) {
		const { audience, goal, exit, reentry } = one.journey.definition;
		const holds = (conditions: Conditions) => holdsFor(conditions, facts.get(one.leadId), surroundings.context);
		const isOver = [goal, exit].some((conditions) => conditions.groups.length > 0 && holds(conditions));
		const own = people.filter(({ leadId }) => leadId === one.leadId);
		const personId = one.personId === null ? own[0]?.id : own.find(({ id }) => id === one.personId)?.id;
		if (personId === undefined || isOver || (audience.groups.length > 0 && !holds(audience))) continue;
		const before = earlier.filter(({ journeyId, leadId }) => journeyId === one.journey.id && leadId === one.leadId);
		if (!mayReenter(reentry, before, now) || !(await enter(tx, deps, one, personId, now))) continue;
		earlier.push({ journeyId: one.journey.id, leadId: one.leadId, state: 'active', enteredAt: now });
		entered++;
	}
	return entered;
}

async function enter(tx: Handle, deps: JourneyDeps, { journey, occasion, data }: Candidate, personId: string, now: Date): Promise<boolean> {
	const first = journey.definition.steps[0];
	if (!first) return false;
	const id = newId(now, deps.random);
	const added = await tx
		.insert(journeyEnrolment)
		.values({
			...{ id, journeyId: journey.id, version: journey.version, personId, occasion, data, state: 'active', reason: '' },
			...{ step: first.id, since: now, until: null, dueAt: now, isWatched: isWatched(journey.definition, first.id) },
			...{ place: 1, enteredAt: now, endedAt: null },
		})
		.onConflictDoNothing()
		.returning({ id: journeyEnrolment.id });
	if (added.length === 0) return false;
	const line = { enrolmentId: id, place: 0, personId, journeyId: journey.id, version: journey.version, step: first.id };
	await tx.insert(journeyTrail).values({ ...line, kind: 'entered', because: journey.definition.trigger.kind, at: now });
	return true;
}
