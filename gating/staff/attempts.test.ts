import { expect, test } from 'vitest';

import { createAttempts } from './attempts.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000);

test('too many attempts wait until the window ends', () => {
	const attempts = createAttempts({ most: 2, windowMs: 60_000 });
	expect([
		attempts.note('a', at(0)),
		attempts.note('a', at(10)),
		attempts.note('a', at(20)),
		attempts.note('a', at(50)),
		attempts.note('a', at(60)),
	]).toEqual([null, null, 40_000, 10_000, null]);
});

test('each key counts by itself, and a success starts anew', () => {
	const attempts = createAttempts({ most: 1, windowMs: 60_000 });
	expect([attempts.note('a', at(0)), attempts.note('b', at(0)), attempts.note('a', at(1))]).toEqual([null, null, 59_000]);
	attempts.forget('a');
	expect(attempts.note('a', at(1))).toBeNull();
});
