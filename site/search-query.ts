import type { AstroGlobal } from 'astro';

import { type Locale, LOCALES } from '#cms/content.ts';
import type { FacetName, SearchResult } from '#search';

import { topicOf } from './search-interest.ts';

const FACETS = ['type', 'topic', 'industry', 'role', 'category', 'date'] as const satisfies readonly FacetName[];
const LONGEST_QUERY = 200;
const LONGEST_VALUE = 80;
export const HITS_A_PAGE = 20;
/** With fewer hits than these, the page leads to the other language. */
const FEW = 5;

const SORTS = ['relevance', 'newest'] as const;
type Sort = (typeof SORTS)[number];

export interface Found {
	readonly q: string;
	readonly chosen: readonly (readonly [string, string])[];
	/** What is kept of the words when searches are counted: a keyed hash, or undefined for none. */
	readonly queryHash: string | undefined;
	/** The language that was searched: the reader's own, unless another was chosen. */
	readonly language: Locale;
	/** Both languages with their hits under the same filters. */
	readonly languages: readonly { readonly locale: Locale; readonly count: number; readonly isChosen: boolean }[];
	/** What the query is about, `terms:<id>`, or null. */
	readonly topic: string | null;
	/** Null while search does not answer. */
	readonly result: SearchResult | null;
	readonly sort: Sort;
	/** How many hits there are in the other language, where this one has few or none; otherwise 0. */
	readonly elsewhere: number;
	/** The address of the page with other parameters. */
	readonly query: (changes: Readonly<Record<string, string | null>>) => string;
}

/** Reads the address of the search page and asks. A failing search is an answer too: the page then helps without it. */
export async function askSearch({ locals, url, request }: Pick<AstroGlobal, 'locals' | 'url' | 'request'>): Promise<Found> {
	const { app, locale } = locals;
	const asked = readAddress(url, locale);
	const { q, chosen, filters, language, page, sort } = asked;
	const queryHash = q === '' ? undefined : app.gating.events.hashQuery(q);
	const told = { q, queryHash, chosen, language, query: asked.query, sort };
	try {
		const result = await app.search.query({ q, locale: language, page, limit: HITS_A_PAGE, sort, ...filters });
		const other = LOCALES.find((one) => one !== language) ?? language;
		const there = await app.search.query({ q, locale: other, limit: 1, ...filters });
		const count = there.didYouMean === null ? there.total : 0;
		if (isFirstLook(request, asked)) {
			const visitorId = locals.visitor.consents.has('analytics') ? locals.visitor.visitorId : null;
			app.gating.searches.note({ query: q, locale: language, results: result.total, visitorId, userAgent: request.headers.get('user-agent') ?? '' });
		}
		const isShort = q !== '' && chosen.length === 0 && (result.total < FEW || result.didYouMean !== null);
		return {
			...told,
			result,
			topic: q === '' ? null : topicOf(result.hits, app.cms.snapshot()),
			languages: LOCALES.map((one) => ({
				locale: one,
				count: one === language ? result.total : count,
				isChosen: one === language && language !== locale,
			})),
			elsewhere: isShort ? count : 0,
		};
	} catch (error) {
		app.log.error({ err: error }, 'search failed');
		return { ...told, result: null, topic: null, languages: [], elsewhere: 0 };
	}
}

type Address = Pick<Found, 'q' | 'chosen' | 'language' | 'sort' | 'query'> & {
	readonly page: number;
	readonly filters: Readonly<Partial<Record<FacetName, string[]>>>;
};

function readAddress(url: URL, own: Locale): Address {
	const { searchParams } = url;
	const q = (searchParams.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
	const language = LOCALES.find((one) => one === searchParams.get('language')) ?? own;
	const values = (facet: string) => searchParams.getAll(facet).filter((value) => value !== '' && value.length <= LONGEST_VALUE);
	const facets = FACETS.flatMap((facet) => values(facet).map((value) => [facet, value] as const));
	const chosen = [...facets, ...(language === own ? [] : [['language', language] as const])];
	const sort = SORTS.find((one) => one === searchParams.get('sort')) ?? 'relevance';
	return {
		...{ q, chosen, language, sort },
		page: Math.max(1, Number.parseInt(searchParams.get('page') ?? '1', 10) || 1),
		filters: Object.fromEntries(FACETS.map((facet) => [facet, values(facet)])),
		query: (changes) => {
			const next = new URLSearchParams([...(q === '' ? [] : [['q', q]]), ...chosen.map(([name, value]) => [name, value])]);
			if (sort !== 'relevance') next.set('sort', sort);
			for (const [name, value] of Object.entries(changes)) {
				if (value === null) next.delete(name);
				else next.set(name, value);
			}
			return next.size === 0 ? url.pathname : `${url.pathname}?${next.toString()}`;
		},
	};
}

/** A query counts when its first page is seen: not when it is narrowed, sorted, turned over or fetched ahead. */
function isFirstLook(request: Request, { q, chosen, page, sort }: Address): boolean {
	const isAhead = /prefetch|prerender/.test(request.headers.get('sec-purpose') ?? '');
	return q !== '' && page === 1 && sort === 'relevance' && !isAhead && chosen.every(([name]) => name === 'language');
}
