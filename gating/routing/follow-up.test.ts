import { describe, expect, test } from 'vitest';

import { DEFAULT_FOLLOW_UP, type FollowUp, followUpInput, isOffByCalendar, marksOf } from './follow-up.ts';
import { dueSteps, nextMark, STEPS } from './hand-over.ts';

const at = new Date('2026-02-13T07:00Z');
const rule = (over: Partial<FollowUp>): FollowUp => followUpInput.parse({ ...DEFAULT_FOLLOW_UP, ...over });

test('the shipped rule is a rule', () => {
	expect(rule({})).toEqual(DEFAULT_FOLLOW_UP);
});

describe('golden: when a clock is due', () => {
	test.each([
		['24 hours as they pass, over a weekend', {}, null, false, '2026-02-14T07:00Z'],
		['24 hours as they pass, over a change of the clock too', { hours: 24 }, null, false, '2026-02-14T07:00Z'],
		['eight working hours of the office', { counts: 'working', hours: 8 }, null, false, '2026-02-13T15:00Z'],
		[
			'eight working hours of somebody in Shanghai: Saturday is worked before the festival',
			{ counts: 'working', hours: 8, staff: [{ staffId: 'li', calendar: 'china' }] },
			'li',
			false,
			'2026-02-14T06:00Z',
		],
		['an hour for who asked, whatever the calendar says', { counts: 'working' }, null, true, '2026-02-13T08:00Z'],
	] as const)('%s', (_what, over, owner, isDemand, due) => {
		expect(marksOf(rule(over as Partial<FollowUp>), { at, owner, isDemand }).dueAt).toEqual(new Date(due));
	});

	test('shares of the time: reminded at 75, told on at 150, passed on at 200 per cent', () => {
		const marks = marksOf(rule({ hours: 8, escalateAt: 150, reassignAt: 200 }), { at, owner: null, isDemand: false });
		expect(marks).toEqual({
			remindAt: new Date('2026-02-13T13:00Z'),
			dueAt: new Date('2026-02-13T15:00Z'),
			escalateAt: new Date('2026-02-13T19:00Z'),
			reassignAt: new Date('2026-02-13T23:00Z'),
		});
	});
});

const hour = (count: number) => new Date(at.getTime() + count * 3_600_000);
const marks = { remindAt: hour(6), dueAt: hour(8), escalateAt: hour(8), reassignAt: hour(16) };

test.each([
	['before the first mark', STEPS.none, 5, [], 6],
	['at the reminder', STEPS.none, 6, ['remind'], 6],
	['reminded, not due', STEPS.reminded, 7, [], 8],
	['at the end', STEPS.reminded, 8, ['escalate'], 8],
	['late: the reminder is skipped', STEPS.none, 9, ['escalate'], 6],
	['much later, after an outage', STEPS.none, 40, ['escalate', 'reassign'], 6],
	['told on', STEPS.escalated, 16, ['reassign'], 16],
	['over', STEPS.passedOn, 99, [], null],
] as const)('steps that are due %s', (_what, step, hours, due, next) => {
	expect(dueSteps(marks, step, hour(hours))).toEqual(due);
	expect(nextMark(marks, step)).toEqual(next === null ? null : hour(next));
});

test.each([
	[{ hours: 0 }, 'hours'],
	[{ calendar: 'mars' }, 'calendar'],
	[{ staff: [{ staffId: 'li', calendar: 'mars' }] }, 'staff'],
	[{ escalateAt: 200, reassignAt: 150 }, 'reassignAt'],
	[{ calendars: [] }, 'calendars'],
	[{ calendars: [{ ...DEFAULT_FOLLOW_UP.calendars[0], timeZone: 'Mars/Olympus' }] }, 'calendars'],
	[{ calendars: [{ ...DEFAULT_FOLLOW_UP.calendars[0], from: '18:00', until: '08:00' }] }, 'calendars'],
	[{ calendars: [{ ...DEFAULT_FOLLOW_UP.calendars[0], holidays: ['2026-02-30'] }] }, 'calendars'],
])('refuses %o', (over, field) => {
	const parsed = followUpInput.safeParse({ ...DEFAULT_FOLLOW_UP, ...over });
	expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
});

test('a day off by one’s own calendar', () => {
	const own = rule({ staff: [{ staffId: 'li', calendar: 'china' }] });
	expect(isOffByCalendar(own, 'li', () => '2026-02-17')).toBe(true);
	expect(isOffByCalendar(own, 'max', () => '2026-02-17')).toBe(false);
});
