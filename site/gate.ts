import type { Locale, WhitePaper } from '#cms/content.ts';
import { fill } from '#kernel/texts/index.ts';
import type { Texts } from '#kernel/texts/texts.ts';

import { firstHeading } from './markdown.ts';

/** How a paper is shown: its open pages with the form, the same after the form was sent, closed to this person, or the whole. */
export type GateView = 'form' | 'sent' | 'closed' | 'open';

/** Pages of a paper that may leave the hub in this view, in reading order. */
export function pagesShown(paper: WhitePaper, locale: Locale, view: GateView): readonly string[] {
	const pages = paper.pages[locale];
	return view === 'open' ? pages : pages.slice(0, paper.openPages);
}

/** The title of each page: its first heading, or its number. Titles are public, also those of closed pages. */
export function pageTitles(paper: WhitePaper, locale: Locale, texts: Texts): readonly string[] {
	const pages = paper.pages[locale];
	return pages.map((text, at) => firstHeading(text) ?? fill(texts.site.paper.page, { page: at + 1, pages: pages.length }));
}
