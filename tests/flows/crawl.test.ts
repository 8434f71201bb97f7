import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Locale } from '#cms/content.ts';
import { headOf } from '#tests/support/head.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';

/** Staff's pages, files, and what a script or a person asks for. */
const NOT_FOLLOWED = /^\/(?:console|media|d|api)(?:\/|$)/;
/** More would mean that filters lead to filters without end. */
const MOST_PAGES = 4_000;

interface Seen {
	readonly path: string;
	readonly from: string;
	readonly status: number;
	readonly location: string | null;
	readonly locale: Locale;
	readonly isPage: boolean;
	readonly isIndexed: boolean;
	readonly title: string;
	readonly description: string;
	readonly canonical: string | undefined;
	readonly alternates: readonly (readonly [string, string])[];
	readonly headings: number;
}

let hub: TestHub;
const seen = new Map<string, Seen>();

beforeAll(async () => {
	hub = await startReadingHub();
	await crawl(['/', '/zh-CN']);
}, 300_000);
afterAll(() => hub.close());

/** Follows every link of every page that search engines may list as itself; other pages are looked at and not followed. */
async function crawl(starts: readonly string[]): Promise<void> {
	const queue = starts.map((path) => ({ path, from: 'the start' }));
	const known = new Set<string>(starts);
	for (let next = queue.shift(); next; next = queue.shift()) {
		const answer = await fetch(hub.url + next.path, { redirect: 'manual', headers: { accept: 'text/html' } });
		const html = await answer.text();
		const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
		const head = headOf(isPage ? html : '<title></title></head>');
		const isIndexed = isPage && answer.status === 200 && head.meta('robots')?.includes('noindex') !== true;
		seen.set(next.path, {
			...next,
			status: answer.status,
			location: answer.headers.get('location'),
			locale: /^\/zh-CN(?:\/|$)/.test(next.path) ? 'zh-CN' : 'en',
			isPage,
			isIndexed,
			title: head.title,
			description: head.meta('description') ?? '',
			canonical: head.link('canonical'),
			alternates: head.alternates,
			headings: html.match(/<h1[ >]/g)?.length ?? 0,
		});
		if (seen.size > MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages: ${next.path} from ${next.from}`);
		if (!isIndexed || head.link('canonical') !== hub.url + next.path) continue;
		for (const path of linksOf(html, next.path)) {
			if (known.has(path)) continue;
			known.add(path);
			queue.push({ path, from: next.path });
		}
	}
}

function linksOf(html: string, base: string): string[] {
	return [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)]
		.map(([, href = '']) => new URL(href.replaceAll('&#38;', '&').replaceAll('&amp;', '&'), hub.url + base))
		.filter((url) => url.origin === hub.url && !NOT_FOLLOWED.test(url.pathname))
		.map((url) => url.pathname + url.search);
}

const indexed = (): Seen[] => [...seen.values()].filter(({ isIndexed, canonical, path }) => isIndexed && canonical === hub.url + path);

/** Texts that several pages of one language share, with those pages. */
function shared(textOf: (one: Seen) => string): string[] {
	const groups = new Map<string, string[]>();
	for (const one of indexed()) {
		const key = `${one.locale} ${textOf(one)}`;
		groups.set(key, [...(groups.get(key) ?? []), one.path]);
	}
	return [...groups].filter(([, paths]) => paths.length > 1).map(([text, paths]) => `${text}: ${paths.join(' ')}`);
}

describe('from the home pages, following every link', () => {
	test('no link is dead, and none leads around a corner', () => {
		expect(seen.size).toBeGreaterThan(150);
		const broken = [...seen.values()].filter(({ status }) => status !== 200);
		expect(broken.map(({ path, from, status, location }) => `${path} (from ${from}): ${status} ${location ?? ''}`)).toEqual([]);
	});

	test('every page has one first heading, a title and a description', () => {
		const pages = [...seen.values()].filter(({ isPage }) => isPage);
		const poor = pages.filter(({ headings, title, description }) => headings !== 1 || title.length < 4 || description.length < 8);
		expect(poor.map(({ path, headings, title, description }) => `${path}: ${headings} × h1, “${title}”, “${description}”`)).toEqual([]);
	});

	test('no two pages of a language share a title', () => {
		expect(shared(({ title }) => title)).toEqual([]);
	});

	test('no two pages of a language share a description, but for the pages of one list', () => {
		expect(shared(({ description, path }) => description + (/[?&]page=(\d+)/.exec(path)?.[0] ?? ''))).toEqual([]);
	});

	test('other languages name each other', () => {
		const problems: string[] = [];
		for (const one of indexed()) {
			const links = new Map<string, string>(one.alternates);
			if (links.size === 0) continue;
			if (links.get(one.locale) !== one.canonical) problems.push(`${one.path} does not name itself`);
			for (const [language, href] of one.alternates) {
				const other = seen.get(href.slice(hub.url.length));
				if (!other) problems.push(`${one.path} names ${href}, which no link leads to`);
				else if (language !== 'x-default' && new Map<string, string>(other.alternates).get(one.locale) !== one.canonical)
					problems.push(`${href} does not name ${one.path}`);
			}
		}
		expect(problems).toEqual([]);
	});

	test('every page of the sitemap is led to by a link, but for landing pages, which campaigns lead to', async () => {
		const locs = async (path: string): Promise<string[]> =>
			[...(await (await fetch(hub.url + path)).text()).matchAll(/<loc>([^<]*)</g)].map(([, url = '']) =>
				url.replaceAll('&amp;', '&').slice(hub.url.length),
			);
		const listed = (await Promise.all((await locs('/sitemap-index.xml')).map(locs))).flat();
		expect(listed.filter((path) => !seen.has(path) && !/^(?:\/zh-CN)?\/p\//.test(path))).toEqual([]);
	});
});
