import type { ContentItem, ContentType } from '#cms/content.ts';

import type { Catalogue } from './catalogue.ts';

export const LIBRARY_TYPES = ['white_papers', 'cases', 'articles', 'webinars'] as const satisfies readonly ContentType[];
export const LIBRARY_FACETS = ['type', 'topic', 'industry'] as const;
export type LibraryFacet = (typeof LIBRARY_FACETS)[number];
export type Filters = Readonly<Partial<Record<LibraryFacet, string>>>;

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
	/** Newest first. */
	readonly items: readonly ContentItem[];
	readonly facets: Readonly<Record<LibraryFacet, readonly FacetChoice[]>>;
}

/** What the library shows for the query of its address. Unknown values filter nothing. */
export function library(content: Catalogue, query: URLSearchParams, typeNames: Readonly<Record<string, string>>): Library {
	const all: readonly ContentItem[] = LIBRARY_TYPES.flatMap((type) => content.all(type) as readonly ContentItem[]).sort(
		(a, b) => b.publishedAt.getTime() - a.publishedAt.getTime(),
	);
	const names = namesOf(content, typeNames);
	const filters: Filters = Object.fromEntries(
		LIBRARY_FACETS.map((facet) => [facet, query.get(facet) ?? '']).filter(([facet, value]) => names[facet as LibraryFacet].has(value ?? '')),
	);
	const fits = (item: ContentItem, chosen: Filters): boolean =>
		LIBRARY_FACETS.every((facet) => chosen[facet] === undefined || valuesOf(item, facet).includes(chosen[facet]));

	const choices = (facet: LibraryFacet): FacetChoice[] => {
		const { [facet]: own, ...others } = filters;
		const left = all.filter((item) => fits(item, others));
		return [...names[facet]]
			.map(([value, name]) => ({
				value,
				name,
				count: left.filter((item) => valuesOf(item, facet).includes(value)).length,
				isChosen: own === value,
				query: queryOf(own === value ? others : { ...filters, [facet]: value }),
			}))
			.filter((choice) => choice.count > 0 || choice.isChosen);
	};
	return {
		filters,
		items: all.filter((item) => fits(item, filters)),
		facets: { type: choices('type'), topic: choices('topic'), industry: choices('industry') },
	};
}

/** `?type=…&topic=…`, always in one order, or `''`. */
export function queryOf(filters: Filters): string {
	const query = new URLSearchParams(LIBRARY_FACETS.flatMap((facet) => (filters[facet] === undefined ? [] : [[facet, filters[facet]]])));
	return query.size === 0 ? '' : `?${query.toString()}`;
}

function namesOf(
	{ snapshot, locale }: Catalogue,
	typeNames: Readonly<Record<string, string>>,
): Readonly<Record<LibraryFacet, ReadonlyMap<string, string>>> {
	const terms = (kind: string) => new Map(snapshot.terms.filter((term) => term.kind === kind).map((term) => [term.slug, term.name[locale]]));
	return { type: new Map(LIBRARY_TYPES.map((type) => [type, typeNames[type] ?? type])), topic: terms('topic'), industry: terms('industry') };
}

function valuesOf(item: ContentItem, facet: LibraryFacet): readonly string[] {
	if (facet === 'type') return [item.type];
	return facet === 'topic' ? item.topics : item.type === 'cases' ? [item.industry, ...item.industries] : item.industries;
}
