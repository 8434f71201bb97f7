import { describe, expect, test } from 'vitest';

import { decide, followUpAt } from './follow-up.ts';

describe('when the mail goes', () => {
	test.each<[string, string, string, string]>([
		['in the day: two hours after the end', '2026-03-03T10:45:00Z', 'Europe/Zurich', '2026-03-03T12:45:00Z'],
		['late in the evening: next morning', '2026-03-03T18:00:00Z', 'Europe/Zurich', '2026-03-04T07:00:00Z'],
		['for Shanghai an evening in Zurich is the night: the same morning there', '2026-03-03T16:00:00Z', 'Asia/Shanghai', '2026-03-04T00:00:00Z'],
		['at twenty sharp it is evening', '2026-03-03T17:00:00Z', 'Europe/Zurich', '2026-03-04T07:00:00Z'],
		['over the night in which clocks go forward', '2026-03-28T19:00:00Z', 'Europe/Zurich', '2026-03-29T06:00:00Z'],
		['23:30 local', '2026-03-03T20:30:00Z', 'Europe/Zurich', '2026-03-04T07:00:00Z'],
	])('%s', (_name, endsAt, zone, due) => {
		expect(followUpAt(new Date(endsAt), zone).toISOString()).toBe(new Date(due).toISOString());
	});
});

test('golden: a late signal turns a planned no-show into an attendee, until the mail is gone', () => {
	expect(decide(null, 'no-show')).toBe('plan');
	expect(decide({ class: 'no-show', sentAt: null }, 'stayed')).toBe('change');
	expect(decide({ class: 'no-show', sentAt: new Date() }, 'stayed')).toBe('keep');
	expect(decide({ class: 'stayed', sentAt: null }, 'stayed')).toBe('keep');
});
