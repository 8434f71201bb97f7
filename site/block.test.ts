import { expect, test } from 'vitest';

import { placesIn } from './block.ts';

const of = (...audiences: readonly string[]) => audiences.map((word) => ({ audience: word === '' ? [] : [word] }));

test('a block for some stands instead of the one before it that is for everybody', () => {
	expect(placesIn(of('', '', 'maintenance', 'purchasing', ''))).toEqual([
		{ name: 'block.1', usual: 0, variants: [] },
		{ name: 'block.2', usual: 1, variants: [2, 3] },
		{ name: 'block.5', usual: 4, variants: [] },
	]);
});

test('where nothing stands before it, others get nothing there', () => {
	expect(placesIn(of('maintenance', 'purchasing', ''))).toEqual([
		{ name: 'block.1', usual: null, variants: [0, 1] },
		{ name: 'block.3', usual: 2, variants: [] },
	]);
});
