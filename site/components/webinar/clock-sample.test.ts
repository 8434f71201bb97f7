import { expect, test } from 'vitest';

import { bestOf, type ClockSample, sampleOf } from './clock-sample.ts';

const OFFSET = 90_000;
/** A reading by a network that takes `up` there and `down` back. */
const read = (at: number, up: number, down: number): ClockSample => sampleOf(at + up + OFFSET, at, at + up + down);

test('a reading is wrong by half of its way at most', () => {
	for (const [up, down] of [
		[10, 10],
		[900, 100],
		[0, 4_000],
	] as const) {
		const { offset, error } = read(0, up, down);
		expect(Math.abs(offset - OFFSET)).toBeLessThanOrEqual(error);
	}
});

test('one quick answer among slow ones is enough', () => {
	const samples = [read(0, 200, 3_800), read(5_000, 40, 60), read(10_000, 2_500, 100), read(15_000, 100, 900)];
	const { offset } = samples.reduce(bestOf);
	expect(Math.abs(offset - OFFSET)).toBeLessThanOrEqual(50);
});

test('a clock that was set is noticed with the next answer', () => {
	const before = read(0, 20, 20);
	const after = { ...read(5_000, 20, 20), offset: OFFSET - 3_600_000 };
	expect(bestOf(before, after)).toBe(after);
});
