import { describe, expect, test } from 'vitest';

import { type ImportSession, presenceOf, readMinutes, readMoment } from './presence.ts';

const at = (iso: string): number => Date.parse(iso);
const session: ImportSession = {
	occurrenceId: 'o1',
	startsAt: at('2026-03-04T09:00:00Z'),
	endsAt: at('2026-03-04T10:00:00Z'),
	timeZone: 'Europe/Zurich',
};

describe('times of other platforms', () => {
	test.each([
		['03/04/2026 10:01:22 AM', '2026-03-04T09:01:22Z'],
		['04/03/2026 10:01', '2026-03-04T09:01:00Z'],
		['Mar 4, 2026 10:01:22', '2026-03-04T09:01:22Z'],
		['Mar 4, 2026 12:05 AM', '2026-03-03T23:05:00Z'],
		['4 March 2026 10:01', '2026-03-04T09:01:00Z'],
		['04.03.2026 10:01', '2026-03-04T09:01:00Z'],
		['2026-03-04 10:01:00', '2026-03-04T09:01:00Z'],
		['2026/3/4 10:01', '2026-03-04T09:01:00Z'],
		['2026年3月4日 下午1:01', '2026-03-04T12:01:00Z'],
		['2026-03-04T10:01:00+02:00', '2026-03-04T08:01:00Z'],
		['2026-03-04', '2026-03-03T23:00:00Z'],
	])('%s', (cell, instant) => expect(readMoment(cell, session)).toBe(at(instant)));

	test.each(['yesterday', '2026-02-30 10:00', '13:99', 'Foo 4, 2026 10:00', '03/04/2026 13:00 PM'])('%s is none', (cell) =>
		expect(readMoment(cell, session)).toBeNull(),
	);
	test('summer time of the list holds', () =>
		expect(readMoment('2026-07-01 10:00', { timeZone: 'Europe/Zurich', startsAt: 0 })).toBe(at('2026-07-01T08:00:00Z')));
});

test.each([
	['42', 42],
	['42,5 min', 42.5],
	['1:02:30', 62.5],
	['42:30', 42.5],
	['65 分钟', 65],
	['two', null],
	['99999', null],
])('%s minutes', (cell, minutes) => expect(readMinutes(cell)).toBe(minutes));

describe('a row', () => {
	const joinedAt = '2026-03-04 10:00';
	test.each([
		['both ends', { attended: 'Yes', joinedAt, leftAt: '2026-03-04 10:30', minutes: '30' }, 30],
		['fewer minutes than between the first and last sign', { joinedAt, leftAt: '2026-03-04 11:00', minutes: '20' }, 20],
		['minutes rounded up stay as the times say', { joinedAt, leftAt: '2026-03-04 10:29', minutes: '30' }, 29],
		['minutes alone, from the start', { minutes: '12' }, 12],
		['a begin and minutes', { joinedAt, minutes: '12' }, 12],
	])('%s', (_name, said, minutes) => {
		const read = presenceOf(said, session);
		expect(read).toMatchObject({ kind: 'present', stretch: { from: session.startsAt, to: session.startsAt + minutes * 60_000 } });
	});
	test.each([
		['absent', { attended: 'No', joinedAt: '--', leftAt: '--', minutes: '--' }],
		['absent', { registeredAt: '2026-02-20 08:00' }],
		['absent', { minutes: '0' }],
		['unknown', { attended: 'Yes' }],
		['outside', { joinedAt: '2026-03-04 17:00', leftAt: '2026-03-04 17:30' }],
	])('%s: %j', (kind, said) => expect(presenceOf(said, session)).toMatchObject({ kind }));
	test.each([[{ joinedAt: 'soon' }], [{ joinedAt, leftAt: '2026-03-04 09:00' }], [{ minutes: 'many' }]])('%j is wrong', (said) =>
		expect(presenceOf(said, session)).toBe('wrong-time'),
	);
});
