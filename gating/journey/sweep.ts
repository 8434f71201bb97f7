import { and, asc, eq, inArray, not, type SQL } from 'drizzle-orm';

import { HOUR_MS, startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { journey, journeyMember, lead } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import { contextOf } from '../tag/context.ts';
import { type Plan, planOf } from '../tag/plan.ts';
import { admit } from './admit.ts';
import { JOURNEY_LOCK } from './deps.ts';
import type { Surroundings } from './facts.ts';
import { membershipOf, takesPresent } from './membership.ts';
import type { AdvanceDeps } from './traveller.ts';
import type { LiveJourney } from './versions.ts';

const THIS = new URL('./sweep.ts', import.meta.url);
/** Days pass without anything happening: who has been silent for long is found at the latest after so long. */
const EVERY_MS = HOUR_MS;
/** Leads of one question to the thread, and of one transaction. */
const FOUND = 5_000;
const BATCH = 40;

export interface SweepParams {
	readonly journeyId: string;
	readonly plan: Plan;
	readonly limit: number;
}

/** Leads that came into a journey's conditions and that went out of them since they were kept last; for a thread. */
export async function changedMembers(handle: Handle, { journeyId, plan, limit }: SweepParams) {
	const kept = handle.select({ id: journeyMember.leadId }).from(journeyMember).where(eq(journeyMember.journeyId, journeyId));
	const holding = matching(handle, plan);
	const isKept: SQL = inArray(lead.id, kept);
	const come = await handle.select({ id: lead.id }).from(lead).where(and(holding, not(isKept))).orderBy(asc(lead.id)).limit(limit); // prettier-ignore
	const now = handle.select({ id: lead.id }).from(lead).where(holding);
	const gone = await handle
		.select({ id: journeyMember.leadId })
		.from(journeyMember)
		.where(and(eq(journeyMember.journeyId, journeyId), not(inArray(journeyMember.leadId, now))))
		.limit(limit);
	return { come: come.map(({ id }) => id), gone: gone.map(({ id }) => id) };
}

/** Works out, once an hour, whom the conditions of triggers hold for. Returns how many came into some. */
export async function sweepDue(deps: AdvanceDeps, surroundings: Surroundings): Promise<number> {
	const now = deps.now();
	let entered = 0;
	for (const one of await deps.versions.live(deps.db.read)) {
		const { trigger } = one.definition;
		const conditions = membershipOf(one.definition, surroundings.segments);
		if (conditions === null || (one.sweptAt !== null && now.getTime() - one.sweptAt.getTime() < EVERY_MS)) continue;
		if (trigger.kind === 'date' && trigger.of === 'day' && now < startOfDay(trigger.day, deps.timeZone())) continue;
		const plan = planOf(conditions, await contextOf(deps));
		entered += await sweep(deps, surroundings, one, plan);
		await deps.db.write((tx) =>
			tx
				.update(journey)
				.set({ sweptAt: now })
				.where(and(eq(journey.id, one.id), eq(journey.version, one.version))),
		);
	}
	return entered;
}

async function sweep(deps: AdvanceDeps, surroundings: Surroundings, one: LiveJourney, plan: Plan): Promise<number> {
	// The first round only keeps who is there, where nobody of them is to come in.
	const isNews = one.sweptAt !== null || takesPresent(one.definition);
	let entered = 0;
	for (;;) {
		const params: SweepParams = { journeyId: one.id, plan, limit: FOUND };
		const { come, gone } = await deps.db.analyse<SweepParams, Awaited<ReturnType<typeof changedMembers>>>({
			...{ module: THIS, name: 'changedMembers', params },
		});
		for (let from = 0; from < come.length; from += BATCH) {
			const ids = come.slice(from, from + BATCH);
			const added = await deps.db.write(
				async (tx) => {
					// A version that was published meanwhile has its own first round.
					const [still] = await tx.select().from(journey).where(and(eq(journey.id, one.id), eq(journey.state, 'live'), eq(journey.version, one.version))); // prettier-ignore
					if (!still) return null;
					const added = await tx
						.insert(journeyMember)
						.values(ids.map((leadId) => ({ journeyId: one.id, leadId })))
						.onConflictDoNothing()
						.returning({ leadId: journeyMember.leadId });
					if (!isNews) return 0;
					const occasion = `in:${deps.now().getTime()}`;
					const candidates = added.map(({ leadId }) => ({ journey: one, leadId, personId: null, occasion, data: {} }));
					await admit(tx, deps, surroundings, candidates);
					return added.length;
				},
				{ locks: JOURNEY_LOCK },
			);
			if (added === null) return entered;
			entered += added;
		}
		for (let from = 0; from < gone.length; from += FOUND / 10)
			await deps.db.write((tx) =>
				tx.delete(journeyMember).where(and(eq(journeyMember.journeyId, one.id), inArray(journeyMember.leadId, gone.slice(from, from + FOUND / 10)))),
			);
		if (come.length < FOUND && gone.length < FOUND) return entered;
	}
}

/** Of a journey that takes people in anew, nobody is kept as known. */
export const forgetMembers = (tx: Handle, journeyId: string): Promise<unknown> =>
	tx.delete(journeyMember).where(eq(journeyMember.journeyId, journeyId));
