import { expect, test } from 'vitest';

import { targetTyped } from './target.ts';

test('a typed target definition is read with either language’s commas; places keep their spaces', () => {
	const data = new FormData();
	for (const [name, value] of [
		['industries', 'packaging'],
		['industries', 'textile'],
		['countries', 'de， CN at'],
		['regions', 'Hong Kong、浙江, '],
		['jobRoles', 'engineering'],
	] as const)
		data.append(name, value);
	expect(targetTyped(data)).toEqual({
		industries: ['packaging', 'textile'],
		sizes: [],
		countries: ['DE', 'CN', 'AT'],
		regions: ['Hong Kong', '浙江'],
		jobRoles: ['engineering'],
	});
});
