import type { Locale, Product, Specification } from '#cms/content.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { catalogueOf } from '#site/catalogue.ts';
import type { Shelf } from '#site/catalogue/shelf.ts';
import { shelfOf } from '#site/catalogue/shelf-of.ts';

import { sampleContent } from './sample-content.ts';

const SAMPLE = sampleContent();
const both = (text: string) => ({ en: text, 'zh-CN': text });

/** A product with comparable specifications, written `name: value unit`; the first two are its key figures. */
export function productWith(
	slug: string,
	specs: Readonly<Record<string, readonly [value: string, unit?: string]>>,
	more: Partial<Product> = {},
): Product {
	const [sample] = SAMPLE.products;
	const specifications: Specification[] = Object.entries(specs).map(([name, [value, unit = '']]) => ({
		group: both('Data'),
		name: both(name),
		value: both(value),
		unit,
		isComparable: true,
	}));
	const figures = specifications.slice(0, 2).map(({ name, value, unit }) => ({ name, value: value.en, unit }));
	const named = { id: slug, slug, partNumber: slug.toUpperCase(), title: both(`Product ${slug}`), category: 'things', rootCategory: 'things' };
	return { ...sample!, industries: [], topics: [], documents: [], ...named, specifications, figures, ...more };
}

/** The shelf of `products`, as a category page has it. */
export function shelfWith(products: readonly Product[], locale: Locale = 'en'): Promise<Shelf> {
	const things = { id: 'things', slug: 'things', parent: null, name: both('Things'), summary: both(''), intro: both(''), picture: null };
	const snapshot = { ...SAMPLE, products, categories: [things] };
	return shelfOf(catalogueOf(snapshot, locale), 'things', textsFor(locale));
}

/** The shelf of a category of the sample company. */
export function sampleShelf(category: string, locale: Locale = 'en'): Promise<Shelf> {
	return shelfOf(catalogueOf(SAMPLE, locale), category, textsFor(locale));
}
