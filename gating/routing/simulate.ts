import { and, desc, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { lead, staffMember } from '../schema.ts';
import { type FactsDeps, routeFactsOf } from './facts.ts';
import type { FollowUp } from './follow-up.ts';
import { absencesSince, presenceOf } from './presence.ts';
import { route, type RouteRule } from './route.ts';
import { breath, nameOf, peopleByLead } from './try.ts';
import type { Turns } from './turn.ts';

const MOST_LEADS = 200;
const EXAMPLES = 3;
/** Stages at which leads were or will be handed over. */
const PAST = ['mql', 'sql', 'opportunity', 'customer'];

export interface SimulatedLead {
	readonly id: string;
	readonly name: string | null;
	readonly company: string;
	/** Who has it now. */
	readonly owner: string | null;
}

export interface SimulatedShare {
	/** Null: unassigned. */
	readonly owner: string | null;
	readonly count: number;
	readonly examples: readonly SimulatedLead[];
}

/** Who would get the newest leads that went or go to sales. */
export interface Simulation {
	readonly leads: number;
	/** Largest first. */
	readonly byOwner: readonly SimulatedShare[];
	/** By key of the rule; '' is none. */
	readonly byRule: Readonly<Record<string, number>>;
	/** Leads that somebody has and somebody else would have got. */
	readonly others: number;
}

/**
 * Deals past leads out by rules that need not hold yet, the oldest first, with who is there now. Turns begin anew. Writes nothing, and says the
 * same for the same leads.
 */
export async function simulateRoutes(
	handle: Handle,
	deps: FactsDeps,
	{
		rules,
		followUp,
		at,
		seesPeople,
	}: { readonly rules: readonly RouteRule[]; readonly followUp: FollowUp; readonly at: Date; readonly seesPeople: boolean },
): Promise<Simulation> {
	const rows = await handle
		.select()
		.from(lead)
		.where(and(inArray(lead.stage, PAST), isNull(lead.mergedInto)))
		.orderBy(desc(lead.createdAt), desc(lead.id))
		.limit(MOST_LEADS);
	const people = await peopleByLead(handle, rows.map(({ id }) => id)); // prettier-ignore
	const here = await handle.select({ id: staffMember.id }).from(staffMember).where(isNull(staffMember.leftAt));
	const presence = presenceOf(new Set(here.map(({ id }) => id)), await absencesSince(handle, at), followUp, at);
	const turns = new Map<string, Turns>();
	const shares = new Map<string | null, { count: number; examples: SimulatedLead[] }>();
	const byRule: Record<string, number> = {};
	let others = 0;
	for (const row of rows.toReversed()) {
		const own = people.get(row.id) ?? [];
		const routed = route(rules, await routeFactsOf(handle, deps, own), { presence, turnsOf: (key) => turns.get(key) ?? new Map() });
		if (routed.turns) turns.set(routed.rule, routed.turns);
		const share = shares.get(routed.owner) ?? { count: 0, examples: [] };
		share.count += 1;
		if (share.examples.length < EXAMPLES)
			share.examples.push({ id: row.id, name: nameOf(deps.keys, own, seesPeople), company: row.company, owner: row.owner });
		shares.set(routed.owner, share);
		byRule[routed.rule] = (byRule[routed.rule] ?? 0) + 1;
		if (row.owner !== null && row.owner !== routed.owner) others += 1;
		await breath();
	}
	const byOwner = [...shares].map(([owner, share]) => ({ owner, ...share })).sort((one, other) => other.count - one.count);
	return { leads: rows.length, byOwner, byRule, others };
}
