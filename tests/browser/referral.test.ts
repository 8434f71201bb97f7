import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { editor } from '#tests/support/editor.ts';
import { openStage } from '#tests/support/stage.ts';
import { aStranger } from '#tests/support/stranger.ts';

const PAPER = '/white-papers/bearing-damage-from-vibration';
const stage = openStage({ takesMail: true });

async function asStaff(): Promise<Page> {
	const page = await (await stage.browser.newContext({ locale: 'en' })).newPage();
	const account = await editor(stage.hub).account('Marketer');
	await page.goto(`${stage.hub.url}/console/referrals`);
	await page.locator('[name=email]').fill(account.email);
	await page.locator('[name=password]').fill(account.password);
	await page.locator('[name=password]').press('Enter');
	await page.getByRole('heading', { level: 1, name: 'Referrals' }).waitFor();
	return page;
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

	const ann = aStranger(stage.hub, 'ann');
	await ann.unlock('bearing-damage-from-vibration', stage.mails);
	const context = await stage.browser.newContext({ locale: 'en', viewport: { width: 390, height: 844 } });
	await context.addCookies(ann.cookies().map((cookie) => ({ ...cookie, url: stage.hub.url })));
	const page = await context.newPage();
	await page.goto(stage.hub.url + PAPER);
	await page.getByRole('link', { name: 'Invite colleagues' }).click();
	await page.getByRole('button', { name: 'Make my link' }).click();
	const link = (await page.locator('.invite-link').innerText()).trim();
	expect(new URL(link).pathname).toMatch(/^\/i\/[a-z2-9]{10}$/);
	const isTooWide = [...(await page.locator('main *').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right)))].some(
		(right) => right > 390,
	);
	expect(isTooWide).toBe(false);
	expect(await flawsOf(page)).toEqual([]);

	for (const language of ['en', 'zh-CN']) {
		const picture = await page.request.get(`${page.url().replace(/#.*/, '')}/poster?language=${language}&format=png`);
		const { width = 0, height = 0, format } = await sharp(await picture.body()).metadata();
		expect([format, width >= 1_080, height >= 1_440]).toEqual(['png', true, true]);
		const print = await page.request.get(`${page.url().replace(/#.*/, '')}/poster?language=${language}&format=pdf`);
		expect((await print.body()).subarray(0, 5).toString()).toBe('%PDF-');
	}
	const stranger = await stage.browser.newContext();
	expect((await stranger.request.get(`${page.url().replace(/#.*/, '')}/poster`)).status()).toBe(404);

	// Scanners and previews: HEAD, GET by machines, a headless browser that loads everything and does nothing.
	for (const agent of ['curl/8.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'Mozilla/5.0 MicroMessenger/8.0.50']) {
		const headers = { 'user-agent': agent };
		for (const method of ['HEAD', 'GET']) await fetch(link, { method, headers });
	}
	const scanner = await stage.browser.newPage();
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
	const mail = await stage.mails.mailTo(email, ({ text }) => /\/c\/\S+/.test(text ?? ''));
	await scanner.goto(stage.hub.url + new URL(/https?:\S+\/c\/\S+/.exec(mail.text ?? '')?.[0] ?? '').pathname);
	await scanner.getByRole('main').getByRole('button').first().click();
	await staff.goto(programme);
	expect((await counts()).slice(1)).toEqual(['1', '1', '1', '1', '0', '0']);
	expect(await flawsOf(staff)).toEqual([]);
}, 120_000);
