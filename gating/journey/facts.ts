import { inArray } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { lead, segment } from '../schema.ts';
import type { Conditions, Field } from '../tag/condition.ts';
import { contextOf, type TagsDeps } from '../tag/context.ts';
import { factsOf } from '../tag/facts.ts';
import { type FactContext, holds, type LeadFacts } from '../tag/holds.ts';

/** What conditions are read with for one round: topics, channels and rules of tags, and saved segments. */
export interface Surroundings {
	readonly context: FactContext;
	readonly segments: ReadonlyMap<string, Conditions>;
	/** Days that a tag holds, by its code; 0: until somebody takes it off. */
	readonly tagDays: ReadonlyMap<string, number>;
}

/** Taken outside of transactions, once for many. */
export async function surroundingsNow(deps: TagsDeps & { readonly db: Database }): Promise<Surroundings> {
	const rows = await deps.db.read.select({ id: segment.id, conditions: segment.conditions }).from(segment);
	const context = await contextOf(deps);
	const tagDays = new Map(context.tags.map(({ code, expiryDays }) => [code, expiryDays]));
	return { context, segments: new Map(rows.map(({ id, conditions }) => [id, conditions])), tagDays };
}

/** Fields that stand in the lead's own row: asked of many at once. */
const OWN: readonly Field[] = ['stage', 'grade', 'state', 'score', 'active', 'known'];

/** Whether the lead's own row answers these conditions. */
export const isLight = (conditions: readonly Conditions[]): boolean =>
	conditions.every(({ groups }) => groups.every((group) => group.conditions.every(({ field }) => OWN.includes(field))));

const NOTHING = { accounts: [], marks: new Set<string>(), terms: new Set<string>(), consents: new Set<string>() } as const;
const NOTHING_DONE = { events: [], channels: new Set<string>(), imports: new Set<string>() } as const;

/** Leads by what their own rows tell; enough where {@link isLight}. */
export async function lightFacts(tx: Handle, leadIds: readonly string[]): Promise<Map<string, LeadFacts>> {
	if (leadIds.length === 0) return new Map();
	const { id, stage, grade, workingState, total, lastActivityAt, createdAt } = lead;
	const rows = await tx
		.select({ id, stage, grade, workingState, total, lastActivityAt, createdAt })
		.from(lead)
		.where(inArray(id, [...new Set(leadIds)]));
	return new Map(rows.map(({ id: leadId, ...row }) => [leadId, { ...row, ...NOTHING, ...NOTHING_DONE }]));
}

/** What so many leads are judged by: at once where their own rows do, otherwise one by one. */
export async function manyFacts(
	tx: Handle,
	keys: Keys,
	asked: ReadonlyMap<string, readonly Conditions[]>,
	now: Date,
): Promise<ReadonlyMap<string, LeadFacts>> {
	const light = [...asked].filter(([, conditions]) => isLight(conditions)).map(([id]) => id);
	const found = await lightFacts(tx, light);
	for (const [id, conditions] of asked) {
		if (isLight(conditions)) continue;
		const facts = await factsOf(tx, keys, id, now);
		if (facts) found.set(id, facts);
	}
	return found;
}

/** Whether conditions hold; never for a lead that is not there. */
export const holdsFor = (conditions: Conditions, facts: LeadFacts | undefined, context: FactContext): boolean =>
	facts !== undefined && holds(conditions, facts, context);
