import { and, asc, eq, lte, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { journeyEnrolment, journeyTrail, person } from '../schema.ts';
import type { Conditions } from '../tag/condition.ts';
import type { LeadFacts } from '../tag/holds.ts';
import { decideStep, isWatched, type Effect, type StepFacts } from './decide.ts';
import type { JourneyDefinition, Step } from './definition.ts';
import { JOURNEY_LOCK } from './deps.ts';
import { makeEffects, type Made } from './effects.ts';
import { holdsFor, isLight, manyFacts, type Surroundings } from './facts.ts';
import { type AdvanceDeps, doublesAmong, type EnrolmentRow, type Heard, heardOf, type Traveller } from './traveller.ts';

/** People of one transaction. */
const BATCH = 200;
/** Of these, so many may need their whole history read. */
const MOST_READ = 40;

type TrailRow = typeof journeyTrail.$inferInsert;

/**
 * Takes everybody whose step is due as far as they get: each step, what it does and its line of the trail are one transaction, so that each
 * happens once whoever crashes. Returns how many people were looked at.
 */
export async function advanceDue(deps: AdvanceDeps, surroundings: Surroundings): Promise<number> {
	let moved = 0;
	for (;;) {
		const due = () => and(eq(journeyEnrolment.state, 'active'), lte(journeyEnrolment.dueAt, deps.now()));
		// Nothing is locked while nothing is due.
		if ((await deps.db.read.select({ id: journeyEnrolment.id }).from(journeyEnrolment).where(due()).limit(1)).length === 0) return moved;
		moved += await deps.db.write(
			async (tx) => {
				const travellers = await dueTravellers(tx, deps, due());
				await travel(tx, deps, surroundings, travellers);
				return travellers.length;
			},
			{ locks: JOURNEY_LOCK },
		);
	}
}

async function dueTravellers(tx: Handle, deps: AdvanceDeps, due: ReturnType<typeof and>): Promise<Traveller[]> {
	const rows = await tx
		.select({ row: journeyEnrolment, leadId: person.leadId, timeZone: person.timeZone, dataKey: person.dataKey })
		.from(journeyEnrolment)
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(due)
		.orderBy(asc(journeyEnrolment.dueAt), asc(journeyEnrolment.id))
		.limit(BATCH);
	const travellers: Traveller[] = [];
	for (const { row, leadId, timeZone, dataKey } of rows)
		travellers.push({ row, leadId, timeZone, isErased: dataKey === null, definition: await deps.versions.one(tx, row.journeyId, row.version) });
	return travellers;
}

async function travel(tx: Handle, deps: AdvanceDeps, surroundings: Surroundings, travellers: readonly Traveller[]): Promise<void> {
	const now = deps.now();
	const trail: TrailRow[] = [];
	const made: Made[] = [];
	const doubles = await doublesAmong(tx, travellers);
	let budget = MOST_READ;
	for (let open = [...travellers]; open.length > 0;) {
		const asked = new Map<string, Conditions[]>();
		const ready: Traveller[] = [];
		for (const one of open) {
			const needs = one.definition ? asksOf(one.definition, one.row.step, surroundings) : [];
			// Who asks for much waits for the next body, where they stand.
			if (!isLight(needs) && --budget < 0) continue;
			ready.push(one);
			if (needs.length > 0) asked.set(one.leadId, [...(asked.get(one.leadId) ?? []), ...needs]);
		}
		const facts = await manyFacts(tx, deps.keys, asked, now);
		const heard = await heardOf(tx, ready, surroundings);
		open = ready.filter((one) => stepOn(one, { facts, heard, surroundings, doubles, now, trail, made }));
	}
	await keep(tx, travellers.map(({ row }) => row)); // prettier-ignore
	for (let from = 0; from < trail.length; from += BATCH * 4) await tx.insert(journeyTrail).values(trail.slice(from, from + BATCH * 4));
	await makeEffects(tx, deps, made, surroundings, now);
}

interface Round {
	readonly facts: ReadonlyMap<string, LeadFacts>;
	readonly heard: Heard;
	readonly surroundings: Surroundings;
	readonly doubles: ReadonlySet<string>;
	readonly now: Date;
	readonly trail: TrailRow[];
	readonly made: Made[];
}

/** One step of one person. True when they can go on at once. */
function stepOn(one: Traveller, round: Round): boolean {
	const { now } = round;
	const { row, definition } = one;
	const step = definition?.steps.find(({ id }) => id === row.step);
	const decision = one.isErased
		? ({ kind: 'leave', reason: 'erased' } as const)
		: definition === null
			? ({ kind: 'leave', reason: 'gone' } as const)
			: round.doubles.has(row.id)
				? ({ kind: 'leave', reason: 'merged' } as const)
				: decideStep(definition, { enrolmentId: row.id, step: row.step, since: row.since, until: row.until }, factsFor(one, step, round), now);
	switch (decision.kind) {
		case 'stay':
			one.row = { ...row, until: decision.until, dueAt: decision.until };
			return false;
		case 'leave':
			note(one, round, row.step, 'left', decision.reason);
			one.row = {
				...one.row,
				state: decision.reason === 'end' || decision.reason === 'goal' ? 'done' : 'left',
				reason: decision.reason,
				endedAt: now,
			};
			return false;
		case 'go':
			note(one, round, row.step, step?.kind ?? '', decision.because);
			for (const effect of decision.effects) round.made.push(madeOf(one, row.step, effect));
			one.row = {
				...one.row,
				step: decision.to,
				since: now,
				until: null,
				dueAt: now,
				isWatched: definition !== null && isWatched(definition, decision.to),
			};
			return true;
	}
}

function note(one: Traveller, { trail, now }: Round, step: string, kind: string, because: string): void {
	const { row } = one;
	const { id: enrolmentId, place, personId, journeyId, version } = row;
	trail.push({ enrolmentId, place, personId, journeyId, version, step, kind, because, at: now });
	one.row = { ...row, place: place + 1 };
}

const madeOf = ({ row, leadId }: Traveller, step: string, effect: Effect): Made => ({
	...{ enrolmentId: row.id, journeyId: row.journeyId, personId: row.personId, data: row.data },
	...{ leadId, step, effect },
});

function factsFor(one: Traveller, step: Step | undefined, { facts, heard, surroundings }: Round): StepFacts {
	const { context, segments } = surroundings;
	const own = facts.get(one.leadId);
	return {
		timeZone: one.timeZone,
		holds: (conditions) => holdsFor(conditions, own, context),
		isIn: (segmentId) => {
			const conditions = segments.get(segmentId);
			return conditions !== undefined && holdsFor(conditions, own, context);
		},
		outcome: one.row.data.outcome ?? null,
		happened: () => step?.kind === 'wait' && heard.has(`${one.leadId}:${one.row.id}`),
	};
}

/** The conditions that somebody's step, goal and exit ask. */
function asksOf(definition: JourneyDefinition, stepId: string, { segments }: Surroundings): Conditions[] {
	const step = definition.steps.find(({ id }) => id === stepId);
	const test =
		step?.kind !== 'branch'
			? undefined
			: step.test === 'conditions'
				? step.conditions
				: step.test === 'segment'
					? segments.get(step.segmentId)
					: undefined;
	return [definition.goal, definition.exit, test].filter((one) => one !== undefined && one.groups.length > 0) as Conditions[];
}

/** Writes rows as they became, unless somebody was taken out meanwhile. */
async function keep(tx: Handle, rows: readonly EnrolmentRow[]): Promise<void> {
	if (rows.length === 0) return;
	const given = (name: string) => sql.raw(`excluded.${name}`);
	await tx
		.insert(journeyEnrolment)
		.values([...rows])
		.onConflictDoUpdate({
			target: journeyEnrolment.id,
			set: {
				...{ step: given('step'), since: given('since'), until: given('until'), dueAt: given('due_at'), isWatched: given('is_watched') },
				...{ place: given('place'), state: given('state'), reason: given('reason'), endedAt: given('ended_at') },
			},
			setWhere: eq(journeyEnrolment.state, 'active'),
		});
}
