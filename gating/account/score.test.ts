import fc from 'fast-check';
import { expect, test } from 'vitest';

import { COMMITTEE_ROLES } from './committee.ts';
import { accountReceipt, type Contributor, ROLE_POINTS } from './score.ts';

let made = 0;
const someone = (total: number, over: Partial<Contributor> = {}): Contributor => ({
	leadId: `lead-${made++}`,
	total,
	engagement: total,
	roles: [],
	...over,
});
const scoreOf = (...people: readonly Contributor[]) => accountReceipt(people).score;
const anyone = fc.record({
	leadId: fc.uuid(),
	total: fc.integer({ min: -5_000, max: 60_000 }),
	engagement: fc.integer({ min: -5_000, max: 30_000 }),
	roles: fc.subarray([...COMMITTEE_ROLES]),
});

test('golden: one person doing ten times as much adds less than a second person doing as much as the first', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 100_000 }), fc.array(anyone, { maxLength: 6 }), (total, others) => {
			const before = scoreOf(...others, someone(total));
			const busier = scoreOf(...others, someone(total * 10)) - before;
			const second = scoreOf(...others, someone(total), someone(total)) - before;
			expect(busier).toBeLessThan(second);
		}),
	);
});

test('the lines add up to the score, in whatever order people come', () => {
	fc.assert(
		fc.property(fc.array(anyone, { maxLength: 12 }), fc.integer({ min: 1, max: 11 }), (people, by) => {
			const receipt = accountReceipt(people);
			expect(receipt.lines.reduce((sum, { points }) => sum + points, 0)).toBe(receipt.score);
			expect(accountReceipt([...people.slice(by), ...people.slice(0, by)])).toEqual(receipt);
		}),
	);
});

test('one person is worth 40 points at most, and doing more is never worth less', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (total, more) => {
			expect(scoreOf(someone(total))).toBeLessThan(4_000);
			expect(scoreOf(someone(total + more))).toBeGreaterThanOrEqual(scoreOf(someone(total)));
		}),
	);
});

test('a role counts once, however many have it, and only by somebody who does something', () => {
	const buyer = someone(2_000, { roles: ['purchasing'] });
	expect(scoreOf(buyer, someone(2_000, { roles: ['purchasing'] })) - scoreOf(buyer, someone(2_000))).toBe(0);
	expect(scoreOf(buyer, someone(2_000, { roles: ['technical'] })) - scoreOf(buyer, someone(2_000))).toBe(ROLE_POINTS);
	expect(scoreOf(someone(5_000, { engagement: 0, roles: ['economic'] }))).toBe(0);
});
