import { getRssString } from '@astrojs/rss';

import { type ContentItem, inLocale } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';

import type { Catalogue } from '../catalogue.ts';
import { excerpt } from '../format.ts';
import { LIBRARY_TYPES } from '../library.ts';
import { modified } from '../structured-data/writing.ts';

const LONGEST = 50;

export interface FeedSetting {
	readonly origin: string;
	readonly content: Catalogue;
	readonly addresses: Addresses;
	readonly texts: Texts;
}

/**
 * What was published last, as RSS 2.0. An item is known by its id in the content, so that a new address does not make it unread.
 * It carries the summary and nothing of the text behind a form.
 * Source: https://www.rssboard.org/rss-specification
 */
export async function feedXml({ origin, content, addresses, texts }: FeedSetting): Promise<string> {
	const { locale, snapshot } = content;
	const { brand, tagline } = snapshot.site;
	const items = LIBRARY_TYPES.flatMap((type) => content.all(type) as readonly ContentItem[])
		.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
		.slice(0, LONGEST);
	const changed = items.reduce((most, item) => Math.max(most, modified(item).getTime()), 0);
	return getRssString({
		title: fill(texts.share.feedTitle, { brand }),
		description: fill(texts.share.feedDescription, { brand, tagline: inLocale(tagline, locale) }),
		site: origin + addresses.home,
		trailingSlash: false,
		xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
		customData: [
			`<language>${locale.toLowerCase()}</language>`,
			...(changed === 0 ? [] : [`<lastBuildDate>${new Date(changed).toUTCString()}</lastBuildDate>`]),
			`<ttl>60</ttl>`,
			`<atom:link href="${escapeXml(origin + addresses.feed)}" rel="self" type="application/rss+xml"/>`,
		].join(''),
		items: items.map((item) => ({
			title: inLocale(item.title, locale),
			link: origin + addresses.item(item),
			description: excerpt(inLocale(item.summary, locale), Infinity),
			pubDate: item.publishedAt,
			categories: categoriesOf(item, content, texts),
			customData: `<guid isPermaLink="false">urn:foyer:${item.type}:${escapeXml(item.id)}:${locale}</guid>${creatorOf(item, content)}`,
		})),
	});
}

function categoriesOf(item: ContentItem, content: Catalogue, texts: Texts): string[] {
	const topics = item.topics.map((slug) => content.term('topic', slug)).filter((term) => term !== null);
	return [texts.site.types[item.type], ...topics.map(({ name }) => inLocale(name, content.locale))];
}

function creatorOf(item: ContentItem, { locale }: Catalogue): string {
	const author = 'author' in item ? inLocale(item.author, locale) : '';
	return author === '' ? '' : `<dc:creator>${escapeXml(author)}</dc:creator>`;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
