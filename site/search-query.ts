import type { AstroGlobal } from 'astro';

import { LOCALES } from '#cms/content.ts';
import type { FacetName, SearchResult } from '#search';

const FACETS = ['type', 'topic', 'industry', 'role', 'category'] as const satisfies readonly FacetName[];
const LONGEST_QUERY = 200;
export const HITS_A_PAGE = 20;
/** With fewer hits than these, the other language is asked too. */
const FEW = 5;

const SORTS = ['relevance', 'newest'] as const;
type Sort = (typeof SORTS)[number];

export interface Found {
	readonly q: string;
	readonly chosen: readonly (readonly [string, string])[];
	/** What is kept of the words when searches are counted: a keyed hash, or undefined for none. */
	readonly queryHash: string | undefined;
	/** Null while search does not answer. */
	readonly result: SearchResult | null;
	readonly sort: Sort;
	/** How many hits there are in the other language, where this one has few or none; otherwise 0. */
	readonly elsewhere: number;
	/** The address of the page with other parameters. */
	readonly query: (changes: Readonly<Record<string, string | null>>) => string;
}

/** Reads the address of the search page and asks. A failing search is an answer too: the page then helps without it. */
export async function askSearch({ locals, url }: Pick<AstroGlobal, 'locals' | 'url'>): Promise<Found> {
	const { app, locale } = locals;
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
	const chosen = FACETS.flatMap((facet) =>
		url.searchParams
			.getAll(facet)
			.filter((value) => value !== '')
			.map((value) => [facet, value] as const),
	);
	const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
	const sort = SORTS.find((one) => one === url.searchParams.get('sort')) ?? 'relevance';
	const filters = Object.fromEntries(FACETS.map((facet) => [facet, chosen.filter(([name]) => name === facet).map(([, value]) => value)]));
	const query: Found['query'] = (changes) => {
		const next = new URLSearchParams([...(q === '' ? [] : [['q', q]]), ...chosen.map(([name, value]) => [name, value])]);
		if (sort !== 'relevance') next.set('sort', sort);
		for (const [name, value] of Object.entries(changes)) {
			if (value === null) next.delete(name);
			else next.set(name, value);
		}
		return next.size === 0 ? url.pathname : `${url.pathname}?${next.toString()}`;
	};
	const queryHash = q === '' ? undefined : app.gating.events.hashQuery(q);
	const told = { q, queryHash, chosen, query, sort };
	try {
		const result = await app.search.query({ q, locale, page, limit: HITS_A_PAGE, sort, ...filters });
		const other = LOCALES.find((one) => one !== locale);
		const isShort = q !== '' && chosen.length === 0 && (result.total < FEW || result.didYouMean !== null);
		const found = isShort && other ? await app.search.query({ q, locale: other, limit: 1 }) : null;
		return { ...told, result, elsewhere: found?.didYouMean === null ? found.total : 0 };
	} catch (error) {
		app.log.error({ err: error }, 'search failed');
		return { ...told, result: null, elsewhere: 0 };
	}
}
