import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { betaQuantile } from './beta.ts';
import { chanceOf, isUseful, learn, missingOf } from './chance.ts';
import { chanceBy, fitLogistic } from './logistic.ts';
import { type Decision, type HandedOver, isAbout, outcomeOf } from './outcome.ts';
import { precisionOf, smoothedShare } from './precision.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
const decided = (kind: string, n: number, reason = ''): Decision => ({ kind, reason, at: day(n) });

describe('the outcome of a hand-over', () => {
	test.each([
		['nothing decided: open', [decided('working', 1), decided('marked', 2)], 'open'],
		['accepted', [decided('accepted', 1)], 'accepted'],
		['an opportunity says it was accepted', [decided('opportunity', 1)], 'accepted'],
		['returned at once', [decided('returned', 1, 'too-early'), decided('accepted', 5)], 'returned'],
		['accepted, and returned later', [decided('returned', 5, 'no-budget'), decided('accepted', 1)], 'accepted'],
		['disqualified', [decided('disqualified', 1, 'student')], 'disqualified'],
	] as const)('%s', (_what, decisions, outcome) => expect(outcomeOf(decisions).outcome).toBe(outcome));

	test('keeps what came later', () => {
		const all = [decided('accepted', 1), decided('opportunity', 2), decided('lost', 3, 'price')];
		expect(outcomeOf(all)).toEqual({ outcome: 'accepted', isWon: false, lost: 'price', returned: null, disqualified: null });
		expect(outcomeOf([...all, decided('won', 9)]).isWon).toBe(true);
	});
});

const handedOver = (n: number, over: Partial<HandedOver>): HandedOver => ({
	...{ id: `m${String(n).padStart(4, '0')}`, leadId: `l${n}`, at: day(n), grade: 'B2', rules: [], channel: '' },
	...outcomeOf([]),
	...over,
});

describe('rule precision', () => {
	const all = [
		handedOver(1, { rules: ['paper'], outcome: 'accepted', isWon: true }),
		handedOver(2, { rules: ['paper', 'search'], outcome: 'accepted', lost: 'price' }),
		handedOver(3, { rules: ['search'], outcome: 'returned', returned: 'too-early' }),
		handedOver(4, { rules: ['search'], outcome: 'disqualified', disqualified: 'student' }),
		handedOver(5, { rules: ['paper'] }),
	];
	test('counts each outcome for each rule, and reasons', () => {
		const { rules, ...rest } = precisionOf(all);
		expect(rest).toMatchObject({ handedOver: 5, decided: 4, accepted: 2, base: 0.5 });
		expect(rest.reasons).toEqual({
			returned: [{ reason: 'too-early', count: 1 }],
			disqualified: [{ reason: 'student', count: 1 }],
			lost: [{ reason: 'price', count: 1 }],
		});
		expect(rules.find(({ rule }) => rule === 'paper')).toMatchObject({ held: 3, open: 1, accepted: 2, won: 1, notAccepted: 0, returned: [] });
		expect(rules.find(({ rule }) => rule === 'search')).toMatchObject({ held: 3, accepted: 1, notAccepted: 2, returned: [{ reason: 'too-early' }] });
	});

	test('each count is as long as the list behind it', () => {
		for (const { rule, held, open, accepted, won, notAccepted } of precisionOf(all).rules) {
			const count = (outcome?: 'open' | 'accepted' | 'won' | 'not-accepted') => all.filter((one) => isAbout(one, { rule, outcome })).length;
			expect([count(), count('open'), count('accepted'), count('won'), count('not-accepted')]).toEqual([held, open, accepted, won, notAccepted]);
		}
		expect(all.filter((one) => isAbout(one, { reason: 'lost:price' })).map(({ id }) => id)).toEqual(['m0002']);
	});

	test('without a decision nothing is said', () => {
		expect(precisionOf([handedOver(1, { rules: ['paper'] })])).toMatchObject({ base: null, rules: [{ share: null, verdict: 'unclear' }] });
	});

	test('few decisions say little, many say what they say', () => {
		expect(smoothedShare(1, 1, 0.3).share).toBeCloseTo(4 / 11);
		const many = smoothedShare(900, 1_000, 0.3);
		expect(many.share).toBeGreaterThan(0.88);
		expect(many.low).toBeGreaterThan(0.86);
		expect(smoothedShare(0, 0, 0.3)).toMatchObject({ share: 0.3 });
	});

	test('a span holds its share', () => {
		fc.assert(
			fc.property(fc.nat(400), fc.nat(400), fc.double({ min: 0, max: 1, noNaN: true }), (yes, no, base) => {
				const { share, low, high } = smoothedShare(yes, yes + no, base);
				return low <= share + 1e-6 && share <= high + 1e-6 && low >= 0 && high <= 1;
			}),
		);
	});
});

