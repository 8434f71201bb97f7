import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser } from '#tests/support/browser.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const CONTENT = [
	'/',
	'/library',
	'/white-papers/bearing-damage-from-vibration',
	'/cases/flow-wrapper-rebuild',
	'/articles/io-link-in-ten-minutes',
	'/products',
	'/products/motors',
	'/products/motors/hs4-100',
	'/webinars',
	'/webinars/sizing-a-servo-axis',
	'/search?q=encoder',
	'/p/about',
	'/privacy',
	'/preferences',
	'/quote',
	'/nothing-here',
];
const SCRIPT_LIMIT_BYTES = 5 * 1_024;

describe('every page type', () => {
	let hub: TestHub;
	let browser: Browser;
	beforeAll(async () => {
		[hub, browser] = await Promise.all([startTestHub(), openBrowser()]);
	});
	afterAll(async () => {
		await browser.close();
		await hub.close();
	});

	test.each([
		['en', 1440, ''],
		['zh-CN', 390, '/zh-CN'],
	])(
		'in %s at %i px has no violation axe can see, fits the width and asks no other host',
		async (locale, width, root) => {
			const page = await browser.newPage({ locale, viewport: { width, height: 900 } });
			const foreign: string[] = [];
			page.on('request', (request) => request.url().startsWith(hub.url) || request.url().startsWith('data:') || foreign.push(request.url()));
			const found: string[] = [];
			for (const path of [...CONTENT.map((one) => `${root}${one === '/' && root ? '' : one}`), '/console/sign-in']) {
				await page.goto(hub.url + path);
				await page.evaluate(AXE);
				const { violations } = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`)) as AxeResults;
				for (const { id, nodes } of violations) found.push(`${path}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
				const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				if (tooWide > 0) found.push(`${path}: ${tooWide} px wider than the window`);
			}
			expect(found).toEqual([]);
			expect(foreign).toEqual([]);
			await page.close();
		},
		180_000,
	);

	test('reads and sends its forms without JavaScript', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${hub.url}/white-papers/bearing-damage-from-vibration`);
		const form = page.locator('form[data-form]');
		await form.getByRole('button').click();
		expect(await form.locator('[aria-invalid=true]').count()).toBeGreaterThan(2);
		await page.goto(`${hub.url}/search`);
		await page.getByRole('main').getByRole('searchbox').fill('HX4-E58');
		await page.getByRole('main').getByRole('button').first().click();
		expect(await page.getByRole('main').textContent()).toContain('HX4-E58');
		await context.close();
	});

	test('a content page carries less than 5 KB of script', async () => {
		const page = await browser.newPage();
		let bytes = 0;
		page.on('response', async (answer) => {
			if (answer.request().resourceType() === 'script') bytes += gzipSync(await answer.body()).length;
		});
		await page.goto(`${hub.url}/white-papers/bearing-damage-from-vibration`, { waitUntil: 'networkidle' });
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThan(SCRIPT_LIMIT_BYTES);
		await page.close();
	});
});
