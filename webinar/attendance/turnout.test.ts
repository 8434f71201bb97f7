import { expect, test } from 'vitest';

import { type Turnout, turnoutOf } from './turnout.ts';

const START = Date.UTC(2026, 2, 1, 9);
const at = (minutes: number): Date => new Date(START + minutes * 60_000);
const hour = { startsAt: at(0), endsAt: at(60) };

test.each<[string, number | null, number | null, number, Turnout]>([
	['nobody', null, null, 0, 'no-show'],
	['half a minute', 10, 10.5, 30, 'no-show'],
	['all of it', 0, 60, 3_600, 'stayed'],
	['came late and stayed', 40, 60, 1_200, 'stayed'],
	['left in the questions', 0, 52, 3_120, 'stayed'],
	['left half-way', 0, 30, 1_800, 'left-early'],
	['looked in at both ends', 0, 60, 300, 'left-early'],
])('%s: %j to %j min', (_name, from, to, seconds, turnout) => {
	expect(turnoutOf({ seconds, firstJoinedAt: from === null ? null : at(from), lastLeftAt: to === null ? null : at(to) }, hour)).toBe(turnout);
});
