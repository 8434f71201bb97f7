import { expect, test } from 'vitest';

import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import { codeOf, isCode, readCode } from './code.ts';

const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);

test('a code has six digits, is the same each time, and another for each grant and key', () => {
	const other = createKeys([{ id: 'k1', key: Buffer.alloc(32, 6) }], systemRandom);
	const codes = Array.from({ length: 200 }, (_, at) => codeOf(keys, `grant-${at}`));
	expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
	expect(codeOf(keys, 'grant-0')).toBe(codes[0]);
	expect(new Set(codes).size).toBeGreaterThan(195);
	expect(codeOf(other, 'grant-0')).not.toBe(codes[0]);
	expect(isCode(keys, 'grant-0', codes[0]!)).toBe(true);
	expect(isCode(keys, 'grant-1', codes[0]!)).toBe(false);
});

test.each([
	['123456', '123456'],
	[' 123 456 ', '123456'],
	['123-456', '123456'],
	['１２３４５６', '123456'],
	['12345', null],
	['1234567', null],
	['12345a', null],
	['', null],
])('typed as “%s” a code is read as %s', (typed, code) => {
	expect(readCode(typed)).toBe(code);
});
