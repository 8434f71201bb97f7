import { parametersOf } from '../edge/cache-plan.ts';
import { LIBRARY_TYPES } from '../library.ts';

/** How search engines should take an address. */
export interface Indexing {
	/** False: "noindex", and no canonical address. */
	readonly isIndexed: boolean;
	/** Query of the canonical address, with its question mark, or ''. */
	readonly query: string;
	/** Page of a list, from 1. */
	readonly page: number;
}

/** Pages that show what one person chose, asked or holds. */
const UNLISTED = /^\/(?:preferences|pass|documents\/|brochure|products\/compare|quote\/|preview\/|[cdjur]\/)|^\/webinars\/[^/]+\/room$/;

/**
 * A page of a list is a page of its own. So is the library of one type, which stands for the sections that the navigation names; webinars have a page of their own.
 * An order of the same list is the same page; any other choice is one of too many, and is kept out.
 *
 * @param page Path without the language.
 */
export function indexingOf(page: string, asked: URLSearchParams): Indexing {
	const kept = new URLSearchParams();
	let isFiltered = false;
	for (const name of parametersOf(page)) {
		const value = asked.get(name) ?? '';
		if (value === '' || name === 'sort' || name === 'view') continue;
		if (name === 'page') {
			if (/^[1-9]\d*$/.test(value) && value !== '1') kept.set(name, value);
		} else if (name === 'type' && page === '/library') {
			if (value === 'webinars') isFiltered = true;
			else if ((LIBRARY_TYPES as readonly string[]).includes(value)) kept.set(name, value);
		} else isFiltered = true;
	}
	const query = kept.toString();
	return { isIndexed: !isFiltered && !UNLISTED.test(page), query: query === '' ? '' : `?${query}`, page: Number(kept.get('page') ?? 1) };
}
