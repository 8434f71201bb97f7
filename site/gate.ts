import type { WhitePaper } from '#cms/content.ts';

/** How a paper is shown: its open pages with the form, the same after the form was sent, or the whole. */
export type GateView = 'form' | 'sent' | 'open';

/** Pages of a paper that may leave the hub in this view, in reading order. */
export function pagesShown(paper: WhitePaper, locale: 'en' | 'zh-CN', view: GateView): readonly string[] {
	const pages = paper.pages[locale];
	return view === 'open' ? pages : pages.slice(0, paper.openPages);
}
