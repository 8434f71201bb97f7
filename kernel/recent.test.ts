import { expect, test } from 'vitest';

import { createRecent, createRecentOwned } from './recent.ts';

test('keeps at most its size, and what was used lately', () => {
	const recent = createRecent<number, string>(10);
	for (let n = 0; n < 100; n++) {
		recent.set(n, String(n));
		recent.get(0);
	}
	expect(recent.get(0)).toBe('0');
	expect(recent.get(97)).toBe('97');
	expect(Array.from({ length: 100 }, (_, n) => recent.get(n)).filter(Boolean).length).toBeLessThanOrEqual(10);
});

test('what is deleted or replaced is not found again', () => {
	const recent = createRecent<string, number>(4);
	for (const key of ['a', 'b', 'c', 'd']) recent.set(key, 1);
	recent.set('a', 2);
	recent.delete('b');
	expect([recent.get('a'), recent.get('b')]).toEqual([2, undefined]);
	recent.clear();
	expect(recent.get('a')).toBeUndefined();
});

test('entries are found and dropped by their owners, also when they were not used for long', () => {
	const recent = createRecentOwned<string, { readonly owners: readonly string[] }>(6);
	for (const key of ['a', 'b', 'c', 'd', 'e']) recent.set(key, { owners: [key, key < 'c' ? 'early' : 'late'] });
	expect(recent.owned(['early'])).toHaveLength(2);
	expect(recent.drop(['late', 'a'])).toHaveLength(4);
	expect(['a', 'b', 'c', 'd', 'e'].filter((key) => recent.get(key))).toEqual(['b']);
});

test('a key that came to belong to somebody else goes with its owner of now', () => {
	const recent = createRecentOwned<string, { readonly owners: readonly string[] }>(6);
	recent.set('a', { owners: ['before'] });
	recent.set('a', { owners: ['now'] });
	expect(recent.drop(['before'])).toEqual([]);
	expect(recent.get('a')).toEqual({ owners: ['now'] });
	expect(recent.drop(['now'])).toHaveLength(1);
});
