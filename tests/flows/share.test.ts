import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { convertIcsCalendar, type IcsCalendar } from 'ts-ics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { LOCALES } from '#cms/content.ts';
import { editor, type Editor } from '#tests/support/editor.ts';
import { headOf } from '#tests/support/head.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { inLanguage } from '#tests/support/pages.ts';
import { problemsOf } from '#tests/support/rich-results.ts';
import { until } from '#tests/support/until.ts';

const PAPER = 'bearing-damage-from-vibration';
const TEXTS = [
	'/robots.txt',
	'/sitemap-index.xml',
	'/rss.xml',
	'/zh-CN/rss.xml',
	'/webinars.ics',
	'/zh-CN/webinars.ics',
	'/llms.txt',
	'/site.webmanifest',
];
/** Stands on a page behind the form and nowhere else. */
const GATED = 'QZX-7731-BEHIND-THE-FORM';

let hub: TestHub;
let cms: Editor;

beforeAll(async () => {
	hub = await startTestHub();
	cms = editor(hub);
});
afterAll(() => hub.close());

const textOf = async (path: string): Promise<string> => (await fetch(hub.url + path, { headers: { accept: 'text/html' } })).text();
const locsOf = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
const sitemaps = async (): Promise<string[]> => locsOf(await textOf('/sitemap-index.xml')).map((url) => new URL(url).pathname);

const page = async (path: string) => headOf(await textOf(path));

