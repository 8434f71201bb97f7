import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { checkRoutes } from './check.ts';
import {
	ANY,
	DEFAULT_ROUTES,
	fits,
	type Presence,
	route,
	type RouteFacts,
	type RouteRule,
	routesInput,
	type RouteTo,
	type RouteWhen,
} from './route.ts';
import type { Turns } from './turn.ts';

const nobody: RouteFacts = { sources: [], country: null, region: null, industry: null, productLines: [], size: null, accountOwner: null };
const rule = (key: string, to: RouteTo, when: Partial<RouteWhen> = {}): RouteRule => ({ key, name: key, when: { ...ANY, ...when }, to });
const person = (staffId: string): RouteTo => ({ kind: 'person', staffId });
const rest = rule('rest', { kind: 'unassigned' });
const here = (away: readonly string[] = [], deputies: Readonly<Record<string, string>> = {}, off: readonly string[] = []): Presence => ({
	isThere: (id, isRound) => !away.includes(id) && !(isRound && off.includes(id)),
	deputyOf: (id) => deputies[id] ?? null,
});
const none = { turnsOf: () => new Map<string, number>() };

describe('what a rule asks', () => {
	test.each([
		['nothing', {}, {}, true],
		['a source they came by', { sources: ['fair'] }, { sources: ['link-1', 'fair'] }, true],
		['another source', { sources: ['fair'] }, { sources: ['search'] }, false],
		['a country', { countries: ['CN', 'TW'] }, { country: 'CN' }, true],
		['a country that is not known', { countries: ['CN'] }, {}, false],
		['a region by a word in it', { regions: ['江苏'] }, { region: '江苏省苏州市' }, true],
		['a region whatever its case', { regions: ['ZÜRICH'] }, { region: 'Kanton Zürich' }, true],
		['an industry', { industries: ['packaging'] }, { industry: 'packaging' }, true],
		['a product line among several', { productLines: ['motors'] }, { productLines: ['drives', 'motors'] }, true],
		['a size', { sizes: ['5000+'] }, { size: '10-49' }, false],
		['all of them together', { countries: ['DE'], industries: ['packaging'] }, { country: 'DE', industry: 'metal' }, false],
	] as const)('%s', (_what, when, facts, expected) => {
		expect(fits({ ...ANY, ...(when as Partial<RouteWhen>) }, { ...nobody, ...(facts as Partial<RouteFacts>) })).toBe(expected);
	});
});

describe('who gets a lead', () => {
	const rules = [rule('china', person('li'), { countries: ['CN'] }), rule('account', { kind: 'account-owner' }), rule('all', person('sam')), rest];
	test.each([
		['the named owner of a territory', { country: 'CN' }, here(), { owner: 'li', rule: 'china', insteadOf: null }],
		['the next rule while they are away', { country: 'CN' }, here(['li']), { owner: 'sam', rule: 'all', insteadOf: null }],
		['their deputy', { country: 'CN' }, here(['li'], { li: 'wang' }), { owner: 'wang', rule: 'china', insteadOf: 'li' }],
		['the account’s owner', { accountOwner: 'sue' }, here(), { owner: 'sue', rule: 'account', insteadOf: null }],
		['nobody when all are away', {}, here(['sam']), { owner: null, rule: 'rest', insteadOf: null }],
		['a day off does not matter to a named owner', { country: 'CN' }, here([], {}, ['li']), { owner: 'li', rule: 'china', insteadOf: null }],
	] as const)('%s', (_what, facts, presence, expected) => {
		expect(route(rules, { ...nobody, ...facts }, { presence, ...none })).toMatchObject(expected);
	});

	test('who is named in "not" is passed over', () => {
		expect(route(rules, nobody, { presence: here(), ...none, not: ['sam'] })).toMatchObject({ owner: null, rule: 'rest' });
	});

	test('without a rule that fits it is unassigned', () => {
		expect(route([rules[0]!], nobody, { presence: here(), ...none })).toEqual({ owner: null, rule: '', insteadOf: null, turns: null });
	});
});

const round = (members: readonly (readonly [string, number])[]): RouteRule =>
	rule('round', { kind: 'round-robin', members: members.map(([staffId, weight]) => ({ staffId, weight })) });

function deal(rules: readonly RouteRule[], leads: number, presenceAt: (lead: number) => Presence): (string | null)[] {
	let turns: Turns = new Map();
	return Array.from({ length: leads }, (_, at) => {
		const routed = route(rules, nobody, { presence: presenceAt(at), turnsOf: () => turns });
		turns = routed.turns ?? turns;
		return routed.owner;
	});
}
const countsOf = (owners: readonly (string | null)[]) => Object.fromEntries([...Map.groupBy(owners, String)].map(([who, all]) => [who, all.length]));

