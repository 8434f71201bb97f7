import { expect, test } from 'vitest';

import { corrected, distance, vocabularyOf } from './spelling.ts';

const vocabulary = vocabularyOf([
	['bearing', 12],
	['bearings', 3],
	['maintenance', 9],
	['servo', 20],
	['serve', 1],
	['torque', 7],
	['轴', 4],
]);

test.each([
	['bearng', 'bearing'],
	['maintainance plan', 'maintenance plan'],
	['Trque “bearng”', 'torque “bearing”'],
	['servi', 'servo'],
	['bear', null],
	['brng', null],
	['轴承', null],
	['2048', null],
	['hx1p19', 'HX1-P18'],
	['HX1-P81', 'HX1-P18'],
	['hx1-p18', null],
	['', null],
])('%s is corrected to %s', (q, better) => expect(corrected(q, vocabulary, ['HX1-P18', 'HD3-2x08'])).toBe(better));

test.each([
	['ab', 'ba', 1],
	['kitten', 'sitting', 3],
	['abc', 'abc', 0],
	['', 'ab', 2],
	['abcdefgh', 'x', 3],
])('%s is %s edits away from …', (a, b, edits) => expect(distance(a, b, 2)).toBe(edits));
