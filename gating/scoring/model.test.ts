import { describe, expect, test } from 'vitest';

import type { EventType } from '../event/catalog.ts';
import { unreachable, withVersions } from './check.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { diffModels } from './diff.ts';
import { type EngagementRule, parseModel, scoringModelInput, type ScoringModel } from './model.ts';

const [first] = DEFAULT_MODEL.engagement;
const rule = (over: Partial<EngagementRule>): EngagementRule => ({ ...first!, name: 'paper', ...over });
const model = (engagement: readonly EngagementRule[], over: Partial<ScoringModel> = {}): ScoringModel => ({ ...DEFAULT_MODEL, engagement, ...over });

describe('a model', () => {
	test('that ships is valid', () => expect(scoringModelInput.parse(DEFAULT_MODEL)).toEqual(DEFAULT_MODEL));

	test.each([
		['has caps above nothing', model([rule({ cap: -5 })])],
		['names events of the catalogue', model([rule({ event: 'page.stare' as EventType })])],
		['names each rule once', model([rule({}), rule({})])],
		['has at most 200 rules of a kind', model(Array.from({ length: 10_000 }, (_, index) => rule({ name: `rule-${index}` })))],
		['has grades that fall', model([], { grades: { fit: [1, 2, 3], engagement: [3, 2, 1] } })],
		['has points in whole hundredths', model([rule({ points: 0.5 })])],
	])('%s', (_rule, some) => expect(scoringModelInput.safeParse(some).success).toBe(false));
});

describe('a stored model', () => {
	test('of before rules could fade in two ways says the same as ever', () => {
		const { name, version, points, event, subject, atLeast, cap, decay } = rule({});
		const old = { name, version, points, event, subject, atLeast, cap, halfLifeDays: decay?.days ?? null };
		const stored = { ...DEFAULT_MODEL, engagement: [old] };
		expect(parseModel(stored).engagement).toEqual([rule({})]);
	});
});

describe('thresholds', () => {
	test('that ship can be reached', () => expect(unreachable(DEFAULT_MODEL)).toEqual([]));
	test('above what all rules together give cannot', () => {
		const poor = model([rule({ points: 100, cap: 300 })], { fit: [], situations: [] });
		expect(unreachable(poor).map(({ field }) => field)).toEqual([
			...['grades.fit.0', 'grades.fit.1', 'grades.fit.2', 'grades.engagement.0', 'grades.engagement.1', 'grades.engagement.2', 'mql.from'],
		]);
	});
	test.each([
		['no limit', { cap: null }],
		['a limit that begins anew', { cap: 100, capPer: 'week' as const }],
	])('can all be reached by a rule with %s', (_what, over) => {
		expect(unreachable(model([rule(over)], { fit: DEFAULT_MODEL.fit }))).toEqual([]);
	});
});

describe('versions of rules', () => {
	test('rise where a rule says something else, whatever the order of its fields', () => {
		const same = Object.fromEntries(Object.entries(rule({})).reverse()) as unknown as EngagementRule;
		const after = withVersions(model([same, rule({ name: 'new', version: 9 })]), model([rule({ version: 4 })]));
		expect(after.engagement.map(({ version }) => version)).toEqual([4, 1]);
		expect(withVersions(model([rule({ points: 7 })]), model([rule({ version: 4 })])).engagement[0]?.version).toBe(5);
	});
});

describe('a difference', () => {
	test('names rules and thresholds, not their order', () => {
		const [a, b] = [rule({ name: 'aa' }), rule({ name: 'bb' })];
		expect(diffModels(model([a, b]), model([b, a]))).toEqual([]);
		const changed = diffModels(model([a]), model([b], { mql: { from: 7_000, until: 4_500 } }));
		expect(changed.map(({ kind }) => kind)).toEqual(['added', 'removed', 'threshold']);
		expect(changed[2]).toEqual({ kind: 'threshold', field: 'mql.from', from: 6_000, to: 7_000 });
	});
});
