import type { AstroGlobal } from 'astro';

import type { FacetName, SearchResult } from '#search';

const FACETS = ['type', 'topic', 'industry', 'category'] as const satisfies readonly FacetName[];
const LONGEST_QUERY = 200;
export const HITS_A_PAGE = 20;

export interface Found {
	readonly q: string;
	readonly chosen: readonly (readonly [string, string])[];
	/** What is kept of the words when searches are counted: a keyed hash, or undefined for none. */
	readonly queryHash: string | undefined;
	/** Null while search does not answer. */
	readonly result: SearchResult | null;
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
	const filters = Object.fromEntries(FACETS.map((facet) => [facet, chosen.filter(([name]) => name === facet).map(([, value]) => value)]));
	const query: Found['query'] = (changes) => {
		const next = new URLSearchParams([...(q === '' ? [] : [['q', q]]), ...chosen.map(([name, value]) => [name, value])]);
		for (const [name, value] of Object.entries(changes)) {
			if (value === null) next.delete(name);
			else next.set(name, value);
		}
		return next.size === 0 ? url.pathname : `${url.pathname}?${next.toString()}`;
	};
	const queryHash = q === '' ? undefined : app.gating.events.hashQuery(q);
	try {
		return { q, queryHash, chosen, query, result: await app.search.query({ q, locale, page, limit: HITS_A_PAGE, ...filters }) };
	} catch (error) {
		app.log.error({ err: error }, 'search failed');
		return { q, queryHash, chosen, query, result: null };
	}
}
