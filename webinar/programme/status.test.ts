import { describe, expect, test } from 'vitest';

import { nextChange, type Status, statusAt } from './status.ts';

const times = { mode: 'simulive' as const, startsAt: new Date('2026-03-01T15:00:00Z'), endsAt: new Date('2026-03-01T15:45:00Z') };

describe('the status of an occurrence', () => {
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
