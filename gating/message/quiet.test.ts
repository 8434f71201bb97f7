import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { quietUntil, zoneOr } from './quiet.ts';
import { dayOf, nextSlot, warmUpAllowance } from './rate.ts';

const night = { from: '20:00', until: '08:00', weekends: true };

describe('quiet hours', () => {
	test.each([
		['by day', '2026-03-04T12:00:00Z', 'Europe/Berlin', night, '2026-03-04T12:00:00Z'],
		['in the evening', '2026-03-04T19:30:00Z', 'Europe/Berlin', night, '2026-03-05T07:00:00Z'],
		['before dawn', '2026-03-04T03:00:00Z', 'Europe/Berlin', night, '2026-03-04T07:00:00Z'],
		['the night that clocks go forward', '2026-03-28T22:00:00Z', 'Europe/Berlin', night, '2026-03-29T06:00:00Z'],
		['the night that clocks go back', '2026-10-24T21:00:00Z', 'Europe/Berlin', night, '2026-10-25T07:00:00Z'],
		['ending in a gap', '2026-03-29T00:00:00Z', 'Europe/Berlin', { ...night, until: '02:30' }, '2026-03-29T01:30:00Z'],
		['ending in the hour that comes twice', '2026-10-25T01:10:00Z', 'Europe/Berlin', { ...night, until: '02:30' }, '2026-10-25T01:30:00Z'],
		['a weekend', '2026-03-07T11:00:00Z', 'Europe/Berlin', { ...night, weekends: false }, '2026-03-09T07:00:00Z'],
		['Friday night before a weekend', '2026-03-06T20:00:00Z', 'Europe/Berlin', { ...night, weekends: false }, '2026-03-09T07:00:00Z'],
		['none', '2026-03-04T23:00:00Z', 'Europe/Berlin', { ...night, from: '08:00' }, '2026-03-04T23:00:00Z'],
		['in the middle of the day', '2026-03-04T12:00:00Z', 'Asia/Kolkata', { from: '17:00', until: '18:00', weekends: true }, '2026-03-04T12:30:00Z'],
	])('%s', (_name, at, zone, quiet, end) => {
		expect(quietUntil(new Date(at), zone, quiet)).toEqual(new Date(end));
	});

	test('property: the end lies ahead, is not quiet itself, and comes within four days', () => {
		const time = fc
			.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
			.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
		fc.assert(
			fc.property(
				fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
				fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Pacific/Apia'),
				fc.record({ from: time, until: time, weekends: fc.boolean() }),
				(at, zone, quiet) => {
					const end = quietUntil(at, zone, quiet);
					expect(end.getTime()).toBeGreaterThanOrEqual(at.getTime());
					expect(end.getTime() - at.getTime()).toBeLessThan(4.1 * 86_400_000);
					expect(quietUntil(end, zone, quiet)).toEqual(end);
				},
			),
		);
	});

	test('who told no zone, or one that there is not, has the company’s', () => {
		expect(zoneOr('', 'Europe/Zurich')).toBe('Europe/Zurich');
		expect(zoneOr('Mars/Olympus', 'Europe/Zurich')).toBe('Europe/Zurich');
		expect(zoneOr('Asia/Shanghai', 'Europe/Zurich')).toBe('Asia/Shanghai');
	});
});

describe('how fast mail leaves', () => {
	test('a domain takes a few at once and then so many a minute', () => {
		const now = new Date('2026-03-04T12:00:00Z');
		let free = 0;
		const waits = Array.from({ length: 70 }, () => {
			const slot = nextSlot(free, now, { perMinute: 60 });
			free = slot.free;
			return slot.at.getTime() - now.getTime();
		});
		expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
		expect(waits.slice(10, 13)).toEqual([1_000, 2_000, 3_000]);
		expect(waits.at(-1)).toBe(60_000);
	});

	test('a new sender sends more each day until it is known', () => {
		const warmUp = { warmUpFrom: '2026-03-01', warmUpFirst: 200, warmUpGrowth: 50 };
		expect(['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-11', '2026-03-31'].map((day) => warmUpAllowance(day, warmUp))).toEqual([
			...[null, 200, 300, 11_533, null],
		]);
		expect(warmUpAllowance('2026-03-01', { ...warmUp, warmUpFrom: '' })).toBe(null);
	});

	test('a day is the company’s', () => {
		expect(dayOf(new Date('2026-03-04T23:30:00Z'), 'Europe/Zurich')).toEqual({ day: '2026-03-05', next: new Date('2026-03-05T23:00:00Z') });
	});
});
