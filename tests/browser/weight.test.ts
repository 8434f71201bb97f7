import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { desc } from 'drizzle-orm';
import type { Browser, Page, Request } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';

import { openSqliteReader } from '#kernel/database-sqlite.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { inLanguage } from '#tests/support/pages.ts';
import { openStage } from '#tests/support/stage.ts';
import { until } from '#tests/support/until.ts';

import { FIRST_HOLD_OUT, isHeldOut } from '../../gating/experiment/hold-out.ts';
import { visitor } from '../../gating/schema.ts';

const PAGE_LIMIT_BYTES = 120 * 1_024;
const SCRIPT_LIMIT_BYTES = 5 * 1_024;
const SHIFT_LIMIT = 0.02;
/** Of a page that is put together for one visitor: nothing moves. */
const STILL = 0.001;
/** Said when the browser is launched, since beacons carry the name of the browser and not of its context: a headless one is a machine's. */
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
/** Pages that people read: they are weighed with their largest picture, lists without any. */
const READ = [
	'/white-papers/bearing-damage-from-vibration',
	'/cases/flow-wrapper-rebuild',
	'/articles/io-link-in-ten-minutes',
	'/products/motors/hs4-100',
	'/webinars/sizing-a-servo-axis',
];
const LISTS = ['/', '/products/motors', '/library', '/search?q=encoder'];
const CONTENT = [...READ, ...LISTS];
const VIEWS = [
	['en', 390],
	['zh-CN', 1440],
] as const;
const stage = openStage();

interface Loaded {
	readonly page: Page;
	/** What came over the wire, heads included, by kind. */
	readonly bytes: Readonly<Record<string, number>>;
	readonly total: number;
	/** Of the largest picture. */
	readonly pictureBytes: number;
	/** Scripts alone, gzipped. */
	readonly scriptBytes: number;
	readonly failed: readonly string[];
	readonly blocking: readonly string[];
}

/** Adds up what moves on each page that is opened, for {@link shiftOf}. */
const recordShifts = (page: Page): Promise<unknown> =>
	page.addInitScript(() => {
		const record = { shift: 0 };
		Object.assign(window, { foyerShift: record });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
				if (!entry.hadRecentInput) record.shift += entry.value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
const shiftOf = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { foyerShift: { shift: number } }).foyerShift.shift);

/** Reads to the end of a page, and waits for what that loads. */
async function readThrough(page: Page): Promise<void> {
	await page.evaluate(async () => {
		for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
			scrollTo(0, top);
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		}
	});
	await page.waitForLoadState('networkidle');
}

/** Opens a page in a new browser profile, on a phone or a desk, and reads to its end. */
async function load(path: string, locale: 'en' | 'zh-CN', width: number): Promise<Loaded> {
	const context = await stage.browser.newContext({ locale, viewport: { width, height: width < 600 ? 844 : 900 }, deviceScaleFactor: 1 });
	const page = await context.newPage();
	const network = await context.newCDPSession(page);
	const kinds = new Map<string, string>();
	const bytes: Record<string, number> = {};
	const failed: string[] = [];
	let pictureBytes = 0;
	await network.send('Network.enable');
	network.on('Network.responseReceived', ({ requestId, type, response }) => {
		kinds.set(requestId, type);
		if (response.status >= 400) failed.push(`${response.status} ${response.url}`);
	});
	network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const kind = kinds.get(requestId) ?? 'Other';
		bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
		if (kind === 'Image') pictureBytes = Math.max(pictureBytes, encodedDataLength);
	});
	await recordShifts(page);
	let scriptBytes = 0;
	page.on('response', async (answer) => {
		if (answer.request().resourceType() === 'script') scriptBytes += gzipSync(await answer.body()).length;
	});
	await page.goto(stage.hub.url + path, { waitUntil: 'networkidle' });
	const blocking = await page.evaluate(() =>
		(performance.getEntriesByType('resource') as (PerformanceResourceTiming & { renderBlockingStatus: string })[])
			.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
			.map(({ name }) => name),
	);
	return { page, bytes, total: Object.values(bytes).reduce((sum, part) => sum + part, 0), pictureBytes, scriptBytes, failed, blocking };
}

