import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { staffOf } from '#tests/support/console.ts';
import { openStage } from '#tests/support/stage.ts';
import type { Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const stage = openStage();
const LINE = '.site-banner';

/** The promotion page of a session that is ahead of us. */
async function promotionOf(host: Stranger, title: string): Promise<string> {
	const list = await (await host.get('/console/webinars')).text();
	const found = new RegExp(`href="(/console/webinars/[0-9a-f-]{36})"[^>]*>\\s*${title}`).exec(list);
	if (!found) throw new Error(`no session of ${title}`);
	return `${found[1]}/promotion`;
}

const has = async (path: string): Promise<boolean> => (await (await fetch(stage.hub.url + path)).text()).includes('class="site-banner"');

/** How far the page shifted by itself. */
const shifts = (page: Page): Promise<number> =>
	page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				let sum = 0;
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
						if (!entry.hadRecentInput) sum += entry.value;
				}).observe({ type: 'layout-shift', buffered: true });
				requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
			}),
	);

test('golden: a host switches a banner on; kept pages follow, it can be hidden with and without a script, and switched off', async () => {
	const { hub, browser } = stage;
	const host = await staffOf(hub, 'Host');
	const promotion = await promotionOf(host, 'Harmonics in older plants');
	for (const path of ['/', '/library', '/products', '/zh-CN', '/webinars']) expect([path, await has(path)]).toEqual([path, false]);
	const form = { action: 'banner', from: '2020-01-01T00:00', until: '', textEn: 'Harmonics, measured', textZh: '' };
	expect((await host.post(promotion, { ...form, places: '' })).status).toBe(422);
	expect((await host.post(promotion, { ...form, places: 'home' })).status).toBe(303);
	const switchedAt = performance.now();
	await until('the home page to show it', () => has('/'));
	expect(performance.now() - switchedAt).toBeLessThan(5_000);
	expect(await has('/zh-CN')).toBe(true);
	for (const path of ['/library', '/products', '/webinars/harmonics-in-older-plants', '/quote'])
		expect([path, await has(path)]).toEqual([path, false]);

	const plain = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
	await plain.goto(hub.url);
	expect(await plain.locator(LINE).count()).toBe(1);
	expect(await plain.locator(`${LINE} a`).getAttribute('href')).toMatch(/^\/webinars\/harmonics-in-older-plants\?utm_source=\w+&utm_medium=banner&/);
	await plain.locator(`${LINE} label`).click();
	expect(await plain.locator(LINE).isVisible()).toBe(false);
	await plain.close();

	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	await page.goto(hub.url);
	expect(await page.locator(`${LINE} strong`).textContent()).toBe('Harmonics, measured');
	expect([await flawsOf(page), await shifts(page)]).toEqual([[], 0]);
	await page.locator(`${LINE} input`).focus();
	await page.keyboard.press('Space');
	expect([await page.locator(LINE).isVisible(), await page.evaluate(() => document.activeElement?.id)]).toEqual([false, 'content']);
	await page.reload();
	expect([await page.locator(LINE).isVisible(), await shifts(page)]).toEqual([false, 0]);
	expect(await page.evaluate(() => [document.cookie.includes('banner'), Object.keys(localStorage).join().includes('banner')])).toEqual([
		false,
		false,
	]);
	const other = await browser.newPage();
	await other.goto(hub.url);
	expect(await other.locator(LINE).isVisible()).toBe(true);
	await Promise.all([context.close(), other.close()]);

	expect((await host.post(promotion, { action: 'banner-off' })).status).toBe(303);
	await until('the home page to be without it', async () => !(await has('/')));
});
