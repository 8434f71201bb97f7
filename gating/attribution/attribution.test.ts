import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';

import { apportion } from './apportion.ts';
import { type Conversion, conversionsOf, MILESTONES, WINDOWS } from './conversion.ts';
import { costWithin } from './cost.ts';
import { creditsOf, type Model, MODELS, WHOLE } from './model.ts';
import { centsIn } from './read-conversions.ts';
import { createTallies } from './tally.ts';
import { inOrder } from './touch.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const day = (at: number) => at * DAY_MS;
const course = { madeUntil: day(3), opportunityAt: day(6), halfLifeDays: 7 };

test('whole parts sum to the whole, each within one of its quota', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 60 }),
			fc.integer({ min: 0, max: 1e14 }),
			(weights, total) => {
				const whole = sum(weights);
				fc.pre(whole > 0);
				const parts = apportion(weights, total);
				expect(sum(parts)).toBe(total);
				for (const [at, part] of parts.entries()) {
					const product = BigInt(weights[at] ?? 0) * BigInt(total);
					expect(BigInt(part) - product / BigInt(whole)).toBeOneOf([0n, 1n]);
				}
			},
		),
	);
});

test.each<[Model, number[]]>([
	['first', [1_000_000, 0, 0, 0, 0]],
	['last', [0, 0, 0, 0, 1_000_000]],
	['linear', [200_000, 200_000, 200_000, 200_000, 200_000]],
	['position', [400_000, 66_667, 66_667, 66_666, 400_000]],
	// Anchors: day 1; day 3, which made the lead; day 5, the last before the opportunity of day 6.
	['w', [300_000, 50_000, 300_000, 300_000, 50_000]],
])('five contacts by the model %s', (model, credits) => {
	expect(creditsOf(model, [day(1), day(2), day(3), day(5), day(8)], course)).toEqual(credits);
});

describe('the W', () => {
	test('gives a contact that is two anchors the share of both', () =>
		expect(creditsOf('w', [day(3), day(4), day(5), day(6)], course)).toEqual([600_000, 50_000, 50_000, 300_000]));
	test('has the anchors share all where there is nothing else', () =>
		expect(creditsOf('w', [day(1), day(3), day(6)], course)).toEqual([333_334, 333_333, 333_333]));
	test('goes without the contact that made the lead when it is out of sight', () =>
		expect(creditsOf('w', [day(4), day(5), day(6)], { ...course, madeUntil: day(2) })).toEqual([450_000, 100_000, 450_000]));
});

test('two contacts share by position in halves, and one has all, by every model', () => {
	expect(creditsOf('position', [1, 2], course)).toEqual([500_000, 500_000]);
	for (const model of MODELS) expect(creditsOf(model, [7], course)).toEqual([WHOLE]);
});

test('a contact one half-life older counts half as much', () => expect(creditsOf('decay', [day(0), day(7)], course)).toEqual([333_333, 666_667]));

/** The credit of a contact told plainly, in exact fractions: each model by its definition in words. */
function plainly(model: Model, times: readonly number[], at: number, { madeUntil, opportunityAt, halfLifeDays }: typeof course): [bigint, bigint] {
	const count = BigInt(times.length);
	const [isFirst, isLast] = [at === 0, at === times.length - 1];
	switch (model) {
		case 'first':
			return [isFirst ? 1n : 0n, 1n];
		case 'last':
			return [isLast ? 1n : 0n, 1n];
		case 'linear':
			return [1n, count];
		case 'position':
			if (count === 1n) return [1n, 1n];
			if (count === 2n) return [1n, 2n];
			return isFirst || isLast ? [2n, 5n] : [1n, 5n * (count - 2n)];
		case 'w': {
			const before = (limit: number) => times.filter((time) => time <= limit).length - 1;
			const anchors = [0, before(madeUntil), before(opportunityAt)].filter((anchor) => anchor >= 0);
			const others = times.filter((_, index) => !anchors.includes(index)).length;
			const own = BigInt(anchors.filter((anchor) => anchor === at).length);
			if (others === 0) return [own, BigInt(anchors.length)];
			return own === 0n ? [1n, 10n * BigInt(others)] : [9n * own, 10n * BigInt(anchors.length)];
		}
		case 'decay': {
			const weight = (time: number) => BigInt(Math.round(2 ** 30 * 0.5 ** (((times.at(-1) ?? 0) - time) / day(halfLifeDays))));
			return [weight(times[at] ?? 0), times.reduce((total, time) => total + weight(time), 0n)];
		}
	}
}

const aPath = fc.array(fc.integer({ min: 0, max: day(400) }), { minLength: 1, maxLength: 30 }).map((times) => times.sort((a, b) => a - b));

