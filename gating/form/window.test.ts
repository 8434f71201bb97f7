import { expect, test } from 'vitest';

import { neighbourhoodOf } from './limits.ts';
import { createWindowCounter } from './window.ts';

test('counts by key until the window that began with the first one ends', () => {
	const clock = { at: new Date(0) };
	const counter = createWindowCounter(10_000, () => clock.at);
	expect(counter.add('a')).toEqual({ count: 1, resetsInSeconds: 10 });
	clock.at = new Date(9_500);
	expect(counter.add('a')).toEqual({ count: 2, resetsInSeconds: 1 });
	expect(counter.count('b')).toEqual({ count: 0, resetsInSeconds: 1 });
	clock.at = new Date(10_000);
	expect(counter.count('a').count).toBe(0);
	expect(counter.add('a').count).toBe(1);
});

test('stays small however many keys come', () => {
	const counter = createWindowCounter(10_000, () => new Date(0));
	for (let at = 0; at < 120_000; at++) counter.add(String(at));
	expect(counter.count('0').count).toBe(0);
	expect(counter.count('119999').count).toBe(1);
});

test.each([
	['203.0.113.0/24', '203.0'],
	['203.0.7.0/24', '203.0'],
	['2001:db8:85a3::/48', '2001:db8'],
	['', ''],
	['unknown', 'unknown'],
])('the neighbourhood of %s is %s', (prefix, expected) => {
	expect(neighbourhoodOf(prefix)).toBe(expected);
});
