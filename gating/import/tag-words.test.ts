import { describe, expect, test } from 'vitest';

import { aTag } from '#tests/support/tags.ts';

import { tagCounter, tagFinder, tagWords } from './tag-words.ts';

const tags = [
	aTag('vip', 'Very important', '重要客户'),
	aTag('active-7', 'Active this week', '近7天活跃', { rule: { match: 'all', groups: [] } }),
	aTag('old-fair', 'Fair 2019', '2019展会', { isArchived: true }),
	aTag('energy-old', 'Energy', '节能', { isArchived: true }),
	aTag('energy', 'Energy', '节能', { expiryDays: 30 }),
];

describe('tags of a cell', () => {
	test.each([
		['VIP; Pumps', ['VIP', 'Pumps']],
		['重点客户、水泵；节能', ['重点客户', '水泵', '节能']],
		[' a  b ;;、 A B; ', ['a b']],
		['Food, beverage', ['Food, beverage']],
		['', []],
	])('%j are %j', (cell, words) => expect(tagWords(cell)).toEqual(words));
});

describe('a tag of a list', () => {
	const find = tagFinder(tags);

	test.each([
		['VIP', 'known', 'vip'],
		['very  IMPORTANT', 'known', 'vip'],
		['重要客户', 'known', 'vip'],
		['ＶＩＰ', 'known', 'vip'],
		['Active this week', 'ruled', 'active-7'],
		['Fair 2019', 'archived', 'old-fair'],
		['节能', 'known', 'energy'],
		['Spare parts', 'new', 'spare-parts'],
	])('%j is %s, by the code %s', (word, status, code) => expect(find(word)).toMatchObject({ status, code }));

	test('gets a code of its own that is the same each time, and is found by it later', () => {
		const { status, code } = find('水泵');
		expect({ status, code }).toEqual({ status: 'new', code: expect.stringMatching(/^list-[0-9a-f]{12}$/) });
		expect(tagFinder([...tags, aTag(code, 'Renamed', '改名')])('水泵')).toMatchObject({ status: 'known', code });
		expect(find('a').code).toMatch(/^list-/);
		expect(find('A+B')).not.toEqual(find('水泵'));
	});

	test('is counted under one spelling, new ones first', () => {
		const counter = tagCounter(find);
		for (const words of [['VIP'], ['vip', 'Spare parts'], ['重要客户']]) counter.add(words);
		expect(counter.all()).toEqual([
			{ word: 'Spare parts', status: 'new', rows: 1 },
			{ word: 'VIP', status: 'known', rows: 3 },
		]);
	});
});
