import { describe, expect, test } from 'vitest';

import { isNarrowed, narrowed, readWebinarFilter } from './webinar-filter.ts';

const view = (name: string, status: string, over: object = {}) => ({
	name,
	status,
	webinar: { topics: ['sizing'], industries: ['packaging'], series: 'fundamentals', languages: ['en', 'zh-CN'] as const, ...over },
});
const views = [
	view('a', 'scheduled'),
	view('b', 'on-demand', { topics: ['safety'] }),
	view('c', 'ended', { series: null, industries: [] }),
	view('d', 'live', { languages: ['zh-CN'] }),
];

describe('the list of webinars', () => {
	test.each([
		['', 'abc'],
		['show=coming', 'a'],
		['show=recordings', 'bc'],
		['topic=safety', 'b'],
		['industry=packaging', 'ab'],
		['series=fundamentals&topic=sizing', 'a'],
		['language=zh-CN', 'abcd'],
		['language=fr', 'abc'],
		['topic=none', ''],
	])('narrowed by "%s"', (query, names) => {
		const filter = readWebinarFilter(new URLSearchParams(query));
		expect(
			narrowed(views, filter, 'en')
				.map(({ name }) => name)
				.join(''),
		).toBe(names);
		expect(isNarrowed(filter)).toBe(query !== '');
	});
});
