import { ARTICLE_KINDS, type ContentItem, type ContentType, type Locale, LOCALES } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/texts.ts';

import type { Catalogue } from './catalogue.ts';
import { minutesOf } from './piece.ts';

export const LIBRARY_TYPES = ['white_papers', 'cases', 'articles', 'webinars'] as const satisfies readonly ContentType[];
export const LIBRARY_FACETS = ['type', 'kind', 'topic', 'industry', 'role', 'stage', 'language'] as const;
export const LIBRARY_SORTS = ['newest', 'title', 'minutes'] as const;
export type LibraryFacet = (typeof LIBRARY_FACETS)[number];
export type LibrarySort = (typeof LIBRARY_SORTS)[number];
export type Filters = Readonly<Partial<Record<LibraryFacet, string>>>;

/** Pieces a page of the library shows. */
export const PAGE_SIZE = 12;

export interface FacetChoice {
	readonly value: string;
	readonly name: string;
	/** Pieces that would be left, with the other filters as they are. */
	readonly count: number;
	readonly isChosen: boolean;
	/** Query that chooses it, or lets go of it. */
	readonly query: string;
}

export interface Library {
	readonly filters: Filters;
	readonly sort: LibrarySort;
	/** All that fit, in order. */
	readonly found: number;
	/** Those of this page. */
	readonly items: readonly ContentItem[];
	/** From 1. */
	readonly page: number;
	readonly pages: number;
	readonly facets: Readonly<Record<LibraryFacet, readonly FacetChoice[]>>;
	/** Query of another order, or another page, with the filters as they are. */
	queryFor(change: { readonly sort?: LibrarySort; readonly page?: number }): string;
}

/** What the library shows for the query of its address. Unknown values filter nothing, a page too far is the last one. */
export function library(content: Catalogue, query: URLSearchParams, texts: Texts): Library {
	const all: readonly ContentItem[] = LIBRARY_TYPES.flatMap((type) => content.all(type) as readonly ContentItem[]);
	const names = namesOf(content, texts);
	const filters: Filters = Object.fromEntries(
		LIBRARY_FACETS.map((facet) => [facet, query.get(facet) ?? ''] as const).filter(([facet, value]) => names[facet].has(value)),
	);
	const sort = LIBRARY_SORTS.find((name) => name === query.get('sort')) ?? 'newest';
	const fits = (item: ContentItem, chosen: Filters): boolean =>
		LIBRARY_FACETS.every((facet) => chosen[facet] === undefined || valuesOf(item, facet).includes(chosen[facet]));
	const found = all.filter((item) => fits(item, filters)).sort(ORDERS[sort](content.locale));
	const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
	const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1));

	const choices = (facet: LibraryFacet): FacetChoice[] => {
		const { [facet]: own, ...others } = filters;
		const left = all.filter((item) => fits(item, others));
		return [...names[facet]]
			.map(([value, name]) => ({
				value,
				name,
				count: left.filter((item) => valuesOf(item, facet).includes(value)).length,
				isChosen: own === value,
				query: queryOf(own === value ? others : { ...filters, [facet]: value }, { sort }),
			}))
			.filter((choice) => choice.count > 0 || choice.isChosen);
	};
	return {
		filters,
		sort,
		found: found.length,
		items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
		page,
		pages,
		facets: Object.fromEntries(LIBRARY_FACETS.map((facet) => [facet, choices(facet)])) as Record<LibraryFacet, FacetChoice[]>,
		queryFor: (change) => queryOf(filters, { sort, ...change }),
	};
}

/** `?type=…&topic=…`, always in one order and without what goes without saying, or `''`. */
export function queryOf(filters: Filters, { sort = 'newest', page = 1 }: { readonly sort?: LibrarySort; readonly page?: number } = {}): string {
	const query = new URLSearchParams(LIBRARY_FACETS.flatMap((facet) => (filters[facet] === undefined ? [] : [[facet, filters[facet]]])));
	if (sort !== 'newest') query.set('sort', sort);
	if (page > 1) query.set('page', String(page));
	return query.size === 0 ? '' : `?${query.toString()}`;
}

const byDate = (a: ContentItem, b: ContentItem): number => b.publishedAt.getTime() - a.publishedAt.getTime();

const ORDERS: Readonly<Record<LibrarySort, (locale: Locale) => (a: ContentItem, b: ContentItem) => number>> = {
	newest: () => byDate,
	title: (locale) => (a, b) => a.title[locale].localeCompare(b.title[locale], locale),
	minutes: (locale) => (a, b) => minutesOf(a, locale) - minutesOf(b, locale) || byDate(a, b),
};

function namesOf({ snapshot, locale }: Catalogue, { site, content }: Texts): Readonly<Record<LibraryFacet, ReadonlyMap<string, string>>> {
	const terms = (kind: string) => new Map(snapshot.terms.filter((term) => term.kind === kind).map((term) => [term.slug, term.name[locale]]));
	return {
		type: new Map(LIBRARY_TYPES.map((type) => [type, site.types[type]])),
		kind: new Map(ARTICLE_KINDS.map((kind) => [kind, site.articleKind[kind]])),
		topic: terms('topic'),
		industry: terms('industry'),
		role: terms('role'),
		stage: new Map(Object.entries(content.stages)),
		language: new Map(LOCALES.map((language) => [language, content.documentLanguages[language === 'en' ? 'en' : 'zh']])),
	};
}

function valuesOf(item: ContentItem, facet: LibraryFacet): readonly string[] {
	switch (facet) {
		case 'type':
			return [item.type];
		case 'kind':
			return item.type === 'articles' ? [item.kind] : [];
		case 'topic':
			return item.topics;
		case 'industry':
			return item.type === 'cases' ? [item.industry, ...item.industries] : item.industries;
		case 'role':
			return item.roles;
		case 'stage':
			return 'stageRole' in item ? [item.stageRole] : [];
		case 'language':
			return item.languages;
	}
}
