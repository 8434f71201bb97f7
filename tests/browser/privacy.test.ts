import { join } from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { openSqliteReader } from '#kernel/database-sqlite.ts';
import { inLanguage, PAGE_TYPES } from '#tests/support/pages.ts';
import { openStage } from '#tests/support/stage.ts';
import { aStranger } from '#tests/support/stranger.ts';

import { consent, event, formSubmission, person, touchpoint, visitor } from '../../gating/schema.ts';

/** What the privacy page declares as kept in the browser only, when the reader collects, compares or reads. */
const DECLARED = /^foyer[.-](?:brochure|compare|reading)/;
const PAPER = '/white-papers/bearing-damage-from-vibration';
const stage = openStage({ takesMail: true });

const rows = async (): Promise<Record<string, number>> => {
	const { handle, close } = openSqliteReader(join(stage.hub.dataFolder, 'foyer.db'));
	const counts: Record<string, number> = {};
	for (const [name, table] of Object.entries({ visitor, event, consent, person, touchpoint, formSubmission }))
		counts[name] = await handle.$count(table);
	close();
	return counts;
};
const NONE = { visitor: 0, event: 0, consent: 0, person: 0, touchpoint: 0, formSubmission: 0 };
const notice = (page: Page) => page.locator('[data-consent-notice]');
const stored = (page: Page) =>
	page.evaluate(async () => ({
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		workers: (await navigator.serviceWorker.getRegistrations()).length,
	}));
const cookiesOf = async (context: BrowserContext) => (await context.cookies()).map(({ name, value }) => `${name}=${value}`);

describe('before anybody agreed', () => {
	test('no page sets a cookie, stores anything or leaves a row, and refusing is as easy as agreeing', { timeout: 300_000 }, async () => {
		const context = await stage.browser.newContext({ viewport: { width: 390, height: 800 } });
		const page = await context.newPage();
		const found: string[] = [];
		for (const locale of ['en', 'zh-CN'] as const) {
			for (const path of PAGE_TYPES) {
				await page.goto(stage.hub.url + inLanguage(path, locale));
				await page.mouse.wheel(0, 300);
				const { local, session, ...other } = await stored(page);
				for (const key of [...local, ...session]) if (!DECLARED.test(key)) found.push(`${path} stores ${key}`);
				if (Object.values(other).some((n) => n > 0)) found.push(`${path} ${JSON.stringify(other)}`);
				for (const cookie of await cookiesOf(context)) found.push(`${path} sets ${cookie}`);
				if (path === '/') {
					const [refuse, accept] = await notice(page)
						.getByRole('button')
						.evaluateAll((buttons) => buttons.map((button) => ({ box: button.getBoundingClientRect().toJSON() as DOMRect, face: button.className })));
					expect([refuse?.box.width, refuse?.box.height, refuse?.face]).toEqual([accept?.box.width, accept?.box.height, accept?.face]);
					expect(refuse?.box.top).toBe(accept?.box.top);
				}
			}
		}
		expect(found).toEqual([]);
		expect(await rows()).toEqual(NONE);
		await context.close();
	});

	test('refusing leaves the answer itself and nothing else', async () => {
		const context = await stage.browser.newContext();
		const page = await context.newPage();
		await page.goto(stage.hub.url);
		await notice(page).getByRole('button').first().click();
		await page.waitForURL(stage.hub.url);
		expect((await cookiesOf(context)).sort()).toEqual(['foyer_analytics=0', 'foyer_consent=1.']);
		await expect.poll(() => notice(page).count()).toBe(0);
		expect(await rows()).toEqual(NONE);
		await context.close();
	});
});

describe.each([['sec-gpc'], ['dnt']])('a browser that sends %s: 1', (signal) => {
	test('has refused: it is not asked, not known, and told so where it may choose otherwise', async () => {
		const context = await stage.browser.newContext({ extraHTTPHeaders: { [signal]: '1' } });
		const page = await context.newPage();
		for (const path of ['/', '/library', PAPER, '/zh-CN/products']) {
			await page.goto(stage.hub.url + path);
			expect(await notice(page).count()).toBe(0);
		}
		expect(await cookiesOf(context)).toEqual([]);
		const before = await rows();

		await page.goto(`${stage.hub.url}/preferences`);
		expect(await page.getByText('Global Privacy Control').count()).toBe(1);
		const box = page.getByRole('checkbox').first();
		expect(await box.isChecked()).toBe(false);
		await box.check();
		await page.getByRole('button', { name: 'Save' }).first().click();
		await page.waitForURL(/done=saved/);
		expect(await page.getByText('Global Privacy Control').count()).toBe(0);
		expect((await cookiesOf(context)).some((cookie) => cookie === 'foyer_consent=1.analytics')).toBe(true);
		expect((await rows())['visitor']).toBe((before['visitor'] ?? 0) + 1);
		await context.close();
	});

	test('gets another copy of a kept page than a browser that is still to be asked, whoever came first', async () => {
		const ask = async (headers: Record<string, string>) =>
			(await (await fetch(`${stage.hub.url}/articles/io-link-in-ten-minutes`, { headers })).text()).includes('data-consent-notice');
		expect([await ask({}), await ask({ [signal]: '1' }), await ask({}), await ask({ [signal]: '0' })]).toEqual([true, false, true, true]);
	});
});

test('the page behind the link in a mail works without script, in both languages, and a scanner changes nothing', { timeout: 60_000 }, async () => {
	const reader = aStranger(stage.hub, 'privacy');
	await reader.unlock('bearing-damage-from-vibration', stage.mails);
	const mail = await stage.mails.mailTo(reader.email);
	const own = /\/u\/[\w.-]+/.exec(mail.text ?? '')?.[0] ?? '';
	const before = await rows();
	for (const path of [own, `/zh-CN${own}`]) {
		for (const method of ['GET', 'HEAD']) expect((await fetch(stage.hub.url + path, { method })).status).toBe(200);
	}
	expect(await rows()).toEqual(before);

	const context = await stage.browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(stage.hub.url + own);
	expect(await page.getByText('p•••@kestrel-packaging.com').count()).toBe(1);
	expect(await page.content()).not.toContain(reader.email);
	expect(await page.getByRole('button', { name: 'As JSON' }).count()).toBe(0);
	await page.getByRole('checkbox', { name: /Reminders/ }).uncheck();
	await page.getByRole('button', { name: 'Save my choices' }).click();
	await page.waitForURL(/done=choices/);
	expect(await page.getByRole('checkbox', { name: /Reminders/ }).isChecked()).toBe(false);
	await page.getByRole('button', { name: 'Mail me the link' }).click();
	await page.waitForURL(/done=asked/);
	const proof = await stage.mails.mailTo(reader.email, ({ subject }) => subject === 'Confirm that it is you');
	await page.goto(stage.hub.url + (/\/u\/[\w.-]+/.exec(proof.text ?? '')?.[0] ?? ''));
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'As a page to read' }).click()]);
	expect(download.suggestedFilename()).toBe('my-data.html');
	await page.getByRole('link', { name: 'Erase my data' }).click();
	await page.getByRole('button', { name: 'Erase everything for good' }).click();
	await page.getByRole('heading', { name: 'Your data has been erased' }).waitFor();
	expect((await fetch(stage.hub.url + own)).status).toBe(404);
	await context.close();
});
