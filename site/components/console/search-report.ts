import type { Locale, Snapshot } from '#cms/content.ts';
import { inLocale, LOCALES } from '#cms/content.ts';
import type { SearchQuery } from '#gating';
import { isDay } from '#kernel/clock.ts';
import type { Hit } from '#search';

import { presetPeriod } from './funnel.ts';

/** Lists of the report. */
export const VIEWS = ['overview', 'all', 'unanswered', 'tasks'] as const;
export type SearchView = (typeof VIEWS)[number];

/** Reads a report's address; what it does not say is the last ninety days, everybody, both languages. */
export function readSearchQuery(params: URLSearchParams, today: string): SearchQuery {
	const usual = presetPeriod('90', today);
	const day = (name: 'from' | 'to') => (isDay(params.get(name) ?? '') ? (params.get(name) ?? '') : usual[name]);
	const [from, to] = [day('from'), day('to')];
	return {
		...(from <= to ? { from, to } : usual),
		locale: LOCALES.find((one) => one === params.get('locale')) ?? '',
		segment: (params.get('segment') ?? '').slice(0, 64),
	};
}

/** The address of a page of the report with the same choices, some of them changed. */
export function searchAddress(
	path: string,
	query: SearchQuery,
	today: string,
	change: Partial<SearchQuery> & { readonly show?: SearchView } = {},
): string {
	const usual: Readonly<Record<string, string>> = { ...presetPeriod('90', today), locale: '', segment: '', show: 'overview' };
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...query, ...change })) if (value !== usual[name]) params.set(name, value);
	return params.size === 0 ? path : `${path}?${params.toString()}`;
}

/** The page of one query; for its address the colon of its id becomes a tilde. */
export const queryPath = (id: string): string => `/console/search/${id.replace(':', '~')}`;
export const idIn = (part: string): string => part.replace('~', ':');

/** `2.4`, or null without a click. */
export function positionText(position: number | null, locale: Locale): string | null {
	return position === null ? null : new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(position);
}

const MOST_SUGGESTED = 5;

/** Words of ours that may mean what was asked: names of the topics and product lines of what comes nearest. */
export function suggestedWords(nearest: readonly Hit[], snapshot: Snapshot, locale: Locale): string[] {
	const subjects = new Set(nearest.map(({ subject }) => subject));
	const { products, whitePapers, articles, cases, webinars, categories, terms } = snapshot;
	const near = [...products, ...whitePapers, ...articles, ...cases, ...webinars].filter(({ type, id }) => subjects.has(`${type}:${id}`));
	const lines = near.flatMap((item) => (item.type === 'products' ? [item.category] : []));
	const topics = near.flatMap((item) => item.topics);
	const named = [
		...categories.filter(({ slug, id }) => lines.includes(slug) || subjects.has(`categories:${id}`)),
		...terms.filter(({ kind, slug }) => kind === 'topic' && topics.includes(slug)),
	];
	return [...new Set(named.map(({ name }) => inLocale(name, locale)))].filter((name) => name !== '').slice(0, MOST_SUGGESTED);
}

/** Every word that a rule or the catalogue knows, to choose from while typing. */
export function knownWords({ searchRules, categories, terms }: Snapshot, locale: Locale): string[] {
	const rules = searchRules.filter(({ kind }) => kind === 'synonym').flatMap(({ terms: words }) => words);
	const names = [...categories, ...terms.filter(({ kind }) => kind === 'topic')].map(({ name }) => inLocale(name, locale));
	return [...new Set([...rules, ...names])].filter((word) => word !== '').sort();
}
