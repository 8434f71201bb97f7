import { expect, test } from 'vitest';

import { linked } from './linked.ts';

test('addresses are cut out without the punctuation after them', () => {
	expect(linked('Open http://127.0.0.1:4321/c/abc, then read.')).toEqual([
		{ text: 'Open ', href: null },
		{ text: 'http://127.0.0.1:4321/c/abc', href: 'http://127.0.0.1:4321/c/abc' },
		{ text: ', then read.', href: null },
	]);
	expect(linked('请打开 https://x.example/zh-CN/c/1。').at(1)?.href).toBe('https://x.example/zh-CN/c/1');
});

test('other schemes and plain text stay text', () => expect(linked('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', href: null }]));
