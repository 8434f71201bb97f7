import { expect, test } from 'vitest';

import type { Category } from '#cms/content.ts';
import { sampleContent } from '#tests/support/sample-content.ts';
import { productWith } from '#tests/support/shelves.ts';

import { catalogueOf } from './catalogue.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const category = (slug: string, parent: string | null): Category => ({
	id: slug,
	slug,
	parent,
	name: both(slug),
	summary: both(''),
	intro: both(''),
	picture: null,
});
const sample = sampleContent();
const content = catalogueOf(
	{
		...sample,
		categories: [
			category('motors', null),
			category('servo', 'motors'),
			category('empty', 'motors'),
			category('round', 'about'),
			category('about', 'round'),
		],
		products: [
			productWith('a', {}, { category: 'motors' }),
			productWith('b', {}, { category: 'servo' }),
			productWith('c', {}, { category: 'servo', languages: ['zh-CN'] }),
			productWith('d', {}, { category: 'round' }),
		],
	},
	'en',
);
const slugs = (items: readonly { readonly slug: string }[]) => items.map(({ slug }) => slug);

test('a category has the products of all below it, in the reader’s language', () => {
	expect(slugs(content.productsOf('motors'))).toEqual(['a', 'b']);
	expect(slugs(content.productsOf('servo'))).toEqual(['b']);
	expect(content.productsOf('nothing')).toEqual([]);
});

test('the way down to a category begins at the top', () => {
	expect(slugs(content.lineOf('servo'))).toEqual(['motors', 'servo']);
	expect(content.lineOf('nothing')).toEqual([]);
});

test('sub-categories without products are not offered', () => {
	expect(slugs(content.categoriesIn('motors'))).toEqual(['servo']);
	expect(slugs(content.categoriesIn(null))).toEqual(['motors']);
});

test('an editor’s circle of categories ends where it closes', () => {
	expect(slugs(content.lineOf('round'))).toEqual(['about', 'round']);
	expect(slugs(content.productsOf('about'))).toEqual(['d']);
});
