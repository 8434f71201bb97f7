import type { Product } from '#cms/content.ts';

import type { ChoiceProperty, Option, Property, RangeProperty } from './property.ts';
import { folded, type Shelf } from './shelf.ts';
import { type Selection, toggled, without } from './selection.ts';

export const PRODUCTS_A_PAGE = 24;

export interface FacetOption extends Option {
	/** Products that have it, among those that pass the other properties' filters. */
	readonly count: number;
	readonly isChosen: boolean;
	/** With this value more, or without it. */
	readonly next: Selection;
}

export interface Facet {
	readonly property: ChoiceProperty;
	readonly options: readonly FacetOption[];
}

/** A property that is asked for, and what there would be if it were not. */
export interface Active {
	readonly key: string;
	/** Null for the words of `q`. */
	readonly property: Property | null;
	/** The chosen values of a choice, each with the selection without it; empty for a range and for words. */
	readonly chosen: readonly { readonly option: Option; readonly without: Selection }[];
	readonly without: Selection;
	/** Products left without it. */
	readonly countWithout: number;
}

export interface Browsed {
	/** Of the page. */
	readonly products: readonly Product[];
	readonly total: number;
	/** The page shown, from 1: the last one where the address asks for more. */
	readonly page: number;
	readonly pages: number;
	readonly facets: readonly Facet[];
	readonly active: readonly Active[];
}

interface Filter {
	readonly key: string;
	readonly property: Property | null;
	readonly fits: (at: number) => boolean;
}

const FITS = -1;
const FAR = -2;

/** What a selection shows: all its properties must fit, of a choice any chosen value; a range fits where it overlaps. */
export function browse(shelf: Shelf, selection: Selection): Browsed {
	const filters = filtersOf(shelf, selection);
	/** By place: it fits, fails only the filter of this number, or is far. */
	const standing = shelf.products.map((_product, at) => standingOf(filters, at));
	const places = shelf.order(selection.sort).filter((at) => standing[at] === FITS);
	const total = places.length;
	const pages = Math.max(1, Math.ceil(total / PRODUCTS_A_PAGE));
	const page = Math.min(selection.page, pages);
	const facets = shelf.properties
		.filter((property) => property.kind === 'choice')
		.map((property) =>
			facetOf(
				property,
				selection,
				standing,
				filters.findIndex(({ key }) => key === property.key),
			),
		);
	const active = filters.map((filter, number) => activeOf(filter, selection, total + standing.filter((own) => own === number).length));
	const products = places.slice((page - 1) * PRODUCTS_A_PAGE, page * PRODUCTS_A_PAGE).map((at) => shelf.products[at]!);
	return { products, total, page, pages, facets, active };
}

function filtersOf({ properties, texts }: Shelf, selection: Selection): readonly Filter[] {
	const filters: Filter[] = [];
	const words = selection.q
		.split(/\s+/)
		.map(folded)
		.filter((word) => word !== '');
	if (words.length > 0) filters.push({ key: 'q', property: null, fits: (at) => words.every((word) => texts[at]!.includes(word)) });
	for (const property of properties) {
		const fits = property.kind === 'range' ? rangeFits(property, selection) : choiceFits(property, selection);
		if (fits) filters.push({ key: property.key, property, fits });
	}
	return filters;
}

function rangeFits({ key, spans }: RangeProperty, { ranges }: Selection): Filter['fits'] | null {
	const asked = ranges.get(key);
	if (!asked) return null;
	const [min, max] = [asked.min ?? -Infinity, asked.max ?? Infinity];
	return (at) => spans[at]?.some(([low, high]) => high >= min && low <= max) ?? false;
}

function choiceFits({ key, options, picks }: ChoiceProperty, { choices }: Selection): Filter['fits'] | null {
	const asked = choices.get(key);
	if (!asked) return null;
	const isAsked = options.map(({ value }) => asked.includes(value));
	return (at) => picks[at]!.some((pick) => isAsked[pick]);
}

function standingOf(filters: readonly Filter[], at: number): number {
	let standing = FITS;
	for (let number = 0; number < filters.length; number++) {
		if (filters[number]!.fits(at)) continue;
		if (standing !== FITS) return FAR;
		standing = number;
	}
	return standing;
}

/** Counts what passes every other property's filter, so that within a facet a count says what the value alone would give. */
function facetOf(property: ChoiceProperty, selection: Selection, standing: readonly number[], own: number): Facet {
	const counts = new Uint32Array(property.options.length);
	for (let at = 0; at < standing.length; at++) {
		if (standing[at] !== FITS && (own < 0 || standing[at] !== own)) continue;
		for (const pick of property.picks[at]!) counts[pick]! += 1;
	}
	const chosen = selection.choices.get(property.key) ?? [];
	const options = property.options.map((option, place) => ({
		...option,
		count: counts[place]!,
		isChosen: chosen.includes(option.value),
		next: toggled(selection, property, option.value),
	}));
	return { property, options: options.filter(({ count, isChosen }) => count > 0 || isChosen) };
}

function activeOf({ key, property }: Filter, selection: Selection, countWithout: number): Active {
	const values = selection.choices.get(key) ?? [];
	const chosen =
		property?.kind === 'choice'
			? property.options
					.filter(({ value }) => values.includes(value))
					.map((option) => ({ option, without: toggled(selection, property, option.value) }))
			: [];
	return { key, property, chosen, without: without(selection, key), countWithout };
}
