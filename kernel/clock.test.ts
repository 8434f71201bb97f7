import { describe, expect, test } from 'vitest';

import { daysBetween, isTimeZone, localDay, startOfDay } from './clock.ts';

describe('days of a zone', () => {
	test.each([
		['2026-03-29T22:30:00Z', 'Europe/Zurich', '2026-03-30'],
		['2026-03-29T22:30:00Z', 'Asia/Shanghai', '2026-03-30'],
		['2026-03-29T22:30:00Z', 'America/New_York', '2026-03-29'],
	])('%s is in %s on %s', (instant, zone, day) => {
		expect(localDay(new Date(instant), zone)).toBe(day);
	});

	test('a day of 23 hours is one day', () => {
		expect(daysBetween(new Date('2026-03-28T23:30:00Z'), new Date('2026-03-29T22:30:00Z'), 'Europe/Zurich')).toBe(1);
	});

	test('a day starts at local midnight', () => {
		expect(startOfDay('2026-03-30', 'Europe/Zurich').toISOString()).toBe('2026-03-29T22:00:00.000Z');
	});

	test('knows zones from nonsense', () => {
		expect(isTimeZone('Asia/Shanghai')).toBe(true);
		expect(isTimeZone('Asia/Nowhere')).toBe(false);
	});
});
