import { describe, expect, test } from 'vitest';

import { closesAtOf, nextChange, runOf, type Status, statusAt, type Times } from './status.ts';

const times = {
	mode: 'simulive' as const,
	wentLiveAt: null,
	finishedAt: null,
	startsAt: new Date('2026-03-01T15:00:00Z'),
	endsAt: new Date('2026-03-01T15:45:00Z'),
};

describe('the status of an occurrence that runs by itself', () => {
	test.each<[string, Status, string | null]>([
		['2026-02-01T00:00:00.000Z', 'scheduled', '2026-03-01T14:45:00.000Z'],
		['2026-03-01T14:44:59.999Z', 'scheduled', '2026-03-01T14:45:00.000Z'],
		['2026-03-01T14:45:00.000Z', 'doors', '2026-03-01T15:00:00.000Z'],
		['2026-03-01T14:59:59.999Z', 'doors', '2026-03-01T15:00:00.000Z'],
		['2026-03-01T15:00:00.000Z', 'live', '2026-03-01T15:45:00.000Z'],
		['2026-03-01T15:44:59.999Z', 'live', '2026-03-01T15:45:00.000Z'],
		['2026-03-01T15:45:00.000Z', 'ended', null],
		['2027-01-01T00:00:00.000Z', 'ended', null],
	])('at %s it is %s', (now, status, next) => {
		expect(statusAt(times, new Date(now))).toBe(status);
		expect(nextChange(times, new Date(now))?.toISOString() ?? null).toBe(next);
	});

	test('a recording is always on demand', () => {
		expect(statusAt({ ...times, mode: 'on-demand' }, times.endsAt)).toBe('on-demand');
		expect(nextChange({ ...times, mode: 'on-demand' }, times.startsAt)).toBeNull();
	});
});

describe('the status of a live webinar', () => {
	const live = (over: Partial<Times> = {}): Times => ({ ...times, mode: 'live', ...over });
	const began = live({ wentLiveAt: new Date('2026-03-01T15:04:00Z') });
	const early = live({ wentLiveAt: new Date('2026-03-01T14:40:00Z') });
	const done = live({ wentLiveAt: began.wentLiveAt, finishedAt: new Date('2026-03-01T15:30:00Z') });
	const late = live({ wentLiveAt: began.wentLiveAt, finishedAt: new Date('2026-03-01T16:10:00Z') });

	test.each<[string, Times, string, Status, string | null]>([
		['before the doors', live(), '2026-03-01T14:44:59Z', 'scheduled', '2026-03-01T14:45:00Z'],
		['doors open', live(), '2026-03-01T14:45:00Z', 'doors', '2026-03-01T15:45:00Z'],
		['past the start, the host has not begun', live(), '2026-03-01T15:20:00Z', 'doors', '2026-03-01T15:45:00Z'],
		['the host never came', live(), '2026-03-01T15:45:00Z', 'ended', null],
		['the host begins', began, '2026-03-01T15:04:00Z', 'live', '2026-03-01T18:45:00Z'],
		['past the planned end', began, '2026-03-01T16:30:00Z', 'live', '2026-03-01T18:45:00Z'],
		['nobody ended it for hours', began, '2026-03-01T18:45:00Z', 'ended', null],
		['begun before its doors', early, '2026-03-01T14:41:00Z', 'live', '2026-03-01T18:45:00Z'],
		['ended before the planned end', done, '2026-03-01T15:30:00Z', 'ended', null],
		['just before the host ends', done, '2026-03-01T15:29:59Z', 'live', '2026-03-01T15:30:00Z'],
		['ended after the planned end', late, '2026-03-01T16:09:59Z', 'live', '2026-03-01T16:10:00Z'],
	])('%s', (_when, one, now, status, next) => {
		expect(statusAt(one, new Date(now))).toBe(status);
		expect(nextChange(one, new Date(now))).toEqual(next === null ? null : new Date(next));
	});

	test('it runs from the beginning to the end that its host gave it; by itself, three hours past the plan', () => {
		expect(runOf(live())).toBeNull();
		expect(runOf(done)).toEqual({ startsAt: done.wentLiveAt, endsAt: done.finishedAt });
		expect(runOf(began)).toEqual({ startsAt: began.wentLiveAt, endsAt: new Date('2026-03-01T18:45:00Z') });
		expect(runOf(times)).toEqual({ startsAt: times.startsAt, endsAt: times.endsAt });
	});

	test('what a host did says nothing of a webinar that has become a recording', () => {
		expect(closesAtOf({ ...done, mode: 'simulive' })).toEqual(times.endsAt);
	});
});
