import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Attendee, curveOf, listOf, netScore, peakOf, percentOf } from './count.ts';

const START = new Date('2026-03-03T10:00:00Z');
const run = { startsAt: START, endsAt: new Date('2026-03-03T10:03:00Z') };
const second = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
const one = (over: Partial<Attendee> = {}): Attendee => ({
	...{ personId: 'p', registrationId: 'r', state: 'registered', channel: 'direct', attendedVia: '', registeredAt: START },
	...{ liveSeconds: 0, replaySeconds: 0, firstJoinedAt: null, lastLeftAt: null, turnout: 'no-show', stays: [], chats: 0, questions: 0, polls: 0 },
	...{ quizPoints: 0, signals: [], surveyScore: null, hasSurvey: false, isImported: false, isInvited: false, grade: 'D4' },
	...over,
});
const stay = (from: number, to: number) => ({ startsAt: second(from), endsAt: second(to) });

describe('people behind a number', () => {
	const attendees = [
		one({
			personId: 'a',
			channel: 'mail',
			turnout: 'stayed',
			attendedVia: 'reminder',
			stays: [stay(0, 180)],
			signals: ['webinar.demo'],
			grade: 'A1',
		}),
		one({ personId: 'b', channel: 'mail', isInvited: true, turnout: 'left-early', stays: [stay(0, 70)], polls: 2 }),
		one({ personId: 'c', channel: 'fair' }),
		one({ personId: 'd', state: 'waiting' }),
		one({ personId: 'e', state: 'cancelled' }),
		one({ personId: 'f', state: 'invited', registrationId: '', registeredAt: null, isInvited: true }),
	];
	test.each<[string, string]>([
		['invited', 'bf'],
		['channel-invited:mail', 'bf'],
		['channel-invited:fair', ''],
		['registered', 'abc'],
		['waiting', 'd'],
		['cancelled', 'e'],
		['attended', 'ab'],
		['no-show', 'c'],
		['left-early', 'b'],
		['stayed', 'a'],
		['voted', 'b'],
		['signal:webinar.demo', 'a'],
		['signal:webinar.buy', ''],
		['channel:mail', 'ab'],
		['channel-attended:fair', ''],
		['via:reminder', 'a'],
		['grade:A1', 'a'],
		[`at:${second(90).getTime()}`, 'a'],
		['at:nonsense', ''],
		['constructor', ''],
	])('%s', (name, people) => {
		expect(
			listOf(attendees, name)
				.map(({ personId }) => personId)
				.join(''),
		).toBe(people);
	});

	test('turnouts share out the registered', () => {
		const parts = (['no-show', 'left-early', 'stayed'] as const).map((name) => listOf(attendees, name).length);
		expect(parts.reduce((sum, part) => sum + part, 0)).toBe(listOf(attendees, 'registered').length);
	});
});

describe('the curve', () => {
	test('counts who was there in the middle of each minute', () => {
		const attendees = [
			one({ stays: [stay(0, 180)] }),
			one({ stays: [stay(0, 20), stay(80, 100)] }),
			one({ state: 'cancelled', stays: [stay(0, 180)] }),
		];
		expect(curveOf(attendees, run).map(({ present }) => present)).toEqual([1, 2, 1]);
		expect(peakOf(curveOf(attendees, run))).toMatchObject({ minute: 1, present: 2 });
	});
	test('is empty for what was never shown; an empty room has no peak', () => {
		expect(curveOf([one()], null)).toEqual([]);
		expect(peakOf(curveOf([one()], run))).toBeNull();
	});
	test('golden: each point opens a list of exactly as many', () => {
		const stays = fc.array(
			fc.tuple(fc.integer({ min: -60, max: 200 }), fc.integer({ min: 0, max: 200 })).map(([from, length]) => stay(from, from + length)),
			{ maxLength: 3 },
		);
		fc.assert(
			fc.property(fc.array(stays, { maxLength: 20 }), (people) => {
				const attendees = people.map((of, at) => one({ personId: String(at), stays: of }));
				for (const { at, present } of curveOf(attendees, run)) expect(listOf(attendees, `at:${at}`)).toHaveLength(present);
			}),
		);
	});
});

test.each([
	[1, 3, 33],
	[2, 3, 67],
	[0, 5, 0],
	[0, 0, null],
])('%i of %i in percent', (part, whole, percent) => expect(percentOf(part, whole)).toBe(percent));

test.each<[number[], number | null]>([
	[[], null],
	[[10, 9, 8, 6], 25],
	[[0, 6], -100],
])('net score of %j', (scores, net) => expect(netScore(scores)).toBe(net));