describe('round robin', () => {
	test('golden: 3 : 2 : 1 over 600 leads is 300, 200 and 100, in the same order each time', () => {
		const rules = [round([['a', 3], ['b', 2], ['c', 1]]), rest]; // prettier-ignore
		const dealt = deal(rules, 600, () => here());
		expect(countsOf(dealt)).toEqual({ a: 300, b: 200, c: 100 });
		expect(dealt.slice(0, 6)).toEqual(['a', 'b', 'a', 'c', 'b', 'a']);
		expect(deal(rules, 600, () => here())).toEqual(dealt);
	});

	test('who comes back from an absence gets no backlog', () => {
		const dealt = deal([round([['a', 1], ['b', 1]]), rest], 200, (at) => here(at < 100 ? ['b'] : [])); // prettier-ignore
		expect(countsOf(dealt.slice(0, 100))).toEqual({ a: 100 });
		expect(countsOf(dealt.slice(100))).toEqual({ a: 50, b: 50 });
	});

	test('who has a day off is passed over, unless all have', () => {
		const rules = [round([['li', 1], ['sam', 1]]), rest]; // prettier-ignore
		expect(countsOf(deal(rules, 10, () => here([], {}, ['li'])))).toEqual({ sam: 10 });
		expect(countsOf(deal(rules, 10, () => here([], {}, ['li', 'sam'])))).toEqual({ li: 5, sam: 5 });
	});

	test('any weights hold over many leads, to within one round', () => {
		const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(weights, fc.integer({ min: 1, max: 2_000 }), (given, leads) => {
				const total = given.reduce((sum, weight) => sum + weight, 0);
				const counts = countsOf(deal([round(given.map((weight, at) => [`s${at}`, weight] as const)), rest], leads, () => here()));
				for (const [at, weight] of given.entries())
					expect(Math.abs((counts[`s${at}`] ?? 0) - (leads * weight) / total)).toBeLessThanOrEqual(given.length);
			}),
			{ numRuns: 100 },
		);
	});
});

describe('any rules', () => {
	const staff = fc.constantFrom('a', 'b', 'c', 'd');
	const to: fc.Arbitrary<RouteTo> = fc.oneof(
		staff.map(person),
		fc.constant<RouteTo>({ kind: 'account-owner' }),
		fc.constant<RouteTo>({ kind: 'unassigned' }),
		fc
			.uniqueArray(fc.record({ staffId: staff, weight: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, selector: (one) => one.staffId })
			.map((members): RouteTo => ({ kind: 'round-robin', members })),
	);
	const when = fc.record({ countries: fc.subarray(['CN', 'DE', 'US']), industries: fc.subarray(['x', 'y']) });
	const rules = fc
		.array(fc.tuple(to, when), { minLength: 1, maxLength: 8 })
		.map((all) => all.map(([target, asks], at) => rule(`r${at}`, target, asks)));
	const facts = fc.record({ country: fc.constantFrom(null, 'CN', 'DE'), industry: fc.constantFrom(null, 'x'), accountOwner: fc.option(staff) });

	test('give a lead exactly one owner who is there, or leave it unassigned; the same twice', () => {
		fc.assert(
			fc.property(rules, facts, fc.subarray(['a', 'b', 'c', 'd']), (all, lead, away) => {
				const options = { presence: here(away), ...none };
				const routed = route(all, { ...nobody, ...lead }, options);
				expect(route(all, { ...nobody, ...lead }, options)).toEqual(routed);
				if (routed.owner === null) return;
				expect(away).not.toContain(routed.owner);
				expect(all.find(({ key }) => key === routed.rule)?.to.kind).not.toBe('unassigned');
			}),
		);
	});

	test('a rule that is said never to be reached is never reached', () => {
		const known = ['a', 'b', 'c', 'd'].map((id) => ({ id, hasLeft: false }));
		fc.assert(
			fc.property(rules, fc.array(facts, { minLength: 1, maxLength: 20 }), (all, leads) => {
				const dead = checkRoutes(all, known).filter(({ code }) => code === 'never-reached').map(({ at }) => all[at ?? 0]?.key); // prettier-ignore
				for (const lead of leads) expect(dead).not.toContain(route(all, { ...nobody, ...lead }, { presence: here(), ...none }).rule || null);
			}),
		);
	});
});

describe('what is wrong with rules', () => {
	const known = [{ id: 'sam', hasLeft: false }, { id: 'old', hasLeft: true }]; // prettier-ignore
	const codes = (rules: readonly RouteRule[]) => checkRoutes(rules, known).map(({ at, code, isError }) => [at, code, isError]);
	test.each([
		['nothing', [rule('a', person('sam'), { countries: ['CN'] }), rest], []],
		['unknown staff', [rule('a', person('nobody')), rest], [[0, 'unknown-staff', true]]],
		['somebody who left', [rule('a', person('old'), { countries: ['CN'] }), rest], [[0, 'left', true]]],
		['no fallback', [rule('a', person('sam'), { countries: ['CN'] })], [[null, 'no-fallback', true]]],
		[
			'a rule behind a person for all',
			[rule('a', person('sam')), rule('b', person('sam'), { countries: ['CN'] }), rest],
			[[1, 'only-if-away', false]],
		],
		['two of one name', [rule('a', person('sam'), { countries: ['CN'] }), { ...rest, key: 'a' }], [[1, 'taken', true]]],
		[
			'a rule behind a wider one',
			[rule('all', { kind: 'unassigned' }, { countries: ['CN', 'DE'] }), rule('b', person('sam'), { countries: ['DE'] }), rest],
			[[1, 'never-reached', true]],
		],
		[
			'a region within a region',
			[rule('all', { kind: 'unassigned' }, { regions: ['苏'] }), rule('b', person('sam'), { regions: ['江苏'] }), rest],
			[[1, 'never-reached', true]],
		],
	] as const)('%s', (_what, rules, expected) => {
		expect(codes(rules)).toEqual(expected);
	});

	test('the shipped rules are rules, and right', () => {
		expect(routesInput.parse(DEFAULT_ROUTES)).toEqual(DEFAULT_ROUTES);
		expect(codes(DEFAULT_ROUTES)).toEqual([]);
	});
});
