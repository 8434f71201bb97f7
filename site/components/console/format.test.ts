import { expect, test } from 'vitest';

import { pointsText, shortMoment, splitPoints } from './format.ts';

test.each([
	[1_250, '12.50'],
	[5, '0.05'],
	[-300, '−3.00'],
	[-7, '−0.07'],
	[0, '0.00'],
])('%i hundredths are %s', (hundredths, text) => {
	const { whole, decimals } = splitPoints(hundredths);
	expect(whole + decimals).toBe(text);
});

test('a sign is shown where lines add up', () => expect(splitPoints(1_000, true).whole).toBe('+10'));
test('a sentence needs no empty decimals', () => expect([pointsText(6_000), pointsText(6_050)]).toEqual(['60', '60.50']));
test('moments are told in the company’s zone', () => {
	const at = new Date('2026-11-24T23:04:00Z');
	expect(shortMoment(at, 'en', 'Europe/Berlin')).toBe('25 Nov 2026, 00:04');
	expect(shortMoment(at, 'zh-CN', 'Asia/Shanghai')).toBe('2026/11/25 07:04');
});
