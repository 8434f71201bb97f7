import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { inLanguage, PAGE_TYPES } from '#tests/support/pages.ts';
import { openStage } from '#tests/support/stage.ts';

const SCRIPT_LIMIT_BYTES = 5 * 1_024;

describe('every page type', () => {
	const stage = openStage();

	test.each([
		['en', 1440, 'light'],
		['zh-CN', 390, 'light'],
		// As wide as a window of 1,280 px at 400 %.
		['en', 320, 'dark'],
	] as const)(
		'in %s at %i px (%s) has no violation axe can see, fits the width and asks no other host',
		async (locale, width, colorScheme) => {
			const page = await stage.browser.newPage({ locale, viewport: { width, height: 900 }, colorScheme });
			const foreign: string[] = [];
			page.on('request', (request) => request.url().startsWith(stage.hub.url) || request.url().startsWith('data:') || foreign.push(request.url()));
			const found: string[] = [];
			for (const path of [...PAGE_TYPES.map((one) => inLanguage(one, locale)), '/console/sign-in']) {
				await page.goto(stage.hub.url + path);
				found.push(...(await flawsOf(page)));
				// The notice is on the first page only: on others it may lie over a link, where axe takes the rest of it for a small target.
				await page.context().addCookies([{ name: 'foyer_consent', value: '1.', url: stage.hub.url }]);
			}
			expect(found).toEqual([]);
			expect(foreign).toEqual([]);
			await page.close();
		},
		400_000,
	);

	test('reads and sends its forms without JavaScript', async () => {
		const context = await stage.browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${stage.hub.url}/white-papers/bearing-damage-from-vibration`);
		const form = page.locator('form[data-form]');
		await form.getByRole('button').click();
		expect(await form.locator('[aria-invalid=true]').count()).toBeGreaterThan(2);
		await page.goto(`${stage.hub.url}/search`);
		await page.getByRole('main').getByRole('searchbox').fill('HX4-E58');
		await page.getByRole('main').getByRole('button').first().click();
		expect(await page.getByRole('main').textContent()).toContain('HX4-E58');
		await context.close();
	});

	test('a content page carries less than 5 KB of script', async () => {
		const page = await stage.browser.newPage();
		let bytes = 0;
		page.on('response', async (answer) => {
			if (answer.request().resourceType() === 'script') bytes += gzipSync(await answer.body()).length;
		});
		await page.goto(`${stage.hub.url}/white-papers/bearing-damage-from-vibration`, { waitUntil: 'networkidle' });
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThan(SCRIPT_LIMIT_BYTES);
		await page.close();
	});

	test.each([
		['/', 1440],
		['/library', 1024],
		['/cases/flow-wrapper-rebuild', 390],
	])('%s at %i px: the tab key reaches everything in turn, and one sees where it is', async (path, width) => {
		const page = await stage.browser.newPage({ viewport: { width, height: 800 } });
		await page.goto(stage.hub.url + path);
		const lost: string[] = [];
		const seen = new Set<string>();
		for (let n = 0; n < 200; n++) {
			await page.keyboard.press('Tab');
			const stop = await page.evaluate(whereFocusIs);
			if (stop === null) break;
			if (!stop.isSeen) lost.push(stop.name);
			seen.add(stop.name);
		}
		expect(lost).toEqual([]);
		expect(seen.size).toBeGreaterThan(20);
		await page.close();
	});

	test('the skip link leads past the menu', async () => {
		const page = await stage.browser.newPage();
		await page.goto(stage.hub.url);
		await page.keyboard.press('Tab');
		expect(await page.evaluate('document.activeElement.className')).toBe('skip');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
		await page.close();
	});

	test.each([
		['.nav-more', 1440],
		['.nav-menu', 390],
	])('the menu %s at %i px opens, is walked through and closes by keyboard, and works without script', async (menu, width) => {
		const page = await stage.browser.newPage({ viewport: { width, height: 800 } });
		await page.goto(stage.hub.url);
		await page.locator(`${menu} > summary`).focus();
		await page.keyboard.press('Enter');
		expect(await page.locator(menu).getAttribute('open')).not.toBeNull();
		await page.keyboard.press('Tab');
		expect(await page.evaluate(`document.activeElement.closest('${menu}') !== null`)).toBe(true);
		await page.keyboard.press('Escape');
		expect(await page.locator(menu).getAttribute('open')).toBeNull();
		expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
		await page.close();

		const bare = await stage.browser.newPage({ viewport: { width, height: 800 }, javaScriptEnabled: false });
		await bare.goto(stage.hub.url);
		await bare.locator(`${menu} > summary`).click();
		expect(await bare.locator(menu).getByRole('link').last().isVisible()).toBe(true);
		await bare.close();
	});

	test.each(['/', '/white-papers/bearing-damage-from-vibration', '/library', '/zh-CN/cases/flow-wrapper-rebuild'])(
		'%s does not move while it loads',
		async (path) => {
			const page = await stage.browser.newPage({ viewport: { width: 390, height: 844 } });
			await page.addInitScript(`
			window.shifts = 0;
			new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });
		`);
			await page.goto(stage.hub.url + path, { waitUntil: 'networkidle' });
			expect(await page.evaluate('window.shifts')).toBeLessThan(0.02);
			await page.close();
		},
	);

	test('main targets are large enough for a thumb', async () => {
		const page = await stage.browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
		await page.goto(stage.hub.url);
		await page.locator('.nav-menu > summary').click();
		const small = await page.evaluate(`[...document.querySelectorAll('.button, .nav-menu > summary, .nav-sheet a, .search-link')]
			.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
			.map((one) => one.outerHTML.slice(0, 80))`);
		expect(small).toEqual([]);
		await page.close();
	});
});

/** Where the focus is and whether one sees it; null when it has left the page. */
function whereFocusIs(): { readonly name: string; readonly isSeen: boolean } | null {
	const element = document.activeElement;
	if (!element || element === document.body) return null;
	const { outlineStyle, outlineWidth } = getComputedStyle(element);
	const box = element.getBoundingClientRect();
	const isInWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
	return {
		name: `${element.tagName} ${element.getAttribute('href') ?? ''} ${(element.textContent ?? '').trim().slice(0, 40)} ${element.id}`,
		isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && isInWindow,
	};
}
