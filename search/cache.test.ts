import { expect, test } from 'vitest';

import { createCache } from './cache.ts';

test('asks once for what is asked at the same time and again', async () => {
	const cache = createCache<number>(10, () => 1);
	let made = 0;
	const ask = () => cache.of('a', () => Promise.resolve(++made));
	expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
	expect(await ask()).toBe(1);
	cache.clear();
	expect(await ask()).toBe(2);
});

test('lets the longest unused go when results weigh too much, and keeps no failure', async () => {
	const cache = createCache<string>(2, () => 1);
	const ask = (key: string, value = key) => cache.of(key, () => Promise.resolve(value));
	await ask('a');
	await ask('b');
	await ask('a');
	await ask('c');
	expect([await ask('a', 'new'), await ask('b', 'new')]).toEqual(['a', 'new']);
	await expect(cache.of('d', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
	expect(await ask('d', 'back')).toBe('back');
});
