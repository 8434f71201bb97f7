import { expect, test } from 'vitest';

import type { ContentItem, Snapshot } from '#cms/content.ts';

import { textsFor } from '#kernel/texts/index.ts';

import { catalogueOf, nearness } from './catalogue.ts';
import { library, queryOf } from './library.ts';

const text = (words: string) => ({ en: words, 'zh-CN': words });
const item = (type: string, slug: string, more: object = {}) =>
	({
		type,
		slug,
		id: slug,
		languages: ['en'],
		title: text(slug),
		topics: [],
		industries: [],
		roles: [],
		stageRole: 'awareness',
		publishedAt: new Date('2026-01-01'),
		products: [],
		...more,
	}) as unknown as ContentItem;
const term = (kind: string, slug: string) => ({ id: slug, kind, slug, name: text(slug), summary: text('') });

const snapshot = {
	whitePapers: [
		item('white_papers', 'pumps', { topics: ['energy'], industries: ['water'], readingMinutes: 24, roles: ['maintenance'] }),
		item('white_papers', 'stops', { topics: ['safety'], readingMinutes: 15, languages: ['en', 'zh-CN'], publishedAt: new Date('2026-02-01') }),
	],
	cases: [item('cases', 'station', { topics: ['energy'], industry: 'water', body: text('one two'), stageRole: 'decision' })],
	articles: [item('articles', 'only-chinese', { languages: ['zh-CN'], topics: ['energy'] })],
	webinars: [],
	products: [],
	pages: [],
	categories: [],
	dealers: [],
	terms: [term('topic', 'energy'), term('topic', 'safety'), term('role', 'maintenance'), term('industry', 'water')],
} as unknown as Snapshot;
const ask = (query: string) => library(catalogueOf(snapshot, 'en'), new URLSearchParams(query), textsFor('en'));

test('filters join, and pieces of the other language stay away', () => {
	expect(ask('topic=energy').items.map(({ slug }) => slug)).toEqual(['pumps', 'station']);
	expect(ask('topic=energy&type=cases').items.map(({ slug }) => slug)).toEqual(['station']);
});

test('counts say what a choice would leave, whatever is chosen of the same facet', () => {
	const { facets } = ask('topic=energy&type=cases');
	expect(facets.type.map(({ value, count, isChosen }) => [value, count, isChosen])).toEqual([
		['white_papers', 1, false],
		['cases', 1, true],
	]);
	expect(facets.type[1]?.query).toBe('?topic=energy');
});

test.each([
	['', ['stops', 'pumps', 'station']],
	['sort=title', ['pumps', 'station', 'stops']],
	['sort=minutes', ['station', 'stops', 'pumps']],
	['role=maintenance', ['pumps']],
	['stage=decision', ['station']],
	['language=zh-CN', ['stops']],
	['kind=press', []],
	['page=99', ['stops', 'pumps', 'station']],
])('?%s shows %j', (query, slugs) => {
	expect(ask(query).items.map(({ slug }) => slug)).toEqual(slugs);
});

test('another order or page keeps the filters, and a filter starts at the first page', () => {
	const found = ask('topic=energy&sort=title&page=1');
	expect(found.queryFor({ page: 2 })).toBe('?topic=energy&sort=title&page=2');
	expect(found.queryFor({ sort: 'newest' })).toBe('?topic=energy');
	expect(found.facets.type[0]?.query).toBe('?type=white_papers&topic=energy&sort=title');
});

test('values that do not exist filter nothing', () => {
	expect(ask('topic=<script>&industry=none').items).toHaveLength(3);
	expect(queryOf({})).toBe('');
});

test('a product in common counts more than a topic', () => {
	const paper = item('white_papers', 'a', { products: ['hd3'], topics: ['energy'] });
	expect(nearness(paper, item('cases', 'b', { products: ['hd3'] }))).toBeGreaterThan(nearness(paper, item('cases', 'c', { topics: ['energy'] })));
});
