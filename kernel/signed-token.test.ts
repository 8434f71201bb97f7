import { describe, expect, test } from 'vitest';

import { systemRandom } from './id.ts';
import { createKeys } from './keys.ts';
import { readToken, signToken } from './signed-token.ts';

const keys = createKeys([{ id: 'k1', key: systemRandom(32) }], systemRandom);
const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T10:15:00Z');
const token = signToken(keys, 'download', 'grant~1', later);

describe('signed tokens', () => {
	test('are valid until the instant they end', () => {
		expect(readToken(keys, 'download', token, now)).toEqual({ status: 'valid', subject: 'grant~1' });
		expect(readToken(keys, 'download', token, new Date(later.getTime() - 1)).status).toBe('valid');
		expect(readToken(keys, 'download', token, later)).toEqual({ status: 'expired', subject: 'grant~1' });
	});

	test('without an end hold on', () => {
		expect(readToken(keys, 'join', signToken(keys, 'join', 'r1', null), new Date('2100-01-01')).status).toBe('valid');
	});

	test.each([
		['another purpose', 'confirm', token],
		['a changed subject', 'download', `${Buffer.from('~other').toString('base64url')}.${token.split('.')[1]}`],
		['a cut signature', 'download', token.slice(0, -1)],
		['no signature', 'download', token.split('.')[0]!],
		['nothing', 'download', ''],
		['a dot', 'download', '.'],
		['a very long text', 'download', 'a'.repeat(100_000)],
	] as const)('are refused with %s', (_name, purpose, text) => {
		expect(readToken(keys, purpose, text, now)).toEqual({ status: 'invalid' });
	});
});
