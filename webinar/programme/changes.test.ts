import { describe, expect, test } from 'vitest';

import type { Webinar } from '#cms/content.ts';
import { aWebinar } from '#tests/support/webinars.ts';

import { scheduleChanges } from './changes.ts';
import type { Occurrence } from './occurrence.ts';
import { plannedStarts } from './planned.ts';

const at = (text: string): Date => new Date(text);
const NOW = at('2026-03-02T09:00:00Z');
const iso = (starts: readonly { readonly startsAt: Date }[]) => starts.map(({ startsAt }) => startsAt.toISOString());

const stored = (over: Partial<Occurrence> = {}): Occurrence => ({
	id: 'o1',
	webinarId: 'w1',
	slug: 'sizing',
	title: aWebinar().title,
	mode: 'simulive',
	startsAt: at('2026-03-03T10:00:00Z'),
	endsAt: at('2026-03-03T10:03:00Z'),
	timeZone: 'Europe/Zurich',
	capacity: null,
	place: { en: '', 'zh-CN': '' },
	needsApproval: false,
	sequence: 0,
	cancelledAt: null,
	settledAt: null,
	isElsewhere: false,
	wentLiveAt: null,
	finishedAt: null,
	closesAt: over.endsAt ?? at('2026-03-03T10:03:00Z'),
	...over,
});

describe('planned starts', () => {
	const daily = (startsAt: string, timeZone = 'Europe/Zurich') => aWebinar({ repeats: 'daily', startsAt: at(startsAt), timeZone });

	test.each<[string, Webinar, string, string[]]>([
		['the one planned', aWebinar(), '2026-03-02T09:00:00Z', ['2026-03-03T10:00:00.000Z']],
		['still while it runs', aWebinar(), '2026-03-03T10:02:59Z', ['2026-03-03T10:00:00.000Z']],
		['none afterwards', aWebinar(), '2026-03-03T10:03:00Z', []],
		['none without a start', aWebinar({ startsAt: null }), '2026-03-02T09:00:00Z', []],
		[
			'daily: three days',
			daily('2026-03-01T10:00:00Z'),
			'2026-03-02T09:00:00Z',
			['2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z', '2026-03-04T10:00:00.000Z'],
		],
		['daily: not before the first', daily('2026-03-04T10:00:00Z'), '2026-03-02T09:00:00Z', ['2026-03-04T10:00:00.000Z']],
		[
			'daily: the same wall clock across summer time',
			daily('2026-03-20T10:00:00Z'),
			'2026-03-28T12:00:00Z',
			['2026-03-29T09:00:00.000Z', '2026-03-30T09:00:00.000Z', '2026-03-31T09:00:00.000Z'],
		],
		[
			'daily: 23:30 local',
			daily('2026-03-01T22:30:00Z'),
			'2026-03-02T22:45:00Z',
			['2026-03-03T22:30:00.000Z', '2026-03-04T22:30:00.000Z', '2026-03-05T22:30:00.000Z'],
		],
		[
			'daily: 00:30 in Shanghai',
			daily('2026-03-01T16:30:00Z', 'Asia/Shanghai'),
			'2026-03-02T09:00:00Z',
			['2026-03-02T16:30:00.000Z', '2026-03-03T16:30:00.000Z', '2026-03-04T16:30:00.000Z'],
		],
	])('%s', (_name, webinar, now, starts) => {
		expect(iso(plannedStarts(webinar, at(now)))).toEqual(starts);
	});
});

describe('what changes', () => {
	const summary = (webinar: Webinar | null, occurrences: readonly Occurrence[], now = NOW) =>
		scheduleChanges(webinar, occurrences, now).map(
			(change) => `${change.change} ${'occurrence' in change ? change.occurrence.id : change.start.startsAt.toISOString()}`,
		);

	test.each<[string, Webinar | null, Occurrence[], string[]]>([
		['a new one is added', aWebinar(), [], ['add 2026-03-03T10:00:00.000Z']],
		['the same again changes nothing', aWebinar(), [stored()], []],
		['another start moves it', aWebinar({ startsAt: at('2026-03-09T10:00:00Z') }), [stored()], ['move o1']],
		['another length moves it', aWebinar({ durationMinutes: 5 }), [stored()], ['move o1']],
		['another title leaves calendars alone', aWebinar({ title: { en: 'New', 'zh-CN': '新' } }), [stored()], ['update o1']],
		['other seats too', aWebinar({ capacity: 5 }), [stored()], ['update o1']],
		['taken off line it is called off', null, [stored()], ['cancel o1']],
		['once only', null, [stored({ cancelledAt: NOW })], []],
		['back on line it takes place', aWebinar(), [stored({ cancelledAt: NOW })], ['move o1']],
		[
			'what is over stays, and a new start is a new one',
			aWebinar({ startsAt: at('2026-03-09T10:00:00Z') }),
			[stored({ startsAt: at('2026-03-01T10:00:00Z'), endsAt: at('2026-03-01T10:03:00Z') })],
			['add 2026-03-09T10:00:00.000Z'],
		],
		[
			'made on demand: the date is called off',
			aWebinar({ mode: 'on-demand', startsAt: null }),
			[stored()],
			['add 1970-01-01T00:00:00.000Z', 'cancel o1'],
		],
	])('%s', (_name, webinar, occurrences, changes) => {
		expect(summary(webinar, occurrences)).toEqual(changes);
	});

	test('a daily one moves each day within its day', () => {
		const webinar = aWebinar({ repeats: 'daily', startsAt: at('2026-03-01T12:00:00Z') });
		const days = [2, 3].map((day) => stored({ id: `o${day}`, startsAt: at(`2026-03-0${day}T10:00:00Z`), endsAt: at(`2026-03-0${day}T10:03:00Z`) }));
		expect(summary(webinar, days)).toEqual(['move o2', 'move o3', 'add 2026-03-04T12:00:00.000Z']);
	});
});

describe('a live webinar that its host has begun', () => {
	const webinar = aWebinar({ mode: 'live' });
	const running = stored({ mode: 'live', wentLiveAt: at('2026-03-03T10:00:30Z') });

	test.each<[string, Webinar | null, string]>([
		['in overtime', webinar, '2026-03-03T10:30:00Z'],
		['taken off line', null, '2026-03-03T10:01:00Z'],
		['its date moved', aWebinar({ mode: 'live', startsAt: at('2026-03-04T10:00:00Z') }), '2026-03-03T10:01:00Z'],
	])('goes on: %s', (_why, next, now) => expect(scheduleChanges(next, [running], at(now))).toEqual([]));

	test('is history once it has ended, and the next date is a new one', () => {
		const ended = { ...running, finishedAt: at('2026-03-03T10:02:00Z'), closesAt: at('2026-03-03T10:02:00Z') };
		const next = aWebinar({ mode: 'live', startsAt: at('2026-03-04T10:00:00Z') });
		expect(scheduleChanges(next, [ended], at('2026-03-03T10:02:00Z'))).toMatchObject([{ change: 'add' }]);
		expect(scheduleChanges(webinar, [ended], at('2026-03-03T10:02:00Z'))).toEqual([]);
	});
});
