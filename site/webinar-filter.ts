import { type Locale, LOCALES, type Webinar } from '#cms/content.ts';

/** What the list of webinars can be narrowed by; every one is a parameter of its address. */
export const WEBINAR_FILTERS = ['show', 'topic', 'industry', 'series', 'language'] as const;
export type WebinarFilter = Readonly<Record<(typeof WEBINAR_FILTERS)[number], string>>;

/** What is asked for in an address; '' for all. */
export function readWebinarFilter(query: URLSearchParams): WebinarFilter {
	return Object.fromEntries(WEBINAR_FILTERS.map((name) => [name, (query.get(name) ?? '').slice(0, 80)])) as Record<keyof WebinarFilter, string>;
}

export const isNarrowed = (filter: WebinarFilter): boolean => WEBINAR_FILTERS.some((name) => filter[name] !== '');

interface Listed {
	readonly status: string;
	readonly webinar: Pick<Webinar, 'topics' | 'industries' | 'series' | 'languages'>;
}

/** Those that meet every part of the filter, in their order; without a language asked for, those in the page's own. */
export function narrowed<V extends Listed>(
	views: readonly V[],
	{ show, topic, industry, series, language }: WebinarFilter,
	locale: Locale,
): readonly V[] {
	const spoken = LOCALES.find((one) => one === language) ?? locale;
	return views.filter(
		({ status, webinar }) =>
			webinar.languages.includes(spoken) &&
			(topic === '' || webinar.topics.includes(topic)) &&
			(industry === '' || webinar.industries.includes(industry)) &&
			(series === '' || webinar.series === series) &&
			(show === '' || (show === 'recordings') === (status === 'on-demand' || status === 'ended')),
	);
}
