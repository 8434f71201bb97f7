import { readCookie } from './cookie.ts';

/** How a page may be kept: by which key, and with which query the page is rendered. */
export interface CachePlan {
	readonly key: string;
	/** Path and the part of the query that is in the key: what a page cannot see cannot be in a kept page by mistake. */
	readonly url: string;
}

/** Pages for one person, or with as many answers as there are questions: never kept. */
const PERSONAL =
	/^\/products\/compare$|^\/(?:console|documents|preview|preferences|pass|brochure|quote|search|api|c|i|m|invite|j|u|r|redeem|speak|certificates|follow)(?:\/|$)|^\/webinars\/[^/]+\/(?:room|afterwards|certificate\.pdf|draws\/[^/]+(?:\/claim)?)$|^\/webinars\/[^/]+\/replay(?:\/|$)/;

const CATEGORY = /^\/products\/[^/]+$/;
/** Filters of a category: each property has a parameter of its own, as `rated-power.min`. Click ids of advertisers are none. */
const FILTER = /^(?!\p{L}*clid$)[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?:\.(?:min|max))?$/u;
const LONGEST_FILTER = 60;

/** Parameters that change a page, by path without language; every other parameter is ignored. */
const PARAMETERS: readonly (readonly [RegExp, readonly string[]])[] = [
	[/^\/library$/, ['type', 'kind', 'topic', 'industry', 'role', 'stage', 'language', 'sort', 'page']],
	[/^\/offers\/[^/]+$/, ['sent']],
	[/^\/dealers$/, ['near', 'at', 'product', 'category', 'country']],
	[CATEGORY, ['sort', 'view', 'page']],
	[/^\/(?:white-papers|p)\/[^/]+$/, ['sent']],
	[/^\/webinars$/, ['show', 'topic', 'industry', 'series', 'language', 'page']],
	[/^\/webinars\/[^/]+$/, ['sent', 'registered', 'waiting']],
];

const LONGEST_QUERY = 300;

/** Headers of a request that decide which page it gets. */
export type PageHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Plans a GET; null when the page must be made for this request alone. */
export function planCache(path: string, search: string, headers: PageHeaders): CachePlan | null {
	const cookies = headers['cookie'] as string | undefined;
	const page = path.startsWith('/zh-CN') && (path.length === 6 || path[6] === '/') ? path.slice(6) : path;
	if (PERSONAL.test(page) || readCookie(cookies, 'foyer_pass') !== undefined) return null;
	const variant = isNotAsked(headers) ? 'a' : 'u';
	if (search === '') return { key: variant + path, url: path };
	const query = allowedQuery(page, search);
	if (query === null) return null;
	return { key: variant + path + query, url: path + query };
}

/**
 * True when the consent notice is not shown: its question was answered here, or the browser answers it for all sites by saying no
 * (Global Privacy Control, Do Not Track).
 *
 * Source: https://w3c.github.io/gpc/
 */
export function isNotAsked(headers: PageHeaders): boolean {
	const answer = readCookie(headers['cookie'] as string | undefined, 'foyer_consent');
	return (answer?.startsWith('1.') ?? false) || headers['sec-gpc'] === '1' || headers['dnt'] === '1';
}

/** Parameters that change the page at `page`, a path without language. */
export function parametersOf(page: string): readonly string[] {
	return PARAMETERS.find(([pattern]) => pattern.test(page))?.[1] ?? [];
}

/** The allowed parameters in one order, so that the same page has one key; null when they are too long to keep. */
function allowedQuery(page: string, search: string): string | null {
	const names = parametersOf(page);
	if (names.length === 0) return '';
	const asked = new URLSearchParams(search);
	const filters = CATEGORY.test(page) ? filtersOf(asked, names) : [];
	if (!isKept(filters)) return null;
	const kept = new URLSearchParams(
		[...filters, ...names].flatMap((name) =>
			asked
				.getAll(name)
				.filter((value) => value !== '')
				.map((value) => [name, value]),
		),
	);
	const query = kept.toString();
	if (query.length > LONGEST_QUERY) return null;
	return query === '' ? '' : `?${query}`;
}

function filtersOf(asked: URLSearchParams, names: readonly string[]): readonly string[] {
	return [...asked].filter(([name, value]) => value !== '' && !names.includes(name) && FILTER.test(name)).map(([name]) => name);
}

/** One value chosen from a list is kept. Numbers, words and several values have endless combinations, which would push other pages out. */
function isKept(filters: readonly string[]): boolean {
	const [first = ''] = filters;
	return filters.length === 0 || (filters.length === 1 && first !== 'q' && !first.includes('.') && first.length <= LONGEST_FILTER);
}
