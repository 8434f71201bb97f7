import { describe, expect, test } from 'vitest';

import { excerpt, formatDate, formatSize, tieUnits, unitAfter, wordsOf } from './format.ts';

test('numbers keep their units on the line', () => {
	expect(tieUnits('5 A at 3 × 400 V, 1,455 min⁻¹, 34.8 kg·cm², 62 %')).toBe(
		'5\u202fA at 3\u00a0×\u00a0400\u202fV, 1,455\u202fmin⁻¹, 34.8\u202fkg·cm², 62\u202f%',
	);
	expect(tieUnits('5 Axes, 12 Months, 3 hours')).toBe('5 Axes, 12 Months, 3 hours');
	expect(tieUnits('在 6 %的畸变率下')).toBe('在 6\u202f%的畸变率下');
	expect(unitAfter('')).toBe('');
});

test('a Chinese title breaks between words, never before a particle', () => {
	expect(wordsOf('水泵部分负荷运行的能耗').join('|')).toBe('水泵|部分|负荷|运行的|能耗');
});

describe('dates and sizes are written as the language does', () => {
	const date = new Date('2026-08-24T23:30:00Z');
	test('in the company’s zone', () => {
		expect(formatDate(date, 'en', 'Europe/Zurich')).toBe('25 August 2026');
		expect(formatDate(date, 'zh-CN', 'Europe/Zurich')).toBe('2026年8月25日');
	});
	test.each([
		[820_000, '820\u202fkB'],
		[1_420_000, '1.4\u202fMB'],
		[12, '1\u202fkB'],
	])('%i bytes', (bytes, text) => expect(formatSize(bytes, 'en')).toBe(text));
});

test('an excerpt ends at a word and loses marks', () => {
	expect(excerpt('**Bold** and a long text that goes on', 20)).toBe('Bold and a long…');
	expect(excerpt('Short', 20)).toBe('Short');
});

test('thousands that are set apart stay on one line, and numbers beside each other stay apart', () => {
	expect(tieUnits('1 485 min⁻¹ and 12 000 h')).toBe('1\u202f485\u202fmin⁻¹ and 12\u202f000\u202fh');
	expect(tieUnits('in 2026 8 of 12 plants, 3 1000 W lamps')).toContain('2026 8 of 12');
});
