import type { ContentItem, Locale } from '#cms/content.ts';
import { fill } from '#kernel/texts/index.ts';
import type { Texts } from '#kernel/texts/texts.ts';

import { formatDate } from './format.ts';

/** What a piece is, in a few words: `White paper WP-03`, `News`, a product's part number. */
export function kindOf(item: ContentItem, texts: Texts): string {
	if (item.type === 'products') return item.partNumber;
	if (item.type === 'articles') return texts.site.articleKind[item.kind];
	return item.type === 'white_papers' ? `${texts.site.type.white_papers} ${item.number}` : texts.site.type[item.type];
}

/** What one wants to know before opening it: minutes to read or watch, a date, or nothing. */
export function effortOf(item: ContentItem, locale: Locale, texts: Texts, timeZone: string): string {
	if (item.type === 'white_papers') return fill(texts.site.minutes, { minutes: item.readingMinutes });
	if (item.type === 'webinars') return fill(texts.site.minutes, { minutes: item.durationMinutes });
	if (item.type === 'products') return item.partNumber;
	return item.type === 'articles' || item.type === 'cases' ? formatDate(item.publishedAt, locale, timeZone) : '';
}

/** English words and Chinese characters that a minute is enough for. */
const PACE = { en: 220, 'zh-CN': 380 } as const;

/** Minutes it takes to read or watch a piece, at least 1. Articles and cases are counted by their words. */
export function minutesOf(item: ContentItem, locale: Locale): number {
	if (item.type === 'white_papers') return item.readingMinutes;
	if (item.type === 'webinars') return item.durationMinutes;
	const text = item.type === 'articles' || item.type === 'cases' ? item.body[locale] : '';
	const words = locale === 'en' ? text.split(/\s+/).length : (text.match(/\p{Script=Han}/gu) ?? []).length;
	return Math.max(1, Math.round(words / PACE[locale]));
}
