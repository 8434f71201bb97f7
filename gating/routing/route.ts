import { z } from 'zod';

import { SIZES } from '../account/account.ts';
import { takeTurn, type Turns } from './turn.ts';

const staffId = z.string().min(1).max(80);
const words = z.array(z.string().trim().min(1).max(120)).max(300).readonly();

/** What a rule asks for; an empty list asks nothing. */
const whenInput = z.strictObject({
	/** Codes of channels and ids of sources by which they came first. */
	sources: words,
	/** ISO 3166 codes. */
	countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(300).readonly(), // prettier-ignore
	/** Words that the region or city contains, whatever their case. */
	regions: words,
	/** Slugs of industry terms. */
	industries: words,
	/** Slugs of the topmost categories of products they dealt with. */
	productLines: words,
	sizes: z.array(z.enum(SIZES)).readonly(),
});

const toInput = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('person'), staffId }),
	/** Whoever has the lead's account. */
	z.strictObject({ kind: z.literal('account-owner') }),
	z.strictObject({
		kind: z.literal('round-robin'),
		members: z.array(z.strictObject({ staffId, weight: z.int().min(1).max(100) })).min(1).max(50).readonly(), // prettier-ignore
	}),
	z.strictObject({ kind: z.literal('unassigned') }),
]);

const ruleInput = z.strictObject({
	key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
	name: z.string().trim().min(1).max(80),
	when: whenInput,
	to: toInput,
});

export const MOST_ROUTES = 100;
/** Rules in their order: the first that fits and finds somebody who is there decides. */
export const routesInput = z.array(ruleInput).min(1).max(MOST_ROUTES).readonly();

export type RouteRule = z.infer<typeof ruleInput>;
export type RouteWhen = RouteRule['when'];
export type RouteTo = RouteRule['to'];
export const WHEN_PARTS = ['sources', 'countries', 'regions', 'industries', 'productLines', 'sizes'] as const satisfies readonly (keyof RouteWhen)[];
export const TO_KINDS = ['person', 'round-robin', 'account-owner', 'unassigned'] as const satisfies readonly RouteTo['kind'][];

export const ANY: RouteWhen = Object.freeze({ sources: [], countries: [], regions: [], industries: [], productLines: [], sizes: [] });

/** Until somebody says more: whoever has the account, else anybody in sales takes it. */
export const DEFAULT_ROUTES: readonly RouteRule[] = Object.freeze([
	{ key: 'account-owner', name: 'Account owner', when: ANY, to: { kind: 'account-owner' } },
	{ key: 'anybody', name: 'Anybody in sales', when: ANY, to: { kind: 'unassigned' } },
] as const);

/** What routing asks of a lead; null or empty where nothing is known. */
export interface RouteFacts {
	/** Channel and source they came by first. */
	readonly sources: readonly string[];
	readonly country: string | null;
	readonly region: string | null;
	readonly industry: string | null;
	readonly productLines: readonly string[];
	readonly size: string | null;
	readonly accountOwner: string | null;
}

/** Who can be given leads at a moment. */
export interface Presence {
	/** Works here, and is not away. `isRound`: by turns, who has a day off by their calendar is passed over too. */
	isThere(staffId: string, isRound: boolean): boolean;
	/** Who takes the leads of somebody who is away, if they are there; null: the next rule. */
	deputyOf(staffId: string): string | null;
}

export interface Routed {
	/** Null: unassigned. */
	readonly owner: string | null;
	/** Key of the rule that decided; '' when none found anybody. */
	readonly rule: string;
	/** Who should have had it, when a deputy has. */
	readonly insteadOf: string | null;
	/** Where the turns of the rule stand now; null when none was taken. */
	readonly turns: Turns | null;
}

/** Whether a rule is about such a lead. What is not known fits no list. */
export function fits(when: RouteWhen, facts: RouteFacts): boolean {
	const among = (list: readonly string[], values: readonly (string | null)[]) =>
		list.length === 0 || values.some((value) => value !== null && list.includes(value));
	const region = fold(facts.region ?? '');
	return (
		among(when.sources, facts.sources) &&
		among(when.countries, [facts.country]) &&
		(when.regions.length === 0 || when.regions.some((word) => region.includes(fold(word)))) &&
		among(when.industries, [facts.industry]) &&
		among(when.productLines, facts.productLines) &&
		among(when.sizes, [facts.size])
	);
}

/** Who gets a lead: the first rule that fits and finds somebody. `turnsOf` says where a rule's turns stand; `not` are passed over. */
export function route(
	rules: readonly RouteRule[],
	facts: RouteFacts,
	{ presence, turnsOf, not = [] }: { readonly presence: Presence; readonly turnsOf: (rule: string) => Turns; readonly not?: readonly string[] },
): Routed {
	const single = (staff: string | null): Pick<Routed, 'owner' | 'insteadOf'> | null => {
		if (staff === null) return null;
		if (!not.includes(staff) && presence.isThere(staff, false)) return { owner: staff, insteadOf: null };
		const deputy = presence.deputyOf(staff);
		return deputy !== null && !not.includes(deputy) ? { owner: deputy, insteadOf: staff } : null;
	};
	for (const { key, when, to } of rules) {
		if (!fits(when, facts)) continue;
		if (to.kind === 'unassigned') return { owner: null, rule: key, insteadOf: null, turns: null };
		if (to.kind !== 'round-robin') {
			const found = single(to.kind === 'person' ? to.staffId : facts.accountOwner);
			if (found) return { ...found, rule: key, turns: null };
			continue;
		}
		const here = (isRound: boolean) => to.members.filter(({ staffId: one }) => !not.includes(one) && presence.isThere(one, isRound));
		const members = here(true).length > 0 ? here(true) : here(false);
		const turn = takeTurn(members, turnsOf(key));
		if (turn) return { owner: turn.staffId, rule: key, insteadOf: null, turns: turn.turns };
	}
	return { owner: null, rule: '', insteadOf: null, turns: null };
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