describe('feeds and lists', () => {
	test('robots.txt names the sitemap and closes what is nobody’s to crawl, no page of the sitemap', async () => {
		const robots = await textOf('/robots.txt');
		expect(robots).toContain(`Sitemap: ${hub.url}/sitemap-index.xml`);
		const closed = [...robots.matchAll(/^Disallow: (.+)$/gm)].map(([, path = '']) => path);
		expect(closed).toEqual(expect.arrayContaining(['/console', '/preview/', '/search?', '/zh-CN/search?', '/c/', '/zh-CN/j/']));
		const pages = (await Promise.all((await sitemaps()).map(textOf))).flatMap(locsOf);
		expect(
			pages.filter((url) => closed.some((path) => new URL(url).pathname.startsWith(path) || url.slice(hub.url.length).startsWith(path))),
		).toEqual([]);
	});

	test('every page of the sitemap is there, is its own canonical address and may be indexed; the old address leads to the index', async () => {
		const pages = (await Promise.all((await sitemaps()).map(textOf))).flatMap(locsOf);
		expect(pages.length).toBeGreaterThan(80);
		const wrong: string[] = [];
		for (const url of pages) {
			const answer = await fetch(url, { redirect: 'manual' });
			const { link, meta } = headOf(await answer.text());
			if (answer.status !== 200 || link('canonical') !== url || meta('robots')?.includes('noindex'))
				wrong.push(`${url}: ${answer.status} ${link('canonical')}`);
		}
		expect(wrong).toEqual([]);
		const old = await fetch(`${hub.url}/sitemap.xml`, { redirect: 'manual' });
		expect([old.status, old.headers.get('location')]).toEqual([301, '/sitemap-index.xml']);
	});

	test.each(TEXTS)('%s is kept with an ETag, compressed, and not sent again', async (path) => {
		const ask = (headers: Record<string, string>): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> =>
			new Promise((done, fail) => {
				request(hub.url + path, { headers, agent: false }, (res) => {
					const chunks: Buffer[] = [];
					res.on('data', (chunk: Buffer) => chunks.push(chunk));
					res.on('end', () => done({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
				})
					.on('error', fail)
					.end();
			});
		const first = await ask({});
		expect(first.status).toBe(200);
		const etag = String(first.headers['etag']);
		expect((await ask({ 'if-none-match': etag })).status).toBe(304);
		if (first.body.length < 860) return;
		const small = await until('the compressed text', async () => {
			const answer = await ask({ 'accept-encoding': 'gzip' });
			return answer.headers['content-encoding'] === 'gzip' ? answer : null;
		});
		expect(gunzipSync(small.body).equals(first.body)).toBe(true);
		expect(small.headers['etag']).toBe(etag);
	});

	test.each(LOCALES)('the feed in %s is complete RSS 2.0', async (locale) => {
		const xml = await textOf(inLanguage('/rss.xml', locale));
		expect(xml).toContain(`<atom:link href="${hub.url}${inLanguage('/rss.xml', locale)}" rel="self" type="application/rss+xml"`);
		const items = [...xml.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item = '']) => item);
		expect(items.length).toBeGreaterThan(15);
		for (const item of items) {
			expect(item).toMatch(/<title>[^<]+<\/title>.*<link>http[^<]+<\/link>.*<guid isPermaLink="false">urn:foyer:[^<]+<\/guid>/s);
			expect(item).toMatch(/<description>[^<]+<\/description>.*<category>[^<]+<\/category>/s);
			expect(new Date(/<pubDate>([^<]+)/.exec(item)![1]!).toUTCString()).toBe(/<pubDate>([^<]+)/.exec(item)![1]);
		}
	});

	test.each(LOCALES)('the calendar in %s reads as iCalendar: coming dates, stable entries, an hour between looks', async (locale) => {
		const path = inLanguage('/webinars.ics', locale);
		const text = await textOf(path);
		for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		const calendar = convertIcsCalendar(undefined, text) as IcsCalendar;
		expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
		const events = calendar.events ?? [];
		expect(events.length).toBeGreaterThan(1);
		for (const event of events) {
			expect(event.uid).toMatch(/^[\w-]{36}@/);
			expect(event.stamp.date.getTime()).toBeGreaterThan(0);
			expect(event.end!.date.getTime()).toBeGreaterThan(Date.now());
			expect(event.end!.date.getTime() - event.start.date.getTime()).toBeLessThan(12 * 3_600_000);
			expect(event.url).toContain(`${hub.url}${inLanguage('/webinars/', locale)}`);
		}
		// The parser takes SEQUENCE 0 for none.
		expect(text.match(/^SEQUENCE:\d+\r$/gm)?.length).toBe(events.length);
		expect(text.match(/^DTSTART:\d{8}T\d{6}Z\r$/gm)?.length).toBe(events.length);
		expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
		expect(convertIcsCalendar(undefined, await textOf(path)).events?.map(({ uid }) => uid)).toEqual(events.map(({ uid }) => uid));
	});
});

describe.each(LOCALES)('pages in %s', (locale) => {
	const here = (path: string): string => inLanguage(path, locale);

	test.each([
		['/', ['Organization', 'WebSite']],
		[`/white-papers/${PAPER}`, ['Report', 'BreadcrumbList']],
		['/cases/flow-wrapper-rebuild', ['Article', 'BreadcrumbList']],
		['/articles/io-link-in-ten-minutes', ['TechArticle', 'BreadcrumbList']],
		['/products/motors/hs4-100', ['Product', 'FAQPage', 'BreadcrumbList']],
		['/products/motors', ['CollectionPage', 'BreadcrumbList']],
		['/products', ['CollectionPage', 'BreadcrumbList']],
		['/library?type=cases', ['CollectionPage', 'BreadcrumbList']],
		['/webinars', ['CollectionPage', 'BreadcrumbList']],
		['/webinars/sizing-a-servo-axis', ['EventSeries', 'BreadcrumbList']],
		['/webinars/harmonics-in-older-plants', ['Event', 'BreadcrumbList']],
		['/webinars/safe-stops-explained', ['VideoObject', 'BreadcrumbList']],
		['/p/about', ['WebPage', 'BreadcrumbList']],
	])('%s says what it is, as search engines document it', async (path, types) => {
		const { nodes, types: said } = await page(here(path));
		expect(said).toEqual(expect.arrayContaining(types));
		expect(problemsOf(nodes, hub.url)).toEqual([]);
	});

	test('the class that names the gated part is on the page', async () => {
		const html = await textOf(here(`/white-papers/${PAPER}`));
		const selector = (headOf(html).nodes[0] as { hasPart: { cssSelector: string } }).hasPart.cssSelector;
		expect(html).toMatch(new RegExp(`class="(?:[^"]* )?${selector.slice(1)}(?: [^"]*)?"`));
	});

	test('previews of a link have a title, a text, an address and a picture that is there, of the size they say', async () => {
		for (const path of ['/', `/white-papers/${PAPER}`, '/products/motors/hs4-100', '/library']) {
			const { meta, link } = await page(here(path));
			for (const name of ['og:title', 'og:description', 'og:type', 'og:site_name', 'og:image:alt', 'twitter:card', 'twitter:title'])
				expect(meta(name)).toBeTruthy();
			expect(meta('og:url')).toBe(link('canonical'));
			expect([meta('og:locale'), meta('og:locale:alternate')]).toEqual(locale === 'en' ? ['en_GB', 'zh_CN'] : ['zh_CN', 'en_GB']);
			const picture = await fetch(meta('og:image')!);
			expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
			const bytes = Buffer.from(await picture.arrayBuffer());
			expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)].map(String)).toEqual([meta('og:image:width'), meta('og:image:height')]);
		}
		expect((await page(here(`/white-papers/${PAPER}`))).meta('article:published_time')).toMatch(/^\d{4}-\d\d-\d\dT/);
	});

	test('the first picture of an item’s page is of the item: WeChat takes it', async () => {
		for (const path of [`/white-papers/${PAPER}`, '/products/motors/hs4-100', '/cases/flow-wrapper-rebuild', '/webinars/safe-stops-explained']) {
			const html = await textOf(here(path));
			const picture = ['image', 'thumbnailUrl']
				.map((name) => (headOf(html).nodes[0]![name] as string[] | undefined)?.[0])
				.find((url) => url !== undefined)!;
			expect(/<img [^>]*src="([^"]+)"/.exec(html)?.[1]?.split('/').slice(0, 4)).toEqual(new URL(picture).pathname.split('/').slice(0, 4));
		}
	});

	test('icons and the manifest are there', async () => {
		const { link } = await page(here('/'));
		for (const path of [link('icon')!, link('apple-touch-icon')!, link('manifest')!]) expect((await fetch(hub.url + path)).status).toBe(200);
		const { icons } = JSON.parse(await textOf(link('manifest')!)) as { icons: { src: string }[] };
		for (const { src } of icons) expect((await fetch(hub.url + src)).status).toBe(200);
	});

	test.each([
		'/search?q=encoder',
		'/library?topic=emc',
		'/products/compare?p=hs4-060&p=hs4-100',
		'/preferences',
		`/white-papers/${PAPER}?sent=1`,
		'/c/x',
		'/nothing',
	])('%s is kept out of search engines', async (path) => {
		const { meta, link, alternates } = await page(here(path));
		expect([meta('robots'), link('canonical'), alternates]).toEqual(['noindex', undefined, []]);
	});
});

