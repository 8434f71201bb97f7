import { expect, test } from 'vitest';

import { nextSending, periodBefore } from './rhythm.ts';

const ZONE = 'Europe/Zurich';

test.each([
	// 23 November 2026 is a Monday; Zurich is an hour ahead in winter.
	['before the hour of the day', { rhythm: 'weekly', day: 1, hour: 8 }, '2026-11-23T06:59:59Z', '2026-11-23T07:00:00.000Z'],
	['at the hour itself: a week later', { rhythm: 'weekly', day: 1, hour: 8 }, '2026-11-23T07:00:00Z', '2026-11-30T07:00:00.000Z'],
	['on Sunday', { rhythm: 'weekly', day: 7, hour: 0 }, '2026-11-23T07:00:00Z', '2026-11-28T23:00:00.000Z'],
	['monthly', { rhythm: 'monthly', day: 1, hour: 6 }, '2026-11-23T07:00:00Z', '2026-12-01T05:00:00.000Z'],
	['in an hour that summer time leaves out', { rhythm: 'weekly', day: 7, hour: 2 }, '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
] as const)('the next sending %s', (_name, time, now, at) => expect(nextSending(time, new Date(now), ZONE).at.toISOString()).toBe(at));

test('a sending tells of the seven days, or the month, before', () => {
	expect(periodBefore('weekly', '2026-03-02')).toEqual({ from: '2026-02-23', to: '2026-03-01' });
	expect(periodBefore('monthly', '2026-03-15')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
	expect(periodBefore('monthly', '2026-01-01')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
});
