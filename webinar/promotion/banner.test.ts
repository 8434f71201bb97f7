import { describe, expect, test } from 'vitest';

import type { Occurrence } from '../programme/occurrence.ts';
import { type BannerRow, bannersAt, bannersChangeAt, phaseAt } from './banner.ts';

const at = (time: string): Date => new Date(`2026-03-03T${time}:00Z`);
const row = (one: Partial<Occurrence> = {}, over: Partial<BannerRow> = {}): BannerRow => ({
	occurrence: {
		...{ id: 'o1', webinarId: 'w1', slug: 'sizing', mode: 'simulive', timeZone: 'Europe/Zurich', capacity: null, sequence: 0 },
		...{ title: { en: '', 'zh-CN': '' }, place: { en: '', 'zh-CN': '' }, startsAt: at('10:00'), endsAt: at('11:00'), closesAt: at('11:00') },
		...{ wentLiveAt: null, finishedAt: null, cancelledAt: null, settledAt: null, needsApproval: false, isElsewhere: false },
		...one,
	},
	...{ fromAt: at('08:00'), untilAt: null, places: ['home'], text: { en: '', 'zh-CN': '' }, tags: '?utm_id=x', taken: { seats: 0, waiting: 0 } },
	...over,
});
const untilEnd = { untilAt: at('11:00') };
const two = (taken: BannerRow['taken']) => row({ capacity: 2 }, { ...untilEnd, taken });

describe('a banner', () => {
	test.each([
		['before its beginning', row(), '07:59', null],
		['from its beginning on', row(), '08:00', 'ahead'],
		['with open doors', row(), '09:50', 'ahead'],
		['at the start, where its end is the start', row(), '10:00', null],
		['while it runs, where its end is later', row({}, untilEnd), '10:00', 'live'],
		['after the end', row({}, { untilAt: at('12:00') }), '11:00', null],
		['called off', row({ cancelledAt: at('08:30') }), '09:00', null],
		['with one seat left', two({ seats: 1, waiting: 0 }), '09:00', 'ahead'],
		['with no seat left', two({ seats: 2, waiting: 0 }), '09:00', 'waiting'],
		['with no place in the line either', two({ seats: 2, waiting: 5 }), '09:00', null],
		['with no seat left while it runs', two({ seats: 2, waiting: 0 }), '10:30', null],
		['live, before its host begins', row({ mode: 'live' }, untilEnd), '10:05', 'ahead'],
		['live, once its host began', row({ mode: 'live', wentLiveAt: at('10:05') }, untilEnd), '10:05', 'live'],
		['live, once its host ended it', row({ mode: 'live', wentLiveAt: at('10:05'), finishedAt: at('10:30') }, untilEnd), '10:30', null],
		['on site, once it began', row({ mode: 'on-site' }, untilEnd), '10:00', null],
	] as const)('%s', (_, given, time, phase) => {
		expect(phaseAt(given, at(time))).toBe(phase);
	});

	test('golden: of several the one that starts first comes first, and the order never wavers', () => {
		const later = row({ id: 'o2', startsAt: at('10:30') });
		const same = row({ id: 'o0' });
		const order = (rows: readonly BannerRow[]) => bannersAt(rows, at('09:00')).map(({ occurrenceId }) => occurrenceId);
		expect(order([later, row(), same])).toEqual(['o0', 'o1', 'o2']);
		expect(order([same, later, row()])).toEqual(['o0', 'o1', 'o2']);
	});

	test('golden: nothing changes before the instant that is named', () => {
		const rows = [row({}, untilEnd), row({ id: 'o2', startsAt: at('10:20') }, { fromAt: at('09:10') })];
		const shownAt = (time: Date) => JSON.stringify(bannersAt(rows, time));
		for (let now = at('07:00').getTime(); now < at('12:00').getTime();) {
			const next = bannersChangeAt(rows, new Date(now))?.getTime() ?? at('12:00').getTime();
			expect(next).toBeGreaterThan(now);
			for (let between = now; between < next; between += 60_000) expect(shownAt(new Date(between))).toBe(shownAt(new Date(now)));
			now = next;
		}
		expect(bannersChangeAt(rows, at('11:00'))).toBeNull();
	});
});
