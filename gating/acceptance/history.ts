import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { createRecent } from '#kernel/recent.ts';

import { rootsOf } from '../identity/merge.ts';
import { disposition, workMove } from '../schema.ts';
import { surroundingsOf } from '../scoring/surroundings.ts';
import { type Facts, factsAt, type FactsParams, type Moment } from './facts.ts';
import { DECIDING, type Decision, type HandedOver, outcomeOf } from './outcome.ts';

const MODULE = new URL('./facts.ts', import.meta.url);
/** The newest hand-overs that are looked at: what sales wanted years ago says little of today. */
export const MOST_HAND_OVERS = 2_000;
const MOMENTS_AT_ONCE = 40;

export interface AcceptanceDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
}

/** Hand-overs with what sales made of them. What leads were judged by then does not change, and is worked out once. */
export function createHistory(deps: AcceptanceDeps) {
	const { db } = deps;
	const known = createRecent<string, Facts>(MOST_HAND_OVERS);

	return {
		/** Newest first, at most {@link MOST_HAND_OVERS}. */
		handOvers: async (): Promise<readonly HandedOver[]> => {
			const roots = await rootsOf(db.read);
			const moments = await momentsOf(db.read, roots);
			const missing = moments.filter(({ id }) => known.get(id) === undefined);
			for (const facts of await factsOf(deps, missing)) known.set(facts.id, facts);
			const decisions = await decisionsOf(db.read, roots);
			return moments.flatMap(({ id, leadId, at, until }): HandedOver[] => {
				const facts = known.get(id);
				if (!facts) return [];
				const own = (decisions.get(leadId) ?? []).filter((one) => one.at >= at && (until === null || one.at < until));
				return [{ ...facts, leadId, at, ...outcomeOf(own) }];
			});
		},
	};
}

/** What one lead is judged by now: a few look-ups, which need not wait for the thread. */
export async function factsNow(deps: AcceptanceDeps, leadId: string): Promise<Facts | null> {
	const [facts] = await factsAt(deps.db.read, paramsOf(deps, [{ id: leadId, leadId, at: deps.now() }]));
	return facts ?? null;
}

/** What leads are judged by at these moments, worked out in a thread. */
export async function factsOf(deps: AcceptanceDeps, moments: readonly Moment[]): Promise<readonly Facts[]> {
	const facts: Facts[] = [];
	for (let from = 0; from < moments.length; from += MOMENTS_AT_ONCE) {
		const some = moments.slice(from, from + MOMENTS_AT_ONCE).map(({ id, leadId, at }) => ({ id, leadId, at }));
		const params = paramsOf(deps, some);
		facts.push(...(await deps.db.analyse<FactsParams, Awaited<ReturnType<typeof factsAt>>>({ module: MODULE, name: 'factsAt', params })));
	}
	return facts;
}

const paramsOf = ({ keys, timeZone, content }: AcceptanceDeps, moments: readonly Moment[]): FactsParams => ({
	...{ ring: keys.forThread(), surroundings: surroundingsOf(content()), timeZone: timeZone() },
	moments,
});

type Roots = Awaited<ReturnType<typeof rootsOf>>;

/** When leads came to sales by marketing's doing, each with when the same lead came next; newest first. */
async function momentsOf(read: Handle, roots: Roots): Promise<readonly (Moment & { readonly until: Date | null })[]> {
	const rows = await read
		.select({ id: workMove.id, leadId: workMove.leadId, at: workMove.at, cause: workMove.cause, evidence: workMove.evidence })
		.from(workMove)
		.where(and(eq(workMove.to, 'sales'), ne(workMove.from, 'sales')))
		.orderBy(desc(workMove.at), desc(workMove.id))
		.limit(MOST_HAND_OVERS);
	const next = new Map<string, Date>();
	return (
		rows
			// Whom sales fetched by itself, or got back by an undoing, marketing did not hand over.
			.filter(({ cause, evidence }) => !cause.startsWith('undone:') && (evidence['kind'] === undefined || evidence['kind'] === 'handed-over'))
			.map(({ id, leadId: first, at }) => {
				const leadId = roots.get(first) ?? first;
				const until = next.get(leadId) ?? null;
				next.set(leadId, at);
				return { id, leadId, at, until };
			})
	);
}

async function decisionsOf(read: Handle, roots: Roots): Promise<ReadonlyMap<string, readonly Decision[]>> {
	const { kind, reason, at, leadId } = disposition;
	const rows = await read
		.select({ kind, reason, at, leadId })
		.from(disposition)
		.where(and(isNull(disposition.undoneAt), inArray(kind, [...DECIDING])))
		.orderBy(asc(at), asc(disposition.id));
	return Map.groupBy(rows, (row) => roots.get(row.leadId) ?? row.leadId);
}
