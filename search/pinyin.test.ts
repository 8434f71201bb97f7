import { describe, expect, test } from 'vitest';

import { namesTyped, typedNames } from './pinyin.ts';

const names = typedNames(['变频器', '伺服驱动器', '变压器', '能效', 'IO-Link 入门', 'Encoders']);
const found = (q: string): string[] => namesTyped(q, names).map(({ name }) => name);

test('a name is typed by its syllables or their first letters', () => {
	expect(names[0]).toEqual({ name: '变频器', syllables: 'bianpinqi', initials: 'bpq' });
	expect(names.map(({ name }) => name)).not.toContain('Encoders');
});

describe('pinyin finds', () => {
	test.each([
		['bianpinqi', ['变频器']],
		['Bian pin qi', ['变频器']],
		["bian'pin", ['变频器']],
		['bpq', ['变频器']],
		['bian', ['变频器', '变压器']],
		['sfqd', ['伺服驱动器']],
		['b', []],
		['变频', []],
		['hx1', []],
		['', []],
	])('%s: %j', (q, expected) => expect(found(q)).toEqual(expected));
});
