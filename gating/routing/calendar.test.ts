import { describe, expect, test } from 'vitest';

import { afterWorking, isWorkday, type WorkCalendar } from './calendar.ts';

const office: WorkCalendar = {
	...{ key: 'office', name: 'Office', timeZone: 'Europe/Zurich', weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' },
	...{ hasChineseHolidays: false, holidays: ['2026-08-01', '2026-12-25'], workdays: [] },
};
const shanghai: WorkCalendar = {
	...office,
	...{ timeZone: 'Asia/Shanghai', from: '09:00', until: '18:00', hasChineseHolidays: true, holidays: [] },
};
const always: WorkCalendar = { ...office, weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00', holidays: [] };

describe('golden: working days of the Spring Festival 2026', () => {
	test.each([
		['2026-02-13', true, 'the Friday before'],
		['2026-02-14', true, 'a Saturday that is worked for the holiday'],
		['2026-02-15', false, 'first day'],
		['2026-02-17', false, 'New Year’s Day'],
		['2026-02-23', false, 'last day'],
		['2026-02-24', true, 'back at work'],
		['2026-02-28', true, 'another Saturday that is worked'],
		['2026-03-01', false, 'a Sunday as any'],
	])('%s: %s (%s)', (day, works) => {
		expect(isWorkday(shanghai, day)).toBe(works);
	});

	test.each([
		['2026-02-13T17:00+08:00', 60, '2026-02-13T18:00+08:00', 'ends with the day'],
		['2026-02-13T17:00+08:00', 120, '2026-02-14T10:00+08:00', 'goes on on the Saturday that is worked'],
		['2026-02-14T17:00+08:00', 120, '2026-02-24T10:00+08:00', 'waits for the end of the festival'],
		['2026-02-18T12:00+08:00', 60, '2026-02-24T10:00+08:00', 'begun within it, starts after it'],
	])('%s and %i working minutes are %s: %s', (start, minutes, end) => {
		expect(afterWorking(new Date(start), minutes, shanghai)).toEqual(new Date(end));
	});

	test('the company’s own word goes before the list', () => {
		expect(isWorkday({ ...shanghai, workdays: ['2026-02-16'] }, '2026-02-16')).toBe(true);
		expect(isWorkday({ ...shanghai, holidays: ['2026-02-14'] }, '2026-02-14')).toBe(false);
	});
});

describe('golden: changes of the clock', () => {
	test.each([
		['spring: the night has an hour less', '2026-03-28T12:00Z', 24 * 60, '2026-03-29T12:00Z', always],
		['spring: a day from midnight to midnight has 23 hours', '2026-03-28T23:00Z', 23 * 60, '2026-03-29T22:00Z', always],
		['autumn: a day from midnight to midnight has 25 hours', '2026-10-24T22:00Z', 25 * 60, '2026-10-25T23:00Z', always],
		['over the weekend of the change: by the clock of Monday', '2026-03-27T16:00Z', 120, '2026-03-30T07:00Z', office],
		['autumn: Monday’s eight o’clock is an hour later', '2026-10-23T15:00Z', 120, '2026-10-26T08:00Z', office],
		['before it opens', '2026-03-02T05:00Z', 60, '2026-03-02T08:00Z', office],
		['a Saturday that is a holiday too', '2026-07-31T15:30Z', 60, '2026-08-03T06:30Z', office],
	])('%s', (_what, start, minutes, end, calendar) => {
		expect(afterWorking(new Date(start), minutes, calendar)).toEqual(new Date(end));
	});
});

test('a calendar without one working day counts plain time', () => {
	const never = { ...office, weekdays: [7], holidays: Array.from({ length: 60 }, (_, week) => sunday(week)) };
	expect(afterWorking(new Date('2026-03-02T08:00Z'), 60, never)).toEqual(new Date('2026-03-02T09:00Z'));
});

const sunday = (week: number): string => new Date(Date.UTC(2026, 2, 1 + 7 * week)).toISOString().slice(0, 10);
