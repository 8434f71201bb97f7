import { setImmediate } from 'node:timers/promises';

import { inLocale, type Locale, type Product, type ProductDocument, type Term } from '#cms/content.ts';

import { addProduct, type Columns, propertyOf } from './column.ts';
import type { ChoiceProperty, Property, RangeProperty } from './property.ts';

/** The products of a category, ready to be narrowed. */
export interface Shelf {
	/** In the editors' order. */
	readonly products: readonly Product[];
	/** Main figures first, then as the specifications name them; what tells no products apart is left out. */
	readonly properties: readonly Property[];
	/** Lower case, without spaces and hyphens: names and part numbers. */
	readonly texts: readonly string[];
	/** Places of the products in an order: `name`, `part-number`, or the key of a main figure, with `.desc` from the largest. */
	order(by: string): readonly number[];
}

export interface ShelfWords {
	readonly locale: Locale;
	readonly industries: readonly Term[];
	readonly topics: readonly Term[];
	readonly names: Readonly<Record<'industry' | 'topic' | 'documents', string>>;
	readonly kinds: Readonly<Record<ProductDocument['kind'], string>>;
}

const KINDS = ['datasheet', 'cad', 'manual', 'certificate'] as const satisfies readonly ProductDocument['kind'][];
/** After so long a stretch of work other requests get their turn. */
const STRETCH_MS = 6;

/** Makes a shelf in short stretches, so that thousands of products do not hold up others. */
export async function createShelf(products: readonly Product[], words: ShelfWords): Promise<Shelf> {
	const pause = createPause();
	const columns: Columns = new Map();
	for (const [at, product] of products.entries()) {
		addProduct(columns, product, at);
		if (at % 50 === 0) await pause();
	}
	const names = Map.groupBy(columns.values(), (column) => inLocale(column.name, 'en'));
	const properties: Property[] = [];
	for (const column of columns.values()) {
		const hasNamesake = (names.get(inLocale(column.name, 'en'))?.length ?? 0) > 1;
		const property = propertyOf(column, hasNamesake, products.length, words.locale);
		if (property && !properties.some((other) => other.key === property.key)) properties.push(property);
		await pause();
	}
	const texts = products.map((product) => folded(`${inLocale(product.title, words.locale)}\n${product.partNumber}\n${product.slug}`));
	await pause();
	const sorted = [...properties].sort((a, b) => b.weight - a.weight);
	return Object.freeze<Shelf>({
		products,
		texts,
		properties: [...sorted, ...facetsOf(products, words)],
		order: createOrder(products, sorted, words.locale),
	});
}

/** A text as names and part numbers are looked up: `HM2 071` finds `HM2-071`. */
export function folded(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll(/[\s\u2060-]+/gu, '');
}

function createPause(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < STRETCH_MS) return;
		await setImmediate();
		since = performance.now();
	};
}

function facetsOf(products: readonly Product[], { industries, topics, names, kinds, locale }: ShelfWords): readonly ChoiceProperty[] {
	const named = (terms: readonly Term[]) => terms.map((term) => ({ value: term.slug, name: inLocale(term.name, locale) }));
	const facet = (
		key: 'industry' | 'topic' | 'documents',
		options: ChoiceProperty['options'],
		of: (product: Product) => readonly string[],
	): ChoiceProperty => {
		const places = new Map(options.map(({ value }, place) => [value, place]));
		const picks = products.map((product) => [...new Set(of(product))].flatMap((value) => places.get(value) ?? []));
		return { kind: 'choice', key, name: names[key], source: null, weight: 0, options, picks };
	};
	return [
		facet('industry', named(industries), (product) => product.industries),
		facet('topic', named(topics), (product) => product.topics),
		facet(
			'documents',
			KINDS.map((kind) => ({ value: kind, name: kinds[kind] })),
			(product) => product.documents.filter((document) => document.file !== null || document.isGated).map((document) => document.kind),
		),
	];
}

function createOrder(products: readonly Product[], properties: readonly Property[], locale: Locale): Shelf['order'] {
	const collator = new Intl.Collator(locale, { numeric: true });
	const kept = new Map<string, readonly number[]>();
	const ranges = new Map(properties.filter((property): property is RangeProperty => property.kind === 'range').map((range) => [range.key, range]));
	const places = products.map((_product, at) => at);
	const made = (by: string): readonly number[] => {
		if (by === 'name') return places.toSorted((a, b) => collator.compare(inLocale(products[a]!.title, locale), inLocale(products[b]!.title, locale)));
		if (by === 'part-number') return places.toSorted((a, b) => collator.compare(products[a]!.partNumber, products[b]!.partNumber));
		const range = ranges.get(by.replace(/\.desc$/, ''));
		return range ? byFigure(places, range, by.endsWith('.desc')) : places;
	};
	return (by) => {
		const known = kept.get(by);
		if (known) return known;
		const order = made(by);
		if (order !== places) kept.set(by, order);
		return order;
	};
}

/** Upwards by what they reach down to, downwards by what they reach up to; without the figure at the end. */
function byFigure(places: readonly number[], { spans }: RangeProperty, isDescending: boolean): readonly number[] {
	const ends = spans.map((own) => {
		if (!own) return Infinity;
		return isDescending ? -Math.max(...own.map(([, high]) => high)) : Math.min(...own.map(([low]) => low));
	});
	return places.toSorted((a, b) => (ends[a] === ends[b] ? a - b : ends[a]! - ends[b]!));
}
