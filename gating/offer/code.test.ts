import { expect, test } from 'vitest';

import { systemRandom } from '#kernel/id.ts';

import { newCode, ownPart, prefixOf } from './code.ts';

test('a code is read back from whatever a hurried person types of it', () => {
	const code = newCode('HC1-TEST-2611', () => Buffer.from([7, 20, 0, 1, 31, 9, 10, 11]));
	expect(code).toBe('HC1-TEST-2611-7M01-Z9AB');
	for (const typed of [code, code.toLowerCase(), '7M01Z9AB', ' 7m01 z9ab ', '7MO1-Z9AB', '7MoI Z9AB', '７Ｍ０１Ｚ９ＡＢ'])
		expect([typed, ownPart(typed)]).toEqual([typed, '7M01Z9AB']);
	expect(ownPart('7M01')).toBeNull();
	expect(ownPart('')).toBeNull();
});

test('codes do not repeat, and hold letters that are read back as they are', () => {
	const codes = Array.from({ length: 5_000 }, () => newCode('X', systemRandom));
	expect(new Set(codes).size).toBe(5_000);
	for (const code of codes) expect(`X-${ownPart(code)?.slice(0, 4)}-${ownPart(code)?.slice(4)}`).toBe(code);
});

test('an offer without coupons lends its name', () =>
	expect([prefixOf('motor-course'), prefixOf('analysis-software-trial')]).toEqual(['MOTOR-COURSE', 'ANALYSIS']));
