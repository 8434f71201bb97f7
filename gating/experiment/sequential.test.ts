import { describe, expect, test } from 'vitest';

import { chiSquareTail, logGamma } from './distribution.ts';
import { alwaysValid, type Arm, mismatch, MISMATCH_LEVEL, visitorsNeeded } from './sequential.ts';

const EXPERIMENTS = 2_000;
const ALPHA = 0.05;
const DAYS = 60;
/** Two standard errors of a share of so many simulated experiments. */
const slack = (share: number): number => 2 * Math.sqrt((share * (1 - share)) / EXPERIMENTS);

/** Mulberry32: numbers from 0 to 1 that are the same at every run. */
function numbersFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** How many of `count` trials of chance `rate` succeed, exactly: the steps between successes are geometric. */
function binomial(count: number, rate: number, random: () => number): number {
	const base = Math.log(1 - rate);
	let successes = 0;
	for (let at = Math.floor(Math.log(1 - random()) / base); at < count; at += 1 + Math.floor(Math.log(1 - random()) / base)) successes++;
	return successes;
}

interface Simulated {
	/** At some day the interval excluded 0. */
	readonly isFound: boolean;
	/** At every day the interval held the truth. */
	readonly isCovered: boolean;
}

/** An experiment looked at every evening, with `visitors` a day whom a fair coin splits. */
function simulate(random: () => number, { visitors, base, effect }: { visitors: number; base: number; effect: number }, tau: number): Simulated {
	let [control, variant]: [Arm, Arm] = [{ shown: 0, converted: 0 }, { shown: 0, converted: 0 }]; // prettier-ignore
	let isFound = false;
	let isCovered = true;
	for (let day = 0; day < DAYS; day++) {
		const right = binomial(visitors, 0.5, random);
		control = { shown: control.shown + visitors - right, converted: control.converted + binomial(visitors - right, base, random) };
		variant = { shown: variant.shown + right, converted: variant.converted + binomial(right, base + effect, random) };
		const interval = alwaysValid(control, variant, { alpha: ALPHA, tau });
		if (!interval) continue;
		isFound ||= interval.low > 0 || interval.high < 0;
		isCovered &&= interval.low <= effect && interval.high >= effect;
	}
	return { isFound, isCovered };
}

const share = (all: readonly Simulated[], has: (one: Simulated) => boolean): number => all.filter(has).length / all.length;

describe('intervals that are looked at every day', () => {
	test.each([
		{ name: 'a rare conversion', visitors: 400, base: 0.02, tau: 0.01, seed: 11 },
		{ name: 'a usual conversion', visitors: 200, base: 0.1, tau: 0.03, seed: 12 },
		{ name: 'a frequent click', visitors: 100, base: 0.4, tau: 0.05, seed: 13 },
	])('golden: of 2,000 experiments without an effect at most 5 % and two standard errors ever find one: $name', ({ seed, tau, ...world }) => {
		const random = numbersFrom(seed);
		const all = Array.from({ length: EXPERIMENTS }, () => simulate(random, { ...world, effect: 0 }, tau));
		expect(share(all, ({ isFound }) => isFound)).toBeLessThanOrEqual(ALPHA + slack(ALPHA));
		expect(share(all, ({ isFound }) => isFound)).toBeGreaterThan(0);
	});

	test('hold a true effect at all days together in 95 % of 2,000 experiments, and find it once the visitors foretold are there', () => {
		const random = numbersFrom(21);
		const world = { visitors: 200, base: 0.1, effect: 0.03 };
		const all = Array.from({ length: EXPERIMENTS }, () => simulate(random, world, world.effect));
		expect(share(all, ({ isCovered }) => isCovered)).toBeGreaterThanOrEqual(1 - ALPHA - slack(ALPHA));
		expect((DAYS * world.visitors) / 2).toBeGreaterThanOrEqual(visitorsNeeded(world.base, world.effect, ALPHA));
		expect(share(all, ({ isFound }) => isFound)).toBeGreaterThanOrEqual(0.8);
	});

	test('the usual test, looked at as often, is wrong far more often: the simulation can tell', () => {
		const random = numbersFrom(31);
		let found = 0;
		for (let at = 0; at < 500; at++) {
			let counts = [0, 0, 0, 0];
			let isFound = false;
			for (let day = 0; day < DAYS; day++) {
				counts = [counts[0]! + 100, counts[1]! + binomial(100, 0.1, random), counts[2]! + 100, counts[3]! + binomial(100, 0.1, random)];
				const [n, x, m, y] = counts as [number, number, number, number];
				const pooled = (x + y) / (n + m);
				isFound ||= Math.abs(y / m - x / n) > 1.96 * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
			}
			if (isFound) found++;
		}
		expect(found / 500).toBeGreaterThan(0.15);
	});

	test('narrow as visitors come, lie around the difference, and are not given for a handful', () => {
		const options = { alpha: ALPHA, tau: 0.02 };
		const few = alwaysValid({ shown: 1_000, converted: 100 }, { shown: 1_000, converted: 120 }, options)!;
		const many = alwaysValid({ shown: 10_000, converted: 1_000 }, { shown: 10_000, converted: 1_200 }, options)!;
		expect(few.difference).toBeCloseTo(0.02, 12);
		expect((few.low + few.high) / 2).toBeCloseTo(0.02, 12);
		expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2);
		expect(alwaysValid({ shown: 99, converted: 20 }, { shown: 1_000, converted: 120 }, options)).toBeNull();
		expect(alwaysValid({ shown: 1_000, converted: 9 }, { shown: 1_000, converted: 120 }, options)).toBeNull();
	});
});

