import { expect, test } from 'vitest';

import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';

import { BACK_OFF_MS, isGivenUp, verdictOf } from './retry.ts';

const answered = (status: number, retryAfterSeconds: number | null = null) => ({ status, error: '', retryAfterSeconds });

test.each([200, 201, 202, 204, 299])('%i is success', (status) => expect(verdictOf(answered(status), 1, 0)).toEqual({ next: 'done' }));

test.each([301, 302, 307, 308, 400, 401, 404, 429, 500, 503])('%i is none, and is tried again', (status) =>
	expect(verdictOf(answered(status), 1, 0.5)).toEqual({ next: 'retry', waitMs: 5_000, error: `status-${status}` }),
);

test('410 wants no more', () => expect(verdictOf(answered(410), 1, 0)).toEqual({ next: 'gone', error: 'status-410' }));

test('tries go on for three days, then the delivery is given up', () => {
	expect(BACK_OFF_MS.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3 * DAY_MS - HOUR_MS);
	expect(verdictOf({ status: 0, error: 'timeout', retryAfterSeconds: null }, BACK_OFF_MS.length + 1, 0)).toEqual({ next: 'dead', error: 'timeout' });
});

test('waits spread by a tenth either way', () => {
	const wait = (spread: number) => {
		const verdict = verdictOf(answered(500), 2, spread);
		return verdict.next === 'retry' ? verdict.waitMs : 0;
	};
	expect([wait(0), wait(0.5), wait(1)]).toEqual([270_000, 300_000, 330_000]);
});

test('who asks to be left alone is, for an hour at most', () => {
	expect(verdictOf(answered(503, 60), 1, 0)).toMatchObject({ waitMs: 60_000 });
	expect(verdictOf(answered(503, 1_000_000), 1, 0)).toMatchObject({ waitMs: HOUR_MS });
});

test('an endpoint is given up after days without any success', () => {
	const now = new Date('2026-03-05T00:00:00Z');
	expect(isGivenUp(null, now)).toBe(false);
	expect(isGivenUp(new Date(now.getTime() - 2 * DAY_MS), now)).toBe(false);
	expect(isGivenUp(new Date(now.getTime() - 3 * DAY_MS), now)).toBe(true);
});
