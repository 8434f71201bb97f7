import { expect, test } from 'vitest';

import { runsOf, ticksTo } from './scale.ts';

test.each([
	[0, [0, 1]],
	[1, [0, 0.5, 1]],
	[7, [0, 2, 4, 6, 8]],
	[100, [0, 50, 100]],
	[1_234, [0, 500, 1_000, 1_500]],
	[0.03, [0, 0.01, 0.02, 0.03]],
])('an axis up to %d', (largest, ticks) => expect(ticksTo(largest)).toEqual(ticks));

test('a line stops where a value is missing', () => expect(runsOf([null, 1, 2, null, 0])).toEqual([[1, 2], [4]]));