test.each([
	[0.5, 1, 1, 0.5],
	[0.975, 1, 1, 0.975],
	// 1 − (1 − x)³ and x⁴ are the distribution functions.
	[0.1, 1, 3, 1 - 0.9 ** (1 / 3)],
	[0.3, 4, 1, 0.3 ** 0.25],
	[0.5, 200, 200, 0.5],
])('the %f quantile of beta(%f, %f)', (share, a, b, expected) => expect(betaQuantile(share, a, b)).toBeCloseTo(expected, 6));

describe('logistic regression', () => {
	test('of one feature finds the shares there are', () => {
		const cases = [
			...Array.from({ length: 90 }, (_, at) => ({ features: [0], isYes: at < 60 })),
			...Array.from({ length: 90 }, (_, at) => ({ features: [], isYes: at < 30 })),
		];
		const weights = fitLogistic(cases, 1, 1e-6);
		expect(chanceBy(weights, [0])).toBeCloseTo(2 / 3, 4);
		expect(chanceBy(weights, [])).toBeCloseTo(1 / 3, 4);
		expect(Math.abs(fitLogistic(cases, 1, 50).weights[0] ?? 0)).toBeLessThan(Math.abs(weights.weights[0] ?? 0));
	});
	test('stays finite where a feature tells all', () => {
		const cases = Array.from({ length: 40 }, (_, at) => ({ features: at % 2 === 0 ? [0] : [], isYes: at % 2 === 0 }));
		expect(fitLogistic(cases, 1, 1).weights[0]).toBeLessThan(20);
	});
});

describe('the chance of acceptance', () => {
	/** Those who asked for a quote are accepted nine times of ten, others three. */
	const history = (count: number, isTelling: boolean) =>
		Array.from({ length: count }, (_, n) => {
			const asked = n % 2 === 0;
			const isYes = (n * 7_919) % 101 < (isTelling ? (asked ? 90 : 30) : 50);
			return handedOver(n, { rules: asked ? ['quote-asked'] : ['page-product'], outcome: isYes ? 'accepted' : 'returned' });
		});

	test('is not said of a short history, which tells how much is missing', () => {
		expect(learn(history(60, true))).toBeNull();
		expect(missingOf(history(60, true))).toMatchObject({ decided: 20 });
		expect(missingOf([])).toEqual({ decided: 80, accepted: 20, notAccepted: 20 });
	});

	test('is learnt where rules tell, and said by those who did not know the case', () => {
		const model = learn(history(300, true));
		expect(model && isUseful(model)).toBe(true);
		expect(model && chanceOf(model, { grade: 'B2', rules: ['quote-asked'], channel: '' })).toBeGreaterThan(0.75);
		expect(model && chanceOf(model, { grade: 'B2', rules: ['page-product'], channel: '' })).toBeLessThan(0.5);
		expect(model?.calibration.reduce((sum, { cases }) => sum + cases, 0)).toBe(300);
		for (const { predicted, accepted } of model?.calibration ?? []) expect(Math.abs(predicted - accepted)).toBeLessThan(0.3);
	});

	test('is of no use where nothing tells', () => {
		const model = learn(history(300, false));
		expect(model && isUseful(model)).toBe(false);
	});
});
