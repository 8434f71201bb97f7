import { describe, expect, test } from 'vitest';

import { assign, type Assignable, freeRange, murmur3 } from './assign.ts';
import { chiSquareTail } from './distribution.ts';

const MILLION = 1_000_000;
const variants = [
	{ key: 'control', weight: 1 },
	{ key: 'b', weight: 1 },
	{ key: 'c', weight: 2 },
];
const all: Assignable = { salt: 'headline.1', layerSalt: 'headline.layer', range: { from: 0, to: 10_000 }, variants };
const ids = Array.from({ length: MILLION }, (_, at) => `019a0000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`);

/** Pearson's chi-square of counts against expected ones, as the chance of one as large. */
function chance(counts: readonly number[], expected: readonly number[]): number {
	const square = counts.reduce((sum, count, at) => sum + (count - expected[at]!) ** 2 / expected[at]!, 0);
	return chiSquareTail(square, counts.length - 1);
}

describe('the hash', () => {
	// Source: verification values of the reference implementation, https://github.com/aappleby/smhasher
	test.each([
		['', 0, 0],
		['', 1, 0x514e28b7],
		['test', 0, 0xba6bd213],
		['Hello, world!', 0, 0xc0363e43],
		['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
		['aaa', 0x9747b28c, 0x283e0130],
	])('of %j by seed %d', (text, seed, hash) => {
		expect(murmur3(text, seed)).toBe(hash);
	});
});

describe('assignment', () => {
	test('a million ids fall on the variants by their weights, and independently of another experiment', () => {
		const index = new Map(variants.map(({ key }, at) => [key, at]));
		const own = [0, 0, 0];
		const cells = Array.from({ length: 9 }, () => 0);
		for (const id of ids) {
			const first = index.get(assign(all, id)!)!;
			const second = index.get(assign({ ...all, salt: 'button.1' }, id)!)!;
			own[first]!++;
			cells[first * 3 + second]!++;
		}
		const shares = [0.25, 0.25, 0.5];
		expect(own.reduce((sum, count) => sum + count, 0)).toBe(MILLION);
		expect(chance(own, shares.map((share) => share * MILLION))).toBeGreaterThan(0.001); // prettier-ignore
		expect(chance(cells, shares.flatMap((row) => shares.map((column) => row * column * MILLION)))).toBeGreaterThan(0.001); // prettier-ignore
	});

	test('a share of the traffic holds that share, and which variant does not hang on being in it', () => {
		const tenth = { ...all, range: { from: 2_000, to: 3_000 } };
		const counts = [0, 0, 0];
		for (const id of ids.slice(0, 300_000)) {
			const variant = assign(tenth, id);
			if (variant !== null) counts[variants.findIndex(({ key }) => key === variant)]!++;
		}
		const inside = counts.reduce((sum, count) => sum + count, 0);
		expect(chance([inside, 300_000 - inside], [30_000, 270_000])).toBeGreaterThan(0.001);
		expect(chance(counts, [0.25 * inside, 0.25 * inside, 0.5 * inside])).toBeGreaterThan(0.001);
	});

	test('experiments side by side in one layer never meet', () => {
		const left = { ...all, range: { from: 0, to: 5_000 } };
		const right = { ...all, salt: 'other.1', range: { from: 5_000, to: 10_000 } };
		for (const id of ids.slice(0, 20_000)) expect([assign(left, id), assign(right, id)].filter((one) => one !== null)).toHaveLength(1);
	});

	test('the same id gets the same variant at every asking, and a variant of no weight nobody', () => {
		const some = { ...all, variants: [...variants, { key: 'd', weight: 0 }] };
		for (const id of ids.slice(0, 2_000)) {
			expect(assign(some, id)).toBe(assign(some, id));
			expect(assign(some, id)).not.toBe('d');
		}
	});
});

test('a free part of a layer is the first that fits', () => {
	expect(freeRange([], 10_000)).toEqual({ from: 0, to: 10_000 });
	expect(freeRange([{ from: 5_000, to: 8_000 }], 5_000)).toEqual({ from: 0, to: 5_000 });
	expect(freeRange([{ from: 4_000, to: 8_000 }, { from: 0, to: 1_000 }], 2_500)).toEqual({ from: 1_000, to: 3_500 }); // prettier-ignore
	expect(freeRange([{ from: 0, to: 9_000 }], 1_001)).toBeNull();
});
