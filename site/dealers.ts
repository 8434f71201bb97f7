import type { Category, Dealer, Locale, LocalisedText, Product } from '#cms/content.ts';
import type { Gating, Place } from '#gating';
import { fill } from '#kernel/texts/index.ts';

import type { Catalogue } from './catalogue.ts';
import type { FacetChoice } from './library.ts';

export const DEALER_FILTERS = ['category', 'country'] as const;
type Filters = Readonly<Partial<Record<(typeof DEALER_FILTERS)[number] | 'product', string>>>;
/** What a search is near to: a place that was typed, or the browser's own rounded position. */
export interface Near {
	readonly text: string;
	/** The place it is taken for; null for a position, and for a text that is no place we know. */
	readonly place: Place | null;
	/** Other places of that name. */
	readonly others: readonly Place[];
	readonly isUnknown: boolean;
}

export interface DealerList {
	readonly near: Near | null;
	readonly product: Product | null;
	/** By distance where something is searched near, else by country. `km` is null then. */
	readonly dealers: readonly { readonly dealer: Dealer; readonly km: number | null }[];
	readonly facets: Readonly<Record<(typeof DEALER_FILTERS)[number], readonly FacetChoice[]>>;
	/** Query without what was searched near, without filters, and of another place. */
	readonly query: { readonly all: string; readonly unfiltered: string; at(place: Place): string };
	/** Hidden fields that a new search keeps. */
	readonly keep: readonly (readonly [string, string])[];
}

const POSITION = /^(-?\d{1,2}(?:\.\d)?),(-?\d{1,3}(?:\.\d)?)$/;

/** The dealers that the query of an address asks for. Unknown values filter nothing. */
export function dealerList(content: Catalogue, tools: Gating['dealers'], query: URLSearchParams, locale: Locale): DealerList {
	const { snapshot } = content;
	const all = snapshot.dealers;
	const product = content.products([query.get('product') ?? '']).at(0) ?? null;
	const filters: Filters = {
		...(product ? { product: product.slug } : {}),
		...known('category', query, new Set(all.flatMap(({ categories }) => categories))),
		...known('country', query, new Set(all.map(({ country }) => country))),
	};
	const { near, point } = nearOf(tools, query, filters.country ?? null);
	const place = searched(query);
	const fits = (dealer: Dealer, chosen: Filters): boolean =>
		(chosen.product === undefined || product === null || sells(dealer, product, snapshot.categories)) &&
		(chosen.category === undefined || dealer.categories.includes(chosen.category)) &&
		(chosen.country === undefined || dealer.country === chosen.country);
	const left = all.filter((dealer) => fits(dealer, filters));
	const names = { category: categoryNames(all, snapshot.categories, locale), country: countryNames(all, locale) };
	const choices = (facet: (typeof DEALER_FILTERS)[number]): FacetChoice[] => {
		const { [facet]: own, ...others } = filters;
		const rest = all.filter((dealer) => fits(dealer, others));
		const has = (dealer: Dealer, value: string) => (facet === 'country' ? dealer.country === value : dealer.categories.includes(value));
		return [...names[facet]].flatMap(([value, name]) => {
			const count = rest.filter((dealer) => has(dealer, value)).length;
			const isChosen = own === value;
			return count > 0 || isChosen
				? [{ value, name, count, isChosen, query: queryOf(place, isChosen ? others : { ...filters, [facet]: value }) }]
				: [];
		});
	};
	return {
		near,
		product,
		dealers: point
			? tools.nearest(left, point).map(({ item, km }) => ({ dealer: item, km }))
			: byCountry(left, locale).map((dealer) => ({ dealer, km: null })),
		facets: { category: choices('category'), country: choices('country') },
		query: {
			all: queryOf({}, filters),
			unfiltered: queryOf(place, {}),
			at: ({ latitude, longitude }) => queryOf({ at: `${latitude.toFixed(1)},${longitude.toFixed(1)}` }, filters),
		},
		keep: Object.entries(filters),
	};
}

