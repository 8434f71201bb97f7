import { expect, test } from 'vitest';

import { partsOf, seriesOf } from './series.ts';

const item = (type: string, slug: string, series: string | null, day: number, number = '') => ({
	type,
	slug,
	series,
	number,
	publishedAt: new Date(Date.UTC(2026, 0, day)),
});
const lists: Record<string, unknown[]> = {
	white_papers: [
		item('white_papers', 'ten', 's', 1, 'WP-10'),
		item('white_papers', 'two', 's', 9, 'WP-02'),
		item('white_papers', 'other', 'o', 1, 'WP-01'),
	],
	articles: [item('articles', 'late', 's', 9), item('articles', 'early', 's', 2), item('articles', 'none', null, 3)],
	webinars: [item('webinars', 'talk', 's', 1)],
};
const terms = ['s', 'o', 'empty'].map((slug) => ({ kind: 'series', slug }));
const content = { all: (type: string) => lists[type] ?? [], snapshot: { terms: [...terms, { kind: 'topic', slug: 's' }] } } as never;

test('papers come by their number, then articles and webinars from the oldest', () => {
	expect(partsOf('s', content).map(({ slug }) => slug)).toEqual(['two', 'ten', 'early', 'late', 'talk']);
});

test('a series without anything to read is not listed', () => {
	expect(seriesOf(content).map(({ term, parts }) => [term.slug, parts.length])).toEqual([
		['s', 5],
		['o', 1],
	]);
});
