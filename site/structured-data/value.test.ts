import { describe, expect, test } from 'vitest';

import { plain } from './plain.ts';
import { quantity } from './quantity.ts';
import { unitCode } from './unit-code.ts';

describe('a value of a specification', () => {
	test.each([
		['5.5', { kind: 'number', value: 5.5 }],
		['−20', { kind: 'number', value: -20 }],
		['20000', { kind: 'number', value: 20000 }],
		['47–63', { kind: 'range', from: 47, to: 63 }],
		['−20 to 40', { kind: 'range', from: -20, to: 40 }],
		['−20 至 40', { kind: 'range', from: -20, to: 40 }],
		['± 0.3', { kind: 'range', from: -0.3, to: 0.3 }],
		['3 × 380–480', { kind: 'words' }],
		['8 / 16', { kind: 'words' }],
		['≤ 5', { kind: 'words' }],
		['8 (option)', { kind: 'words' }],
		['1.2 × 10⁻⁹', { kind: 'words' }],
		['IP65', { kind: 'words' }],
		['63–47', { kind: 'words' }],
		['', { kind: 'words' }],
	])('%s', (value, read) => {
		expect(quantity(value)).toEqual(read);
	});
});

test.each([
	['kW', 'KWT'],
	['N·m', 'NU'],
	['min⁻¹', 'RPM'],
	['°C', 'CEL'],
	['V DC', null],
	['', null],
	['constructor', null],
])('the common code of %s is %s', (unit, code) => {
	expect(unitCode(unit)).toBe(code);
});

test.each([
	['**Bold** and *slanted* words, `code`', 'Bold and slanted words, code'],
	['See [the paper](/white-papers/x) and ![a drawing](/m.png).', 'See the paper and a drawing.'],
	['## Title\n\n- one\n- two\n\n1. first', 'Title one two first'],
	['| a | b |\n| --- | ---: |\n| 1 | 2 |', 'a b 1 2'],
	['Keep J_L, u_13 and 3 * 4 * 5 < 70', 'Keep J_L, u_13 and 3 * 4 * 5 < 70'],
	['<script>alert(1)</script>text', 'alert(1) text'],
])('the words of %j', (markdown, words) => {
	expect(plain(markdown)).toBe(words);
});
