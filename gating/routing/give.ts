import { and, asc, eq, inArray } from 'drizzle-orm';

import { nextNumber } from '#kernel/counter.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import type { PersonRow } from '../identity/person.ts';
import { handOver, lead, person, routingTurn } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { endClocks, QUEUE_COUNTER } from './clock.ts';
import { type FactsDeps, routeFactsOf } from './facts.ts';
import { marksOf } from './follow-up.ts';
import { type Demand, type HandOverCause, nextMark, STEPS } from './hand-over.ts';
import { presenceAt } from './presence.ts';
import { route, type Routed } from './route.ts';
import { liveRule } from './rules.ts';

/** Kind of the outbox rows that tell staff of hand-overs. */
export const HAND_OVER_MAIL = 'gating.hand-over-mail';
/** What a mail says: somebody got a lead, is reminded, is told of one that waits, or of one that nobody has. */
export type HandOverWord = 'given' | 'remind' | 'escalate' | 'unassigned';

export interface GiveDeps extends FactsDeps {
	readonly now: () => Date;
	readonly random: Random;
}

export interface Giving {
	readonly leadId: string;
	readonly personId: string;
	readonly cause: HandOverCause;
	readonly demand: Demand | '';
	readonly dispositionId: string | null;
	/** Whom a person chose; null: the rules choose. */
	readonly owner: string | null;
	/** Who does it themselves needs no mail of it. */
	readonly by?: string;
	/** Passed over by the rules. */
	readonly not?: readonly string[];
	readonly passes?: number;
}

/** Gives a lead that is with sales to one person, or to nobody yet, and starts their clock. Another clock of the lead ends. Returns the owner. */
export async function give(tx: Handle, deps: GiveDeps, giving: Giving): Promise<string | null> {
	const { leadId, personId, cause, demand, dispositionId, by, passes = 0 } = giving;
	const at = deps.now();
	const people = await peopleOf(tx, leadId);
	await endClocks(tx, people.map(({ id }) => id), 'passed-on', at); // prettier-ignore
	const { version: routingVersion, routed } = await choose(tx, deps, people, giving, at);
	const { body: rule } = await liveRule(tx, 'follow-up');
	const { owner } = routed;
	const marks = marksOf(rule, { at, owner, isDemand: demand !== '' });
	// Nobody has it: there is nobody to pass it on from.
	const last = owner === null ? { ...marks, reassignAt: null } : marks;
	const id = newId(at, deps.random);
	await tx.insert(handOver).values({
		...{ id, personId, cause, dispositionId, demand, rule: routed.rule, routingVersion, owner, at, ...last },
		...{ step: STEPS.none, nextAt: nextMark(last, STEPS.none), state: 'running', endedAt: null, interactionId: null, passes },
	});
	await own(tx, leadId, owner, at, deps.random);
	await nextNumber(tx, QUEUE_COUNTER);
	if (owner !== by || owner === null) await tell(tx, { id, personId }, owner === null ? 'unassigned' : 'given', at, deps.random);
	return owner;
}

async function own(tx: Handle, leadId: string, owner: string | null, at: Date, random: Random): Promise<void> {
	const [before] = await tx.select({ owner: lead.owner }).from(lead).where(eq(lead.id, leadId));
	if (before?.owner === owner) return;
	await tx.update(lead).set({ owner }).where(eq(lead.id, leadId));
	await announce(tx, { type: 'lead.owner.changed', leadId, data: { from: before?.owner ?? null, to: owner } }, at, random);
}

/** Who has a lead already, where they work here and are not away: nobody who asks again is passed on for it. Null: the rules choose. */
export async function keeperOf(tx: Handle, owner: string | null, at: Date): Promise<string | null> {
	if (owner === null) return null;
	const { body: followUp } = await liveRule(tx, 'follow-up');
	return (await presenceAt(tx, followUp, at)).isThere(owner, false) ? owner : null;
}

/** Orders one mail to staff about a hand-over; who it goes to is asked when it goes. */
export async function tell(
	tx: Handle,
	{ id, personId }: { readonly id: string; readonly personId: string },
	word: HandOverWord,
	at: Date,
	random: Random,
): Promise<void> {
	await enqueue(tx, { kind: HAND_OVER_MAIL, key: `hand-over:${id}:${word}`, payload: { handOverId: id, personId, word }, dueAt: at }, at, random);
}

export async function peopleOf(tx: Handle, leadId: string): Promise<PersonRow[]> {
	return tx.select().from(person).where(eq(person.leadId, leadId)).orderBy(asc(person.createdAt), asc(person.id));
}

/** Whom the rules choose, or the person that was named. Turns that were taken are kept. */
async function choose(
	tx: Handle,
	deps: GiveDeps,
	people: readonly PersonRow[],
	{ owner, not = [] }: Giving,
	at: Date,
): Promise<{ readonly version: number; readonly routed: Routed }> {
	const { version, body } = await liveRule(tx, 'routing');
	if (owner !== null) return { version, routed: { owner, rule: '', insteadOf: null, turns: null } };
	const { body: followUp } = await liveRule(tx, 'follow-up');
	const turns = await turnsOf(tx, body.filter(({ to }) => to.kind === 'round-robin').map(({ key }) => key)); // prettier-ignore
	const routed = route(body, await routeFactsOf(tx, deps, people), {
		presence: await presenceAt(tx, followUp, at),
		turnsOf: (rule) => turns.get(rule) ?? new Map(),
		not,
	});
	for (const [staffId, credit] of routed.turns ?? [])
		await tx
			.insert(routingTurn)
			.values({ rule: routed.rule, staffId, credit })
			.onConflictDoUpdate({ target: [routingTurn.rule, routingTurn.staffId], set: { credit } });
	return { version, routed };
}

async function turnsOf(tx: Handle, rules: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
	const rows = await tx.select().from(routingTurn).where(and(inArray(routingTurn.rule, [...rules]))); // prettier-ignore
	const byRule = Map.groupBy(rows, ({ rule }) => rule);
	return new Map([...byRule].map(([rule, own]) => [rule, new Map(own.map(({ staffId, credit }) => [staffId, credit]))]));
}
