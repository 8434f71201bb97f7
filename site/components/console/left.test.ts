import { expect, test } from 'vitest';

import { leftText } from './left.ts';

const words = {
	left: '{time} left',
	overdue: '{time} overdue',
	days: '{days} d {hours} h',
	hours: '{hours} h {minutes} min',
	minutes: '{minutes} min',
};
const MINUTE_MS = 60_000;

test.each([
	[0, '0 min left'],
	[59, '59 min left'],
	[60, '1 h 0 min left'],
	[24 * 60 - 1, '23 h 59 min left'],
	[24 * 60, '1 d 0 h left'],
	[-1, '1 min overdue'],
	[-50 * 60, '2 d 2 h overdue'],
])('%i minutes: %s', (minutes, expected) => {
	expect(leftText(minutes * MINUTE_MS, words)).toBe(expected);
});
