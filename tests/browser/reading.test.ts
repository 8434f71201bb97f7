import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { openStage } from '#tests/support/stage.ts';

import { until } from '#tests/support/until.ts';

const PAPER = '/white-papers/bearing-damage-from-vibration';

describe('white papers, lists and ways on', () => {
	const stage = openStage();

	const current = (page: Page) => page.locator('[data-contents] [aria-current]').textContent();

	test('its contents name every page, lead to the open ones and say that the others are closed', async () => {
		const page = await stage.browser.newPage({ javaScriptEnabled: false });
		await page.goto(stage.hub.url + PAPER);
		const links = page.locator('[data-contents] li a');
		const closed = page.locator('[data-contents] .is-closed');
		expect(await links.count()).toBe(2);
		expect(await closed.count()).toBeGreaterThanOrEqual(4);
		expect(await closed.first().textContent()).toContain('after the form');
		for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))) {
			expect(await page.locator(href!).count()).toBe(1);
		}
		await page.close();
	});

	test('the search suggests while one types, and is walked through by keyboard', async () => {
		const page = await stage.browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.goto(`${stage.hub.url}/search`);
		const field = page.getByRole('main').locator('[name=q]');
		await field.focus();
		await until('the list to be ready', async () => (await field.getAttribute('role')) === 'combobox');
		await field.pressSequentially('hx1');
		const options = page.getByRole('option');
		await options.first().waitFor();
		expect([await field.getAttribute('aria-expanded'), await options.first().textContent()]).toEqual(['true', expect.stringContaining('HX1')]);
		expect(await flawsOf(page)).toEqual([]);
		await page.keyboard.press('Escape');
		expect([await options.count(), await field.inputValue()]).toEqual([0, 'hx1']);
		await page.keyboard.press('ArrowDown');
		await options.first().waitFor();
		await page.keyboard.press('ArrowUp');
		expect(await options.last().getAttribute('aria-selected')).toBe('true');
		await page.keyboard.press('ArrowDown');
		expect(await field.getAttribute('aria-activedescendant')).toBeNull();
		await page.keyboard.press('ArrowDown');
		expect(await field.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/products\/sensors\/hx1/);
		await page.close();
	});

	test('a search is sorted by links, and says what the other language has', async () => {
		const page = await stage.browser.newPage({ javaScriptEnabled: false });
		await page.goto(`${stage.hub.url}/search?q=servo`);
		const first = page.locator('ol.rows h3, ol.rows h2').first();
		const before = await first.textContent();
		await page.getByRole('link', { name: 'Newest first' }).click();
		expect([new URL(page.url()).search, await page.getByRole('link', { name: 'Newest first' }).getAttribute('aria-current')]).toEqual([
			'?q=servo&sort=newest',
			'true',
		]);
		expect(await first.textContent()).not.toBe(before);
		await page.goto(`${stage.hub.url}/zh-CN/search?q=Ostlund`);
		await page.locator('a.onward[href*="language=en"]').click();
		expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/zh-CN/search?q=Ostlund&language=en');
		expect(await page.locator('ol.rows > li').count()).toBeGreaterThan(0);
		await page.close();
	});

	test('the place is marked while reading, offered at the next visit, and kept in this browser alone', async () => {
		const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 } });
		const page = await context.newPage();
		const sent: string[] = [];
		page.on('request', (request) => void sent.push(`${request.url()} ${request.postData() ?? ''}`));
		await page.goto(stage.hub.url + PAPER);
		expect(await page.locator('[data-continue]').textContent()).toContain('Start reading');
		await page.locator('[data-contents] li a').nth(1).click();
		await until('the second page to be marked', async () => (await current(page))?.includes('Four frequencies') || null);

		const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
		expect(kept).toContain('bearing-damage');
		expect(kept.length).toBeLessThan(1_024);
		expect(sent.filter((one) => one.includes('foyer-reading'))).toEqual([]);

		await page.goto(stage.hub.url + PAPER);
		const goOn = page.locator('[data-continue]');
		await until('the offer to go on', async () => (await goOn.textContent())?.includes('Continue at page 2') || null);
		await goOn.click();
		expect(new URL(page.url()).hash).toBe('#page-2');
		await context.close();
	});

	test('what a browser kept in another form does no harm', async () => {
		const page = await stage.browser.newPage();
		const errors: Error[] = [];
		page.on('pageerror', (error) => errors.push(error));
		await page.addInitScript("localStorage.setItem('foyer-reading', '{broken')");
		await page.goto(stage.hub.url + PAPER);
		expect(await page.locator('[data-continue]').textContent()).toContain('Start reading');
		expect(errors).toEqual([]);
		await page.close();
	});

	test('the gate says what one gets, how, and what happens with the data, before it asks', async () => {
		const page = await stage.browser.newPage();
		await page.goto(`${stage.hub.url}/zh-CN${PAPER}`);
		const gate = page.locator('.gate');
		expect(await gate.locator('.gate-terms h3').allTextContents()).toEqual(['您将获得', '如何打开', '您的信息如何使用']);
		expect(await gate.locator('[name=consents]:checked').count()).toBe(0);
		await page.close();
	});

	test('on paper it is the text and its figures, without menus and forms', async () => {
		const page = await stage.browser.newPage();
		await page.goto(stage.hub.url + PAPER);
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		for (const hidden of ['.site-nav', '.site-tools', '.gate form', '.page-turn', '.start-reading', '.reading-bar', '[data-consent-notice]']) {
			for (const element of await page.locator(hidden).all()) expect(await element.isVisible(), hidden).toBe(false);
		}
		expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(255, 255, 255)');
		expect(await page.locator('#page-2').isVisible()).toBe(true);
		await page.close();
	});

	test('pictures that cannot be had leave no broken sign', async () => {
		const page = await stage.browser.newPage();
		await page.route('**/media/**', (route) => route.abort());
		await page.goto(stage.hub.url);
		await until(
			'the first picture to be hidden',
			async () => (await page.locator('.hero-scene img').evaluate((one) => getComputedStyle(one).visibility)) === 'hidden' || null,
		);
		await page.close();
	});

	test('the library is narrowed, sorted, paged and cleared by links alone', async () => {
		const page = await stage.browser.newPage({ javaScriptEnabled: false });
		const main = page.getByRole('main');
		const count = async () => Number(/\d+/.exec((await main.getByRole('status').textContent()) ?? '')?.[0]);
		await page.goto(`${stage.hub.url}/library`);
		const all = await count();
		await main.getByRole('link', { name: /^Energy efficiency/ }).click();
		const some = await count();
		expect(some).toBeLessThan(all);
		await main.getByRole('link', { name: 'Title', exact: true }).click();
		expect(await count()).toBe(some);
		const titles = await main.locator('.row-title').allTextContents();
		expect(titles).toEqual([...titles].sort((a, b) => a.localeCompare(b, 'en')));
		await main.getByRole('link', { name: 'Without Energy efficiency' }).click();
		expect(await count()).toBe(all);
		await main.getByRole('link', { name: 'Next page' }).click();
		expect(new URL(page.url()).searchParams.get('page')).toBe('2');
		await page.close();
	});

	test('a mistyped address leads to what it meant', async () => {
		const page = await stage.browser.newPage({ javaScriptEnabled: false });
		const answer = await page.goto(`${stage.hub.url}/white-papers/bearing-damage-vibration`);
		expect(answer?.status()).toBe(404);
		await page.getByRole('main').getByRole('link', { name: 'Bearing damage from vibration' }).click();
		expect(new URL(page.url()).pathname).toBe(PAPER);
		await page.close();
	});

	test('a series is a shelf in reading order, found from the library', async () => {
		const page = await stage.browser.newPage({ javaScriptEnabled: false });
		await page.goto(`${stage.hub.url}/library`);
		await page.getByRole('main').getByRole('link', { name: 'Drive fundamentals' }).first().click();
		const kinds = await page.locator('.series-parts .eyebrow:first-child').allTextContents();
		expect(kinds[0]).toContain('WP-01');
		expect(kinds.length).toBeGreaterThan(3);
		expect((await page.goto(`${stage.hub.url}/series/no-such`))?.status()).toBe(404);
		await page.close();
	});
});