test('every model gives each contact its share to the millionth, and all shares sum to one', () => {
	const instants = fc.integer({ min: 0, max: day(400) });
	fc.assert(
		fc.property(aPath, instants, instants, fc.constantFrom(7, 14, 30, 90), fc.constantFrom(...MODELS), (times, made, won, halfLifeDays, model) => {
			const given = { madeUntil: made, opportunityAt: won, halfLifeDays };
			const credits = creditsOf(model, times, given);
			expect(sum(credits)).toBe(WHOLE);
			for (const [at, credit] of credits.entries()) {
				const [part, whole] = plainly(model, times, at, given);
				// Rounded down, or one more where something was left.
				expect(BigInt(credit) - (part * BigInt(WHOLE)) / whole).toBeOneOf([0n, 1n]);
			}
		}),
	);
});

test('totals equal the conversions and deals always, whoever they are credited to, also without a contact', () => {
	const aConversion = fc.record({
		milestone: fc.constantFrom(...MILESTONES),
		at: fc.integer({ min: day(100), max: day(200) }),
		made: fc.integer({ min: day(90), max: day(200) }),
		amountCents: fc.option(fc.integer({ min: 0, max: 1e14 })),
		currency: fc.constantFrom('EUR', 'CNY'),
		touches: fc.array(fc.tuple(fc.integer({ min: 0, max: day(220) }), fc.constantFrom('mail', 'fair', 'search', '-')), { maxLength: 12 }),
	});
	fc.assert(
		fc.property(
			fc.array(aConversion, { maxLength: 25 }),
			...[fc.constantFrom(...MODELS), fc.constantFrom(...WINDOWS), fc.constantFrom(...MILESTONES)],
			(made, model, window, milestone) => {
				const tallies = createTallies(milestone, { model, window, halfLifeDays: 14 }, (at) => String(Math.floor(at / day(30))));
				const conversions = made.map((one): Conversion => {
					const isWon = one.milestone === 'won' && one.amountCents !== null;
					return {
						...{ milestone: one.milestone, leadId: '', at: one.at, until: one.at + 1, madeUntil: one.made, opportunityAt: Infinity, dealId: '' },
						...(isWon ? { amountCents: one.amountCents, currency: one.currency } : { amountCents: null, currency: '' }),
					};
				});
				for (const [index, conversion] of conversions.entries()) {
					const touches = made[index]?.touches ?? [];
					tallies.put(conversion, inOrder(touches.map(([at]) => at), touches.map(([, key]) => key))); // prettier-ignore
				}
				const rows = [...tallies.groups.values()];
				for (const one of MILESTONES) {
					const count = conversions.filter((conversion) => conversion.milestone === one).length;
					expect(sum(rows.map(({ credits }) => credits[one]))).toBe(count * WHOLE);
					expect(sum([...tallies.months.values()].flatMap((month) => [...month.values()].map((credits) => credits[one])))).toBe(count * WHOLE);
				}
				const asked = conversions.filter((conversion) => conversion.milestone === milestone).length;
				for (const one of MODELS) expect(sum(rows.map(({ models }) => models[one]))).toBe(asked * WHOLE);
				for (const currency of ['EUR', 'CNY']) {
					const value = conversions.filter((one) => one.currency === currency).reduce((total, one) => total + (one.amountCents ?? 0), 0);
					expect(sum(rows.map(({ values }) => values[currency] ?? 0))).toBe(value);
				}
			},
		),
	);
});

test('contacts of one instant stand in one order, however they were read', () => {
	expect(inOrder([2, 1, 2, 1], ['b', 'z', 'a', 'a'])).toEqual({ times: [1, 1, 2, 2], keys: ['a', 'z', 'a', 'b'] });
});

test('a lead counts once for each stage, in the period in which it got there first', () => {
	const firsts = { leadId: 'l', made: 10, mql: 20, sql: 30, opportunity: 30, customer: null };
	const deals = [{ id: 'd', at: 25, amountCents: 5, currency: 'EUR' }];
	expect(conversionsOf(firsts, deals, { from: 15, to: 30 }).map(({ milestone }) => milestone)).toEqual(['mql', 'won']);
});

test.each([
	['2026-02-01', '2026-02-28', 2_800],
	['2026-01-15', '2026-03-15', 2_800],
	['2026-02-01', '2026-02-14', 1_400],
	['2026-02-15', '2026-02-28', 1_400],
	['2026-02-28', '2026-03-05', 100],
	['2026-03-01', '2026-03-31', 0],
	['2026-01-01', '2026-01-31', 0],
])('of 28.00 for February, %s to %s costs %i hundredths', (from, to, cents) => expect(costWithin(2_800, '2026-02', { from, to })).toBe(cents));

test('parts of a month that follow each other cost what the month costs', () =>
	expect(
		costWithin(1_001, '2026-03', { from: '2026-03-01', to: '2026-03-10' }) + costWithin(1_001, '2026-03', { from: '2026-03-11', to: '2026-04-10' }),
	).toBe(1_001));

test('deals are told in smallest units and compared in hundredths', () =>
	expect(['EUR', 'JPY', 'KWD'].map((currency) => Math.round(1_000 * centsIn(currency)))).toEqual([1_000, 100_000, 100]));
