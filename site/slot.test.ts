import { expect, test } from 'vitest';

import type { ContentItem, Slot } from '#cms/content.ts';

import { fillSlot, nextAfter } from './slot.ts';

const item = (type: string, slug: string, day: number, topics: readonly string[] = []): ContentItem =>
	({ type, slug, topics, publishedAt: new Date(Date.UTC(2026, 0, day)) }) as unknown as ContentItem;
const ITEMS = [
	item('white_papers', 'old', 1, ['sizing']),
	item('white_papers', 'new', 9, ['emc']),
	item('cases', 'press', 5, ['sizing']),
	item('articles', 'curve', 7, ['sizing', 'emc']),
];
const content = {
	at: (reference: string) => ITEMS.find(({ type, slug }) => `${type}/${slug}` === reference) ?? null,
	all: (type: string) => ITEMS.filter((one) => one.type === type) as never,
};
const slot = (own: Partial<Slot>): Slot => ({
	id: '1',
	slug: 's',
	name: { en: 'Slot', 'zh-CN': '推荐位' },
	pins: [],
	exclusions: [],
	fallback: [],
	types: [],
	topics: [],
	cap: null,
	stageRule: 'prefer',
	...own,
});
const slugs = (own: Partial<Slot>, limit = 9, besides: readonly ContentItem[] = []) =>
	fillSlot(slot(own), content, limit, besides).map(({ slug }) => slug);

test.each<[string, Partial<Slot>, readonly string[]]>([
	['a slot without anything is empty', {}, []],
	['pins keep their order', { pins: ['cases/press', 'white_papers/old'] }, ['press', 'old']],
	['what a pin names but nobody publishes is skipped', { pins: ['cases/gone', 'cases/press'] }, ['press']],
	['a query by type finds the newest first', { types: ['white_papers'] }, ['new', 'old']],
	['a query by topic searches every type, one of each in turn', { topics: ['sizing'] }, ['old', 'press', 'curve']],
	['a query over types takes the newest of each in turn', { types: ['white_papers', 'cases'] }, ['new', 'press', 'old']],
	['type and topic hold together', { types: ['white_papers'], topics: ['sizing'] }, ['old']],
	[
		'pins come before the query and the query before the fallback',
		{ pins: ['cases/press'], types: ['articles'], fallback: ['white_papers/old'] },
		['press', 'curve', 'old'],
	],
	['nothing appears twice', { pins: ['articles/curve'], types: ['articles'], fallback: ['articles/curve'] }, ['curve']],
	[
		'an exclusion holds against pins, query and fallback',
		{ pins: ['cases/press'], types: ['cases'], fallback: ['cases/press'], exclusions: ['cases/press'] },
		[],
	],
])('%s', (_rule, own, expected) => {
	expect(slugs(own)).toEqual(expected);
});

test('it stops at the limit and leaves out what the page shows already', () => {
	expect(slugs({ types: ['white_papers', 'cases', 'articles'] }, 2, [ITEMS[1]!])).toEqual(['press', 'curve']);
	expect(fillSlot(undefined, content, 3)).toEqual([]);
});

test('after a piece come the pins, then what is near, then the fallback, and never the piece itself', () => {
	const near = { ...content, relatedTo: () => [ITEMS[3]!] };
	const own = slot({ pins: ['cases/press'], fallback: ['white_papers/new', 'white_papers/old'], exclusions: ['white_papers/new'] });
	expect(nextAfter(ITEMS[2]!, own, near, 4).map(({ slug }) => slug)).toEqual(['curve', 'old']);
	expect(nextAfter(ITEMS[0]!, undefined, near, 4).map(({ slug }) => slug)).toEqual(['curve']);
});