describe.each(VIEWS)('in %s at %i px', (locale, width) => {
	test.each(CONTENT)(
		'%s is light, loads nothing that is missing, stays where it is, and its pictures keep their place and wait for their turn',
		async (path) => {
			// Sizes of pictures are made at the first request, pages are compressed after it.
			await (await load(inLanguage(path, locale), locale, width)).page.context().close();
			const { page, bytes, total, pictureBytes, scriptBytes, failed, blocking } = await load(inLanguage(path, locale), locale, width);
			expect(failed).toEqual([]);
			expect(scriptBytes).toBeLessThan(SCRIPT_LIMIT_BYTES);
			const weighed = total - (bytes['Image'] ?? 0) + (READ.includes(path) ? pictureBytes : 0);
			expect([weighed < PAGE_LIMIT_BYTES, bytes]).toEqual([true, bytes]);
			expect(blocking.length).toBeLessThanOrEqual(1);
			const pictures = await page.evaluate(() =>
				[...document.images].map((image) => ({
					src: image.getAttribute('src'),
					hasSize: image.getAttribute('width') !== null && image.getAttribute('height') !== null,
					isLazy: image.loading === 'lazy',
					isFirst: image.fetchPriority === 'high',
					top: image.getBoundingClientRect().top + scrollY,
					isShown: image.getClientRects().length > 0,
				})),
			);
			expect(pictures.filter(({ hasSize }) => !hasSize)).toEqual([]);
			expect(pictures.filter(({ isLazy, top, isShown }) => isShown && !isLazy && top > 2 * (width < 600 ? 844 : 900))).toEqual([]);
			expect(pictures.filter(({ isFirst, isLazy }) => isFirst && isLazy)).toEqual([]);
			expect(pictures.filter(({ isFirst }) => isFirst).length).toBeLessThanOrEqual(1);

			await readThrough(page);
			expect(await shiftOf(page)).toBeLessThan(SHIFT_LIMIT);
			await page.context().close();
		},
	);
});

test('the typeface is asked for with the page, not after the styles', async () => {
	const { page } = await load('/', 'en', 1440);
	const fonts = await page.evaluate(() =>
		(performance.getEntriesByType('resource') as PerformanceResourceTiming[])
			.filter(({ name }) => name.endsWith('.woff2'))
			.map(({ name, initiatorType }) => [new URL(name).pathname, initiatorType]),
	);
	expect(fonts.length).toBeGreaterThan(0);
	for (const [, initiator] of fonts) expect(initiator).toBe('link');
	await page.context().close();
});

/** A browser that agreed to everything and read a paper, of somebody who is not held out of personalisation. */
async function aReader(browser: Browser, locale: 'en' | 'zh-CN', width: number): Promise<{ readonly page: Page; readonly usual: readonly string[] }> {
	for (;;) {
		const context = await browser.newContext({ locale, viewport: { width, height: width < 600 ? 844 : 900 } });
		const page = await context.newPage();
		await recordShifts(page);
		await page.goto(stage.hub.url + inLanguage('/', locale));
		await page.locator('[data-consent-notice] button').last().click();
		await page.waitForLoadState('networkidle');
		const { handle, close } = openSqliteReader(join(stage.hub.dataFolder, 'foyer.db'));
		const [latest] = await handle.select({ id: visitor.id }).from(visitor).orderBy(desc(visitor.id)).limit(1);
		close();
		if (latest && !isHeldOut(FIRST_HOLD_OUT, latest.id)) {
			const usual = await askedFor(page, locale);
			await page.goto(stage.hub.url + inLanguage(READ[0]!, locale), { waitUntil: 'networkidle' });
			return { page, usual };
		}
		await context.close();
	}
}

/** What the home page asks for beside pictures, which are other pieces' in another order, and what it tells. */
async function askedFor(page: Page, locale: 'en' | 'zh-CN'): Promise<readonly string[]> {
	const found: string[] = [];
	const note = (request: Request): void => {
		if (request.resourceType() !== 'image' && request.method() === 'GET') found.push(new URL(request.url()).pathname);
	};
	page.on('request', note);
	await page.goto(stage.hub.url + inLanguage('/', locale), { waitUntil: 'networkidle' });
	await readThrough(page);
	page.off('request', note);
	return found.toSorted();
}

test.each(VIEWS)('a home page of one’s own, in %s at %i px, stands still and asks for nothing that everybody’s does not', async (locale, width) => {
	const browser = await openBrowser([`--user-agent=${AGENT}`]);
	onTestFinished(() => browser.close());
	const { page, usual } = await aReader(browser, locale, width);
	const reasons = page.locator('[data-slot="home-for-you"] .why');
	await until('a row of their own', async () => {
		await page.goto(stage.hub.url + inLanguage('/', locale));
		return (await reasons.count()) > 0;
	});
	expect(usual.length).toBeGreaterThan(1);
	expect([await askedFor(page, locale), await reasons.count()]).toEqual([usual, 4]);
	expect(await shiftOf(page)).toBeLessThan(STILL);
});
