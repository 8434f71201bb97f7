import { gzipSync } from 'node:zlib';

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { inLanguage } from '#tests/support/pages.ts';
import { openStage } from '#tests/support/stage.ts';

const PAGE_LIMIT_BYTES = 120 * 1_024;
const SCRIPT_LIMIT_BYTES = 5 * 1_024;
const SHIFT_LIMIT = 0.02;
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
	await page.addInitScript(() => {
		const record = { shift: 0 };
		Object.assign(window, { foyerShift: record });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
				if (!entry.hadRecentInput) record.shift += entry.value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
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

			await page.evaluate(async () => {
				for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
					scrollTo(0, top);
					await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				}
			});
			await page.waitForLoadState('networkidle');
			expect(await page.evaluate(() => (window as unknown as { foyerShift: { shift: number } }).foyerShift.shift)).toBeLessThan(SHIFT_LIMIT);
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
