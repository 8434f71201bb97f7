import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openBrowser } from '#tests/support/browser.ts';
import { editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { aStranger } from '#tests/support/stranger.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PAPER = '/white-papers/bearing-damage-from-vibration';

let hub: TestHub;
let mails: TestMailServer;
let browser: Browser;
beforeAll(async () => {
	mails = await startMailServer();
	[hub, browser] = await Promise.all([startTestHub({ SMTP_URL: mails.url }), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await hub.close();
	await mails.stop();
});

async function asStaff(): Promise<Page> {
	const page = await (await browser.newContext({ locale: 'en' })).newPage();
	const account = await editor(hub).account('Marketer');
	await page.goto(`${hub.url}/console/referrals`);
	await page.locator('[name=email]').fill(account.email);
	await page.locator('[name=password]').fill(account.password);
	await page.locator('[name=password]').press('Enter');
	await page.getByRole('heading', { level: 1, name: 'Referrals' }).waitFor();
	return page;
}

async function problemsOf(page: Page): Promise<unknown[]> {
	await page.evaluate(AXE);
	const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`);
	return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

test('staff start a programme, a reader makes a link and a poster, a colleague comes by it and counts', async () => {
	const staff = await asStaff();
	await staff.getByText('New programme').click();
	await staff.getByLabel('Paper or webinar').selectOption({ label: 'Bearing damage from vibration' });
	await staff.getByLabel('Title in English').fill('Bring a colleague');
	await staff.getByLabel('Reward in English').fill('A torque wrench');
	await staff.getByRole('button', { name: 'Start the programme' }).click();
	await staff.getByRole('heading', { level: 1, name: 'Bring a colleague' }).waitFor();
	const programme = staff.url();

	const ann = aStranger(hub, 'ann');
	await ann.unlock('bearing-damage-from-vibration', mails);
	const context = await browser.newContext({ locale: 'en', viewport: { width: 390, height: 844 } });
	await context.addCookies(ann.cookies().map((cookie) => ({ ...cookie, url: hub.url })));
	const page = await context.newPage();
	await page.goto(hub.url + PAPER);
	await page.getByRole('link', { name: 'Invite colleagues' }).click();
	await page.getByRole('button', { name: 'Make my link' }).click();
	const link = (await page.locator('.invite-link').innerText()).trim();
	expect(new URL(link).pathname).toMatch(/^\/i\/[a-z2-9]{10}$/);
	const isTooWide = [...(await page.locator('main *').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right)))].some(
		(right) => right > 390,
	);
	expect(isTooWide).toBe(false);
	expect(await problemsOf(page)).toEqual([]);

	for (const language of ['en', 'zh-CN']) {
		const picture = await page.request.get(`${page.url().replace(/#.*/, '')}/poster?language=${language}&format=png`);
		const { width = 0, height = 0, format } = await sharp(await picture.body()).metadata();
		expect([format, width >= 1_080, height >= 1_440]).toEqual(['png', true, true]);
		const print = await page.request.get(`${page.url().replace(/#.*/, '')}/poster?language=${language}&format=pdf`);
		expect((await print.body()).subarray(0, 5).toString()).toBe('%PDF-');
	}
	const stranger = await browser.newContext();
	expect((await stranger.request.get(`${page.url().replace(/#.*/, '')}/poster`)).status()).toBe(404);

	// Scanners and previews: HEAD, GET by machines, a headless browser that loads everything and does nothing.
	for (const agent of ['curl/8.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'Mozilla/5.0 MicroMessenger/8.0.50']) {
		const headers = { 'user-agent': agent };
		for (const method of ['HEAD', 'GET']) await fetch(link, { method, headers });
	}
	const scanner = await browser.newPage();
	const answer = await scanner.goto(link);
	expect(answer?.request().redirectedFrom()?.url()).toBe(link);
	expect(await scanner.context().cookies()).toEqual([]);
	await staff.goto(programme);
	const counts = () => staff.locator('section[aria-labelledby=board] tbody tr').first().locator('td.is-number').allInnerTexts();
	expect((await counts()).slice(1)).toEqual(['0', '0', '0', '0', '0', '0']);

	const form = scanner.locator('form[data-form]');
	const email = 'ben.roth@press-works.com';
	for (const [name, value] of Object.entries({ name: 'Ben Roth', email, company: 'Press Works', jobTitle: 'Engineer' }))
		await form.locator(`[name=${name}]`).fill(value);
	await form.locator('button[type=submit]').click();
	const mail = await mails.mailTo(email, ({ text }) => /\/c\/\S+/.test(text ?? ''));
	await scanner.goto(hub.url + new URL(/https?:\S+\/c\/\S+/.exec(mail.text ?? '')?.[0] ?? '').pathname);
	await scanner.getByRole('main').getByRole('button').first().click();
	await staff.goto(programme);
	expect((await counts()).slice(1)).toEqual(['1', '1', '1', '1', '0', '0']);
	expect(await problemsOf(staff)).toEqual([]);
}, 120_000);
