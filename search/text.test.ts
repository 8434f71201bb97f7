import { describe, expect, test } from 'vitest';

import { codesIn, compact, fold, indexed, tokens } from './text.ts';

describe('fold', () => {
	test.each([
		['Karin Östlund', 'karin ostlund'],
		['ＨＸ１－Ｐ１８', 'hx1-p18'],
		['変频器 A²', '変频器 a2'],
		['N·m', 'n·m'],
		['變頻器與伺服驅動器', '变频器与伺服驱动器'],
		['Ｘ軸 Östlund', 'x轴 ostlund'],
	])('%s becomes %s', (text, folded) => expect(fold(text)).toBe(folded));
});

describe('indexed', () => {
	test.each([
		['22kW水泵', '22 kw 水 泵'],
		['变频器 HF3-2200', '变 频 器 hf3 2200'],
		['0.75 kW, IP65', '0 75 kw ip65'],
		['\u0000" OR title:*', 'or title'],
		['😀 ‏שלום', 'שלום'],
	])('%j becomes %j', (text, words) => expect(indexed(text)).toBe(words));
});

test('a token knows its place in the original, also where folding changes lengths', () => {
	expect(tokens('變頻器 22kW').map(({ text, start }) => [text, start])).toEqual([['变', 0], ['频', 1], ['器', 2], ['22', 4], ['kw', 6]]); // prettier-ignore
	const text = 'Ｏ́stlund ½ 扭矩㎏';
	const places = tokens(text).map(({ start, end }) => text.slice(start, end));
	expect(places).toEqual(['Ｏ́stlund', '½', '½', '扭', '矩', '㎏']);
});

test.each(['LC1D09', 'lc1-d09', 'LC1 D09', 'ＬＣ１Ｄ０９', 'LC1/D09'])('%s is one part number', (code) => expect(compact(code)).toBe('lc1d09'));

test('codes are words with letters and digits, and standards', () => {
	expect(codesIn('用HF3-2200调速，见 IEC 60034-30-1 与 HD3-2x08; 24 bit, plain-word, 2026-05-12')).toEqual(['hf32200', 'iec60034301', 'hd32x08']);
});