test('an order of a list is the same page, and a pass of words in the address changes nothing', async () => {
	expect((await page('/library?sort=title')).link('canonical')).toBe(`${hub.url}/library`);
	expect((await page('/products/motors?utm_source=mail')).link('canonical')).toBe(`${hub.url}/products/motors`);
});

test('an item in one language has no alternates, in the head and in the sitemap; a publish and an unpublish reach all lists within five seconds', async () => {
	const slug = 'shared-in-english-only';
	await cms.create('articles', {
		...{
			slug,
			status: 'published',
			title_en: 'Shared in English only',
			title_zh: '',
			summary_en: 'One language <only> & quoted "so".',
			summary_zh: '',
		},
		...{ body_en: 'Text.', body_zh: '', author_en: 'Liu Jiaxin', publish_at: '2026-01-05T08:00:00Z' },
	});
	const lists = ['/rss.xml', '/llms.txt', '/sitemap-articles-en.xml'];
	for (const path of lists) await until(`the article in ${path}`, async () => (await textOf(path)).includes(slug), 5_000);
	for (const path of ['/zh-CN/rss.xml', '/sitemap-articles-zh-CN.xml']) expect(await textOf(path)).not.toContain(slug);
	const entry = new RegExp(`<url><loc>[^<]*${slug}</loc>(.*?)</url>`, 's').exec(await textOf('/sitemap-articles-en.xml'))![1];
	expect(entry).not.toContain('hreflang');
	const { alternates, meta, nodes } = await page(`/articles/${slug}`);
	expect([alternates, meta('og:locale:alternate')]).toEqual([[], undefined]);
	expect(JSON.stringify(nodes)).toContain('Liu Jiaxin');
	await cms.update('articles', slug, { status: 'draft' });
	for (const path of lists) await until(`the article gone from ${path}`, async () => !(await textOf(path)).includes(slug), 5_000);
});

test('text behind the form is in no feed, list, preview or structured data', async () => {
	const pages = (language: string): string => `## Open page\n\nOpen ${language}.\n\n---\n\n## Closed\n\n${GATED} ${language}`;
	await cms.update('white_papers', PAPER, { open_pages: 1, body_en: pages('en'), body_zh: pages('zh') });
	const paper = `/white-papers/${PAPER}`;
	await until('the new text', async () => (await textOf(paper)).includes('Open en.'), 5_000);
	for (const path of [...TEXTS, ...(await sitemaps()), paper, `/zh-CN${paper}`, `${paper}?sent=1`, '/library', '/'])
		expect(await textOf(path)).not.toContain(GATED);
});
