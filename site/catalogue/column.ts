import { inLocale, type Locale, type LocalisedText, type Product } from '#cms/content.ts';

import { type ChoiceProperty, keyOf, type Option, type Property, type RangeProperty, tokensOf } from './property.ts';
import { isAbsent, parseQuantity, type Quantity, type Span } from './quantity.ts';

/** One comparable specification over all products of a shelf, as editors wrote it. */
export interface Column {
	readonly name: LocalisedText;
	readonly unit: string;
	/** By the product's place. */
	readonly values: Map<number, LocalisedText>;
	/** How often and how early it stands among the key figures. */
	weight: number;
}

/** Columns by name and unit, in the order of the specifications. */
export type Columns = Map<string, Column>;

const MOST_OPTIONS = 30;
const LONGEST_OPTION = 48;
const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Adds what can be compared of one product. */
export function addProduct(columns: Columns, product: Product, at: number): void {
	for (const { name, value, unit, isComparable } of product.specifications) {
		if (!isComparable) continue;
		const id = `${inLocale(name, 'en')}\n${unit}`;
		let column = columns.get(id);
		if (!column) columns.set(id, (column = { name, unit, values: new Map(), weight: 0 }));
		column.values.set(at, value);
		const place = product.figures.findIndex((figure) => figure.unit === unit && figure.value === inLocale(value, 'en'));
		if (place >= 0) column.weight += 1 / (place + 1);
	}
}

/** The property of a column, or null where it cannot tell products apart. Properties of one shelf have different keys. */
export function propertyOf(column: Column, hasNamesake: boolean, count: number, locale: Locale): Property | null {
	const key = keyOf(inLocale(column.name, 'en'), hasNamesake ? column.unit : '');
	const source = { name: inLocale(column.name, 'en'), unit: column.unit };
	const named = { key, source, name: inLocale(column.name, locale), weight: column.weight };
	if (key === '' || column.values.size < 2) return null;
	return rangeOf(column, named, count, locale) ?? (column.unit === '' ? choiceOf(column, named, count, locale) : null);
}

type Named = Pick<RangeProperty, 'key' | 'name' | 'weight' | 'source'>;

/** Null where the values are no quantities, or all the same. */
function rangeOf(column: Column, named: Named, count: number, locale: Locale): RangeProperty | null {
	const read = new Map<string, Quantity | null>();
	const spans = new Array<readonly Span[] | null>(count).fill(null);
	const units = new Set<string>();
	let unit = column.unit;
	let [low, high] = [Infinity, -Infinity];
	for (const [at, value] of column.values) {
		const text = inLocale(value, 'en');
		let quantity = read.get(text);
		if (quantity === undefined) read.set(text, (quantity = parseQuantity(text, column.unit)));
		if (!quantity) {
			if (column.unit === '' && !isAbsent(text)) return null;
			continue;
		}
		if (quantity.rest !== '' && column.unit === '') {
			units.add(quantity.rest);
			unit = parseQuantity(inLocale(value, locale), '')?.rest || quantity.rest;
		}
		if (units.size > 1) return null;
		spans[at] = quantity.spans;
		for (const [from, to] of quantity.spans) {
			if (from < low) low = from;
			if (to > high) high = to;
		}
	}
	return low < high ? { kind: 'range', ...named, unit, low, high, spans } : null;
}

/** Null where the words are sentences, or differ for every product of a larger shelf. */
function choiceOf(column: Column, named: Named, count: number, locale: Locale): ChoiceProperty | null {
	const options = new Map<string, Option>();
	const chosen = new Map<number, readonly string[]>();
	for (const [at, value] of column.values) {
		const tokens = tokensOf(inLocale(value, 'en'));
		const names = tokensOf(inLocale(value, locale));
		tokens.forEach((token, place) => {
			const known = options.has(token.toLowerCase());
			if (!known) options.set(token.toLowerCase(), { value: token, name: (names.length === tokens.length ? names[place] : undefined) ?? token });
		});
		if (options.size > MOST_OPTIONS || tokens.some((token) => token.length > LONGEST_OPTION)) return null;
		chosen.set(
			at,
			tokens.map((token) => token.toLowerCase()),
		);
	}
	if (options.size < 2) return null;
	const sorted = [...options].sort(([, a], [, b]) => COLLATOR.compare(a.value, b.value));
	const places = new Map(sorted.map(([id], place) => [id, place]));
	const picks = Array.from({ length: count }, (_none, at) => [...new Set(chosen.get(at)?.map((id) => places.get(id)!) ?? [])]);
	return { kind: 'choice', ...named, options: sorted.map(([, option]) => option), picks };
}