/** True for a dealer that has the product, or the category it belongs to at any level. */
export function sells({ products, categories }: Dealer, product: Product, all: readonly Category[]): boolean {
	if (products.includes(product.slug)) return true;
	const parents = new Map(all.map(({ slug, parent }) => [slug, parent]));
	for (let at: string | null | undefined = product.category, depth = 0; at && depth < 5; at = parents.get(at), depth++) {
		if (categories.includes(at)) return true;
	}
	return false;
}

/** `Stuttgart, Germany`, `德国斯图加特`. */
export function placeName({ name, country }: { readonly name: LocalisedText; readonly country: string }, locale: Locale, pattern: string): string {
	return fill(pattern, { city: name[locale] || name.en, country: countryName(country, locale) });
}

/** `620 km`: whole tens from 100 on, since a place is a point and a city is not. */
export function roundKm(km: number): number {
	return km < 10 ? Math.max(1, Math.round(km)) : km < 100 ? Math.round(km / 5) * 5 : Math.round(km / 10) * 10;
}

const REGIONS: Readonly<Record<Locale, Intl.DisplayNames>> = {
	en: new Intl.DisplayNames(['en-GB'], { type: 'region' }),
	'zh-CN': new Intl.DisplayNames(['zh-CN'], { type: 'region' }),
};
const LANGUAGES: Readonly<Record<Locale, Intl.DisplayNames>> = {
	en: new Intl.DisplayNames(['en-GB'], { type: 'language' }),
	'zh-CN': new Intl.DisplayNames(['zh-CN'], { type: 'language' }),
};

export const countryName = (country: string, locale: Locale): string => nameOf(REGIONS[locale], country);
export const languageName = (language: string, locale: Locale): string => nameOf(LANGUAGES[locale], language.replace(/^zh(-.*)?$/, 'zh'));

/** Codes come from editors: one that is none stands for itself. */
function nameOf(names: Intl.DisplayNames, code: string): string {
	try {
		return names.of(code) ?? code;
	} catch {
		return code;
	}
}

function nearOf(tools: Gating['dealers'], query: URLSearchParams, country: string | null) {
	const position = POSITION.exec(query.get('at') ?? '');
	if (position) {
		const point = { latitude: Number(position[1]), longitude: Number(position[2]) };
		return { near: { text: '', place: null, others: [], isUnknown: false }, point };
	}
	const text = (query.get('near') ?? '').trim().slice(0, 80);
	if (text === '') return { near: null, point: null };
	const [place = null, ...others] = tools.places(text, country);
	return { near: { text, place, others, isUnknown: place === null }, point: place };
}

function searched(query: URLSearchParams): Readonly<Record<string, string>> {
	return Object.fromEntries(['near', 'at'].flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
}

function known(facet: string, query: URLSearchParams, values: ReadonlySet<string>): Filters {
	const value = query.get(facet) ?? '';
	return values.has(value) ? { [facet]: value } : {};
}

function queryOf(near: Readonly<Record<string, string>>, filters: Filters): string {
	const query = new URLSearchParams({ ...near, ...(filters as Record<string, string>) }).toString();
	return query === '' ? '' : `?${query}`;
}

function categoryNames(dealers: readonly Dealer[], categories: readonly Category[], locale: Locale): ReadonlyMap<string, string> {
	const sold = new Set(dealers.flatMap((dealer) => dealer.categories));
	return new Map(categories.filter(({ slug }) => sold.has(slug)).map(({ slug, name }) => [slug, name[locale] || name.en]));
}

function countryNames(dealers: readonly Dealer[], locale: Locale): ReadonlyMap<string, string> {
	const countries = [...new Set(dealers.map(({ country }) => country))];
	const named = countries.map((country) => [country, countryName(country, locale)] as const);
	return new Map(named.sort(([, a], [, b]) => a.localeCompare(b, locale)));
}

function byCountry(dealers: readonly Dealer[], locale: Locale): readonly Dealer[] {
	const key = ({ country, name }: Dealer) => `${countryName(country, locale)} ${name[locale] || name.en}`;
	return [...dealers].sort((a, b) => key(a).localeCompare(key(b), locale));
}
