import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { openStage } from '#tests/support/stage.ts';

import { until } from '#tests/support/until.ts';

const PAGES = [
	'/products',
	'/products/motors',
	'/products/motors?rated-power.min=1&degree-of-protection=IP65&view=table&sort=rated-power.desc',
	'/products/motors?rated-power.min=5&degree-of-protection=IP65',
	'/products/servo-drives/hd3-012',
	'/products/compare',
	'/products/compare?p=hd3-012&p=hd3-005&p=hx6-t&p=nonsense',
	'/products/compare?p=hd3-012&p=hd3-005&only=differences',
	'/industries',
	'/industries/packaging',
];

describe('the catalogue', () => {
	const stage = openStage();

	const open = async (path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
		const context = await stage.browser.newContext(options);
		await context.addCookies([{ name: 'foyer_consent', value: '1.', url: stage.hub.url }]);
		const page = await context.newPage();
		await page.goto(stage.hub.url + path);
		return page;
	};
	const partNumbers = (page: Page): Promise<string[]> => page.locator('.product-cell .eyebrow').allTextContents();

	test('is narrowed by links and by a form without JavaScript', async () => {
		const page = await open('/products/motors', { javaScriptEnabled: false });
		expect(await partNumbers(page)).toHaveLength(4);

		await page.getByRole('group', { name: 'Degree of protection' }).getByRole('link', { name: /IP65/ }).click();
		expect(new URL(page.url()).search).toBe('?degree-of-protection=IP65');
		expect(await partNumbers(page)).toEqual(['HS4-060', 'HS4-100']);

		await page.getByLabel('Rated power, from').fill('1');
		await page.getByRole('button', { name: 'Apply' }).first().click();
		expect(new URL(page.url()).searchParams.get('rated-power.min')).toBe('1');
		expect(await partNumbers(page)).toEqual(['HS4-100']);
		expect(await page.locator('.browse-count').textContent()).toBe('1 of 4 products');

		await page.getByRole('link', { name: 'Remove filter Degree of protection: IP65' }).click();
		expect(await partNumbers(page)).toEqual(['HM2-132', 'HS4-100']);
		await page.getByRole('link', { name: 'Clear all' }).click();
		expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/products/motors');
		await page.context().close();
	});

	test('says which filter to let go of where nothing fits', async () => {
		const page = await open('/products/motors?rated-power.min=5&degree-of-protection=IP65', { javaScriptEnabled: false });
		expect(await partNumbers(page)).toEqual([]);
		await page.getByRole('link', { name: /without “Degree of protection: IP65”/ }).click();
		expect(await partNumbers(page)).toEqual(['HM2-132']);
		await page.context().close();
	});

	test('compares what was ticked without JavaScript, and takes products in and out', async () => {
		const page = await open('/products/servo-drives', { javaScriptEnabled: false });
		await page.getByLabel(/^Compare HD3-005 /).check();
		await page.getByLabel(/^Compare HD5-040 /).check();
		await page.getByRole('button', { name: 'Compare selected' }).click();
		expect(new URL(page.url()).search).toBe('?p=hd3-005&p=hd5-040');
		const columns = page.locator('.compare-names th');
		expect(await columns.count()).toBe(2);
		const current = page.getByRole('row', { name: /Rated output current per axis/ });
		expect(await current.getByRole('img', { name: 'differs' }).count()).toBe(1);
		expect(
			await page
				.getByRole('row', { name: /Number of axes/ })
				.getByRole('img', { name: 'differs' })
				.count(),
		).toBe(0);

		await page.getByRole('link', { name: 'Only differences' }).click();
		expect(await page.getByRole('row', { name: /Number of axes/ }).count()).toBe(0);
		expect(await current.count()).toBe(1);

		await page.getByLabel('Part number').fill('hx6 t');
		await page.getByRole('button', { name: 'Add' }).click();
		expect(await columns.count()).toBe(3);
		expect(new URL(page.url()).search).toBe('?p=hd3-005&p=hd5-040&p=hx6%20t&only=differences');
		await page.getByRole('link', { name: 'Remove HD5-040' }).click();
		expect(new URL(page.url()).searchParams.getAll('p')).toEqual(['hd3-005', 'hx6-t']);
		await page.context().close();
	});

	test('keeps what was picked over pages', async () => {
		const page = await open('/products/servo-drives');
		await page.getByLabel(/^Compare HD3-005 /).check();
		expect(await page.getByRole('region', { name: 'Products to compare' }).getByRole('link').count()).toBe(0);
		await page.goto(`${stage.hub.url}/products/servo-drives/hd3-012`);
		await page.getByRole('button', { name: 'Add to compare' }).click();
		const tray = page.getByRole('region', { name: 'Products to compare' });
		expect(await tray.getByRole('button', { name: /^Remove/ }).allTextContents()).toEqual(['HD3-005 ×', 'HD3-012 ×']);
		await tray.getByRole('link', { name: 'Compare' }).click();
		expect(new URL(page.url()).search).toBe('?p=hd3-005&p=hd3-012');
		await page.goBack();
		await tray.getByRole('button', { name: 'Clear' }).click();
		expect(await tray.isVisible()).toBe(false);
		await page.context().close();
	});

	test('copies a part number', async () => {
		const page = await open('/products/servo-drives/hd3-012', { permissions: ['clipboard-read', 'clipboard-write'] });
		await page.getByRole('button', { name: 'Copy part number HD3-012' }).click();
		await until('the part number in the clipboard', async () =>
			(await page.evaluate(() => navigator.clipboard.readText())) === 'HD3-012' ? true : null,
		);
		await page.context().close();
	});

	test('leads from a category and an industry to a product under its one address', async () => {
		const moved = await fetch(`${stage.hub.url}/products/sensors/hd3-012`, { redirect: 'manual' });
		expect([moved.status, moved.headers.get('location')]).toEqual([301, '/products/servo-drives/hd3-012']);
		const page = await open('/zh-CN/industries/packaging');
		await page.locator('.product-cell a').first().click();
		expect(new URL(page.url()).pathname).toMatch(/^\/zh-CN\/products\/[a-z-]+\/[a-z0-9-]+$/);
		await page.context().close();
	});

	test('keeps narrowed pages out of search engines, and the plain one in', async () => {
		const robots = async (path: string) => (await fetch(stage.hub.url + path)).headers.get('x-robots-tag');
		expect(await robots('/products/motors')).toBeNull();
		expect(await robots('/products/motors?page=1&utm_source=x')).toBeNull();
		expect(await robots('/products/motors?degree-of-protection=IP65')).toBe('noindex, follow');
		expect(await robots('/products/motors?rated-power.min=1')).toBe('noindex, follow');
	});

	test.each([
		['en', 1440, ''],
		['en', 390, ''],
		['zh-CN', 390, '/zh-CN'],
	])('in %s at %i px fits the width and has no violation axe can see', async (locale, width, root) => {
		const page = await open('/privacy', { locale, viewport: { width, height: 900 } });
		const found: string[] = [];
		for (const path of PAGES) {
			await page.goto(stage.hub.url + root + path);
			found.push(...(await flawsOf(page)));
		}
		expect(found).toEqual([]);
		await page.context().close();
	});
});
