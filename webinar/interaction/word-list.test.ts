import { describe, expect, test } from 'vitest';

import { blockedWord, readWords } from './word-list.ts';

const WORDS = ['scam', 'cheap pills', '代开发票', 'ＶＩＰ群'];

describe('the word list', () => {
	test.each([
		['This is a scam', 'scam'],
		['SCAM!', 'scam'],
		['ｓｃａｍ', 'scam'],
		['s c a m', 'scam'],
		['s.c.a.m', 'scam'],
		['sc\u200bam', 'scam'],
		['scám', 'scam'],
		['scampi for lunch', null],
		['a landscape of drives', null],
		['cheap   pills here', 'cheap pills'],
		['pills are not cheap', null],
		['低价代开发票,加微信', '代开发票'],
		['代 开 发 票', '代开发票'],
		['代·开·发·票', '代开发票'],
		['开发票据', null],
		['加入vip群', 'ＶＩＰ群'],
		['加入ＶＩＰ 群', 'ＶＩＰ群'],
		['', null],
	])('finds in “%s”: %s', (text, word) => {
		expect(blockedWord(text, WORDS)).toBe(word);
	});

	test('is read as it is typed: lines or commas of either width, each word once', () => {
		expect(readWords('scam, ＳＣＡＭ\n代开发票、垃圾；\n , ...\n')).toEqual(['ＳＣＡＭ', '代开发票', '垃圾']);
	});
});
