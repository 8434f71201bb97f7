import { Readable } from 'node:stream';

import { SitemapIndexStream, type SitemapItemLoose, SitemapStream, streamToPromise } from 'sitemap';

import { type Locale, LOCALES } from '#cms/content.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { PICTURE_WIDTH } from '../structured-data/setting.ts';
import { mediaAddress } from '../page.ts';
import { type Group, GROUPS, type PublicPage } from './directory.ts';

/** Addresses in one file; search engines take 50,000, smaller files are read again sooner. */
const FILE_PAGES = 10_000;
const PICTURES_A_PAGE = 10;

/** One file of the sitemap: a part of one group in one language. */
export interface SitemapFile {
	readonly group: Group;
	readonly locale: Locale;
	/** From 1. */
	readonly part: number;
}

/** Every file that has pages, in a fixed order. */
export function sitemapFiles(pages: readonly PublicPage[], filePages = FILE_PAGES): readonly SitemapFile[] {
	return GROUPS.flatMap((group) =>
		LOCALES.flatMap((locale) => {
			const count = pagesOf(pages, group, locale).length;
			return Array.from({ length: Math.ceil(count / filePages) }, (_, at) => ({ group, locale, part: at + 1 }));
		}),
	);
}

/** `products-en`, `products-zh-CN-2`. */
export function nameOf({ group, locale, part }: SitemapFile): string {
	return `${group.replace('_', '-')}-${locale}${part === 1 ? '' : `-${part}`}`;
}

export async function sitemapIndexXml(origin: string, pages: readonly PublicPage[], filePages = FILE_PAGES): Promise<string> {
	const entries = sitemapFiles(pages, filePages).map((file) => {
		const changed = partOf(pages, file, filePages).reduce((most, { changedAt }) => Math.max(most, changedAt?.getTime() ?? 0), 0);
		return { url: `${origin}/sitemap-${nameOf(file)}.xml`, ...(changed === 0 ? {} : { lastmod: new Date(changed).toISOString() }) };
	});
	return (await streamToPromise(Readable.from(entries).pipe(new SitemapIndexStream()))).toString('utf8');
}

/** Null when there is no file of that name. Each page names itself and its other languages, as each of them must. */
export async function sitemapXml(origin: string, pages: readonly PublicPage[], name: string, filePages = FILE_PAGES): Promise<string | null> {
	const file = sitemapFiles(pages, filePages).find((one) => nameOf(one) === name);
	if (!file) return null;
	const items = partOf(pages, file, filePages).map((page) => itemOf(origin, page, file.locale));
	const stream = new SitemapStream({ xmlns: { news: false, video: false, xhtml: true, image: true } });
	return (await streamToPromise(Readable.from(items).pipe(stream))).toString('utf8');
}

function pagesOf(pages: readonly PublicPage[], group: Group, locale: Locale): readonly PublicPage[] {
	return pages.filter((page) => page.group === group && page.languages.includes(locale));
}

function partOf(pages: readonly PublicPage[], { group, locale, part }: SitemapFile, filePages: number): readonly PublicPage[] {
	return pagesOf(pages, group, locale).slice((part - 1) * filePages, part * filePages);
}

function itemOf(origin: string, { languages, address, changedAt, pictures }: PublicPage, locale: Locale): SitemapItemLoose {
	const url = (language: Locale): string => origin + address(addresses(language));
	const links = languages.map((lang) => ({ lang: lang as string, url: url(lang) }));
	return {
		url: url(locale),
		...(changedAt ? { lastmodISO: changedAt.toISOString() } : {}),
		...(links.length > 1 ? { links: [...links, { lang: 'x-default', url: url('en') }] } : {}),
		img: pictures.slice(0, PICTURES_A_PAGE).map((asset) => ({ url: origin + mediaAddress(asset, PICTURE_WIDTH) })),
	};
}
