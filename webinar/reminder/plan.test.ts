import { describe, expect, test } from 'vitest';

import { isStale, type Mark, planReminders } from './plan.ts';

const STARTS = new Date('2026-03-29T08:00:00Z');
const ENDS = new Date('2026-03-29T08:45:00Z');
const before = (hours: number): Date => new Date(STARTS.getTime() - hours * 3_600_000);

describe('marks still to come', () => {
	test.each<[string, Date, Mark[]]>([
		['a week before: all', before(168), ['day', 'hours', 'start']],
		['one second before the day mark: all', new Date(before(24).getTime() - 1_000), ['day', 'hours', 'start']],
		['at the day mark: it is past', before(24), ['hours', 'start']],
		['five hours before: no "tomorrow"', before(5), ['hours', 'start']],
		['one hour before: the start only', before(1), ['start']],
		['during the doors: the start only', before(0.1), ['start']],
		['at the start: none', STARTS, []],
		['afterwards: none', ENDS, []],
	])('%s', (_name, now, marks) => {
		expect(planReminders(STARTS, now).map(({ mark }) => mark)).toEqual(marks);
	});

	test('each is due that long before the start', () => {
		expect(planReminders(STARTS, before(100)).map(({ dueAt }) => dueAt)).toEqual([before(24), before(2), STARTS]);
	});
});

describe('a reminder held up on its way', () => {
	test.each<[Mark, Date, boolean]>([
		['day', before(23), false],
		['day', before(2), true],
		['hours', before(1.9), false],
		['hours', STARTS, true],
		['start', new Date(STARTS.getTime() + 60_000), false],
		['start', ENDS, true],
	])('%s at %s is stale: %s', (mark, now, stale) => {
		expect(isStale(mark, STARTS, ENDS, now)).toBe(stale);
	});
});
