import { describe, expect, test } from 'vitest';

import { offerUntil } from './offer.ts';

const STARTS = new Date('2026-03-29T08:00:00Z');
const hours = (count: number): number => count * 3_600_000;

describe('a seat that became free is kept for the first in line', () => {
	test.each<[string, number, number | null]>([
		['three weeks before: a day', 504, 24],
		['four days before: a day', 96, 24],
		['two days before: a quarter of the time left', 48, 12],
		['ten hours before', 10, 2.5],
		['two hours before: half an hour', 2, 0.5],
		['an hour and a half before: half an hour', 1.5, 0.5],
		['a minute later it is given without asking', 1.5 - 1 / 60, null],
		['with the doors open: given', 0.2, null],
		['while it runs: given', -0.5, null],
	])('%s', (_name, left, kept) => {
		const now = new Date(STARTS.getTime() - hours(left));
		const until = offerUntil(STARTS, now);
		expect(until && (until.getTime() - now.getTime()) / hours(1)).toBe(kept);
	});

	test('whole minutes, so that the mail says the very time', () => {
		const now = new Date(STARTS.getTime() - hours(11) - 12_345);
		const until = offerUntil(STARTS, now);
		expect(((until?.getTime() ?? 0) - now.getTime()) % 60_000).toBe(0);
	});
});
