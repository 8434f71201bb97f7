import { describe, expect, test } from 'vitest';

import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

import { catalogueOf } from '../catalogue.ts';
import { publicPages } from './directory.ts';
import { feedXml } from './feed.ts';
import { llmsText } from './llms.ts';
import { nameOf, sitemapFiles, sitemapIndexXml, sitemapXml } from './sitemap.ts';

const ORIGIN = 'https://hub.example';
const snapshot = sampleContent();
const large = {
	...snapshot,
	products: Array.from({ length: 5_000 }, (_, at) => ({ ...snapshot.products[at % snapshot.products.length]!, slug: `p-${at}`, id: `p-${at}` })),
};
const locs = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url);

describe('the sitemap', () => {
	test('has a file for each type and language, each page in exactly one, its other language beside it', async () => {
		const pages = publicPages(snapshot);
		const index = locs(await sitemapIndexXml(ORIGIN, pages));
		expect(index).toContain(`${ORIGIN}/sitemap-white-papers-zh-CN.xml`);
		const files = await Promise.all(index.map((url) => sitemapXml(ORIGIN, pages, /sitemap-(.+)\.xml$/.exec(url)![1]!)));
		const all = files.flatMap((xml) => locs(xml!));
		expect(new Set(all).size).toBe(all.length);
		expect(all).toEqual(expect.arrayContaining([`${ORIGIN}/`, `${ORIGIN}/zh-CN`, `${ORIGIN}/zh-CN/products/motors/hs4-100`]));
		expect(all.some((url) => /search|compare|preferences|console|\/c\//.test(url))).toBe(false);
		const papers = files[index.indexOf(`${ORIGIN}/sitemap-white-papers-en.xml`)]!;
		expect(papers.match(/hreflang="x-default"/g)?.length).toBe(locs(papers).length);
	});

	test('leaves a page of one language without alternates', async () => {
		const [only] = snapshot.articles;
		const pages = publicPages({ ...snapshot, articles: [{ ...only!, languages: ['zh-CN'] }] });
		expect(await sitemapXml(ORIGIN, pages, 'articles-en')).toBeNull();
		expect(await sitemapXml(ORIGIN, pages, 'articles-zh-CN')).not.toContain('hreflang');
	});

	test('lists 5,000 products in little time, and starts a new file where one is full', async () => {
		const pages = publicPages(large);
		const startedAt = performance.now();
		const xml = await sitemapXml(ORIGIN, pages, 'products-en');
		expect(performance.now() - startedAt).toBeLessThan(3_000);
		expect(locs(xml!).length).toBe(5_000 + snapshot.categories.length);
		expect(sitemapFiles(pages, 2_000).map(nameOf)).toEqual(
			expect.arrayContaining(['products-en', 'products-en-2', 'products-en-3', 'products-zh-CN-3']),
		);
		expect(locs((await sitemapXml(ORIGIN, pages, 'products-en-3', 2_000))!).length).toBe(1_000 + snapshot.categories.length);
		expect(await sitemapXml(ORIGIN, pages, 'products-en-4', 2_000)).toBeNull();
	});
});

describe('the feed', () => {
	test('tells titles with marks as text, and an item by its id whatever its address', async () => {
		const feed = (slug: string) => {
			const item = { ...snapshot.articles[0]!, slug, title: { en: 'Drives & <gears>', 'zh-CN': '驱动' } };
			const content = catalogueOf({ ...snapshot, articles: [item] }, 'en');
			return feedXml({ origin: ORIGIN, content, addresses: addresses('en'), texts: textsFor('en') });
		};
		const [before, after] = [await feed('old-name'), await feed('new-name')];
		expect(before).toContain('<title>Drives &amp; &lt;gears&gt;</title>');
		const guids = (xml: string): string[] => [...xml.matchAll(/<guid isPermaLink="false">([^<]+)</g)].map(([, guid = '']) => guid);
		expect(guids(after)).toEqual(guids(before));
		expect(after).toContain(`${ORIGIN}/articles/new-name`);
	});
});

describe('llms.txt', () => {
	test('has the parts that its description asks for, in both languages', () => {
		const text = llmsText(snapshot, ORIGIN);
		expect(text).toMatch(/^# .+\n\n> .+\n\n/);
		expect(text).toContain('## White papers');
		expect(text).toContain('## 白皮书（中文）');
		const lines = text.split('\n').filter((line) => line.startsWith('- '));
		expect(lines.every((line) => /^- (?:\[[^[\]]+\]\(https:\/\/hub\.example\/[^()\s]*\)(?:: .+)?|.*sitemap-index\.xml)$/.test(line))).toBe(true);
		expect(lines.length).toBeGreaterThan(100);
	});

	test('names categories, not every one of 5,000 products', () => {
		expect(llmsText(large, ORIGIN).length).toBeLessThan(300_000);
	});
});
