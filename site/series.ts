import type { Article, Term, Webinar, WhitePaper } from '#cms/content.ts';

import type { Catalogue } from './catalogue.ts';

export type SeriesPart = WhitePaper | Article | Webinar;

/** The parts of a series in reading order: papers by their number, then articles and webinars, the oldest first. */
export function partsOf(series: string, content: Pick<Catalogue, 'all'>): readonly SeriesPart[] {
	const of = <T extends SeriesPart>(items: readonly T[]): readonly T[] => items.filter((item) => item.series === series);
	const byDate = (a: SeriesPart, b: SeriesPart): number => a.publishedAt.getTime() - b.publishedAt.getTime();
	return [
		...[...of(content.all('white_papers'))].sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true })),
		...[...of(content.all('articles'))].sort(byDate),
		...[...of(content.all('webinars'))].sort(byDate),
	];
}

/** Series that have something to read in this language, each with its parts. */
export function seriesOf(content: Pick<Catalogue, 'all' | 'snapshot'>): readonly { readonly term: Term; readonly parts: readonly SeriesPart[] }[] {
	return content.snapshot.terms
		.filter(({ kind }) => kind === 'series')
		.map((term) => ({ term, parts: partsOf(term.slug, content) }))
		.filter(({ parts }) => parts.length > 0);
}