describe('the check of shares', () => {
	test('of 2,000 healthy experiments looked at every day at most .1 % and two standard errors are ever called broken', () => {
		const random = numbersFrom(41);
		let broken = 0;
		for (let at = 0; at < EXPERIMENTS; at++) {
			let right = 0;
			const history = Array.from({ length: DAYS }, (_, day) => [(day + 1) * 200 - (right += binomial(200, 0.5, random)), right]);
			if (mismatch(history, [1, 1]).alwaysValid < MISMATCH_LEVEL) broken++;
		}
		expect(broken / EXPERIMENTS).toBeLessThanOrEqual(MISMATCH_LEVEL + slack(MISMATCH_LEVEL));
	});

	test('calls shares of 48 to 52 of 40,000 broken, and stays at it when later days are healthy', () => {
		const bad = [19_200, 20_800];
		expect(mismatch([bad], [1, 1])).toMatchObject({ chiSquare: 64 });
		expect(mismatch([bad], [1, 1]).alwaysValid).toBeLessThan(MISMATCH_LEVEL);
		expect(mismatch([bad, [119_900, 120_100]], [1, 1]).alwaysValid).toBeLessThan(MISMATCH_LEVEL);
		expect(mismatch([[19_200, 20_800]], [48, 52]).alwaysValid).toBe(1);
		expect(mismatch([], [1, 1])).toEqual({ chiSquare: 0, chance: 1, alwaysValid: 1 });
	});
});

test('more visitors are needed for a smaller effect and a stricter level', () => {
	const usual = visitorsNeeded(0.05, 0.01, 0.05);
	expect(usual).toBeGreaterThan(8_000); // a test of fixed size needs 8,155
	expect(usual).toBeLessThan(25_000);
	expect(visitorsNeeded(0.05, 0.005, 0.05)).toBeGreaterThan(3 * usual);
	expect(visitorsNeeded(0.05, 0.01, 0.025)).toBeGreaterThan(usual);
});

describe('distributions', () => {
	// Source: tables of the chi-square distribution, NIST/SEMATECH e-Handbook 1.3.6.7.4
	test.each([
		[3.841, 1, 0.05],
		[6.635, 1, 0.01],
		[5.991, 2, 0.05],
		[15.507, 8, 0.05],
		[26.125, 8, 0.001],
		[2.733, 8, 0.95],
	])('chi-square %d of %d degrees leaves %d above it', (value, degrees, tail) => {
		expect(chiSquareTail(value, degrees)).toBeCloseTo(tail, 4);
	});

	test('the gamma function is that of whole and half numbers', () => {
		expect(logGamma(1)).toBeCloseTo(0, 12);
		expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11);
		expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
		expect(logGamma(1_000_001)).toBeCloseTo(12_815_518.384658169, 5);
	});
});
