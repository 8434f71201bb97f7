import { describe, expect, test } from 'vitest';

import { dueFor, nextRun, runsWithin } from './when.ts';

const at = (text: string) => new Date(text);

describe('the next run', () => {
	test('weekly keeps the local hour over the end of summer time', () => {
		const when = { rhythm: 'weekly', firstAt: '2026-10-19T09:00', isLocal: false } as const;
		expect(runsWithin(when, at('2026-10-18T00:00Z'), at('2026-11-03T00:00Z'), 'Europe/Zurich').map((run) => run.at.toISOString())).toEqual([
			'2026-10-19T07:00:00.000Z',
			'2026-10-26T08:00:00.000Z',
			'2026-11-02T08:00:00.000Z',
		]);
	});
	test('monthly on the 31st is the last day of shorter months, and the 31st again after', () => {
		const when = { rhythm: 'monthly', firstAt: '2026-01-31T08:30', isLocal: false } as const;
		expect(runsWithin(when, at('2026-01-01T00:00Z'), at('2026-04-15T00:00Z'), 'UTC').map(({ reading }) => reading)).toEqual([
			'2026-01-31T08:30',
			'2026-02-28T08:30',
			'2026-03-31T08:30',
		]);
	});
	test('once is over when it is over', () => {
		const when = { rhythm: 'once', firstAt: '2026-11-30T09:00', isLocal: false } as const;
		expect(nextRun(when, at('2026-11-30T08:00Z'), 'Europe/Zurich')).toBeNull();
		expect(nextRun(when, at('2026-11-30T07:59Z'), 'Europe/Zurich')?.at).toEqual(at('2026-11-30T08:00Z'));
	});
	test('by each person’s clock it begins where the day begins', () => {
		const when = { rhythm: 'once', firstAt: '2026-11-30T09:00', isLocal: true } as const;
		expect(nextRun(when, at('2026-11-29T00:00Z'), 'Europe/Zurich')?.at).toEqual(at('2026-11-29T19:00Z'));
	});
});

test.each([
	['Asia/Shanghai', '2026-11-30T01:00:00.000Z'],
	['America/Chicago', '2026-11-30T15:00:00.000Z'],
	['Pacific/Kiritimati', '2026-11-29T20:00:00.000Z'],
])('nine o’clock in %s', (zone, expected) => {
	expect(dueFor('2026-11-30T09:00', zone, at('2026-11-29T20:00Z')).toISOString()).toBe(expected);
});
