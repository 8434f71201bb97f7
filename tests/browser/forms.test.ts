import type { BrowserContextOptions, Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { openStage } from '#tests/support/stage.ts';
import { aStranger, PERSON } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const PAPER = '/white-papers/bearing-damage-from-vibration';
const ANSWERS = { name: 'Anna Keller', company: 'Kestrel Packaging', jobTitle: 'Head of Maintenance' };

const stage = openStage({ env: { TRUSTED_PROXIES: '127.0.0.1' } });

/** A page of a browser of its own, in a network of its own. */
async function open(path: string, network: number, options: BrowserContextOptions = {}): Promise<Page> {
	const context = await stage.browser.newContext({
		userAgent: PERSON,
		locale: 'en',
		timezoneId: 'Asia/Shanghai',
		extraHTTPHeaders: { 'x-forwarded-for': `198.${network}.0.7` },
		...options,
	});
	const page = await context.newPage();
	await page.goto(stage.hub.url + path);
	return page;
}
const formOf = (page: Page) => page.locator('form[data-form]');
const send = (page: Page) => formOf(page).locator('button[type=submit]').last().click();
const fillIn = async (page: Page, email: string): Promise<void> => {
	for (const [name, value] of Object.entries({ ...ANSWERS, email })) await formOf(page).locator(`[name=${name}]`).fill(value);
};

test('what is typed leaves the browser with the button only', async () => {
	const page = await open('/quote', 10);
	const sent: string[] = [];
	page.on('request', (request: Request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
	const typed = { name: 'Unsentname', email: 'unsent@unsent-mail.com', company: 'Unsentcompany', phone: '13800138000', message: 'Unsentwords' };
	for (const [name, value] of Object.entries(typed)) await formOf(page).locator(`[name=${name}]`).pressSequentially(value);
	await until('the suggestions', async () => sent.some((request) => request.includes('/api/v1/companies')));
	await page.goto(`${stage.hub.url}/products`);
	await page.close({ runBeforeUnload: true });
	expect(sent.filter((request) => /unsent|13800138000/i.test(decodeURIComponent(request)))).toEqual([]);
});

test('the country of a phone is the one whose clock the browser shows; companies and job titles are suggested', async () => {
	const page = await open('/quote', 11);
	const form = formOf(page);
	await form.locator('[name=company]').pressSequentially('lind');
	await until('the country', async () => (await form.locator('[name=phone-country]').inputValue()) === 'CN');
	const offered = form.locator('datalist[data-suggest] option');
	await until('the suggestion', async () => (await offered.count()) > 0);
	expect(await offered.first().getAttribute('value')).toMatch(/^Lind/);
	expect(await form.locator('datalist:not([data-suggest]) option').count()).toBeGreaterThan(20);
});

test('a field that hangs on another comes and goes with it; without script it is there, and optional', async () => {
	const page = await open('/quote', 12);
	const place = formOf(page).locator('[name=visitPlace]');
	await until('the rule', async () => !(await place.isVisible()));
	await formOf(page).locator('[name=visit]').check();
	expect([await place.isVisible(), await place.getAttribute('required')]).toEqual([true, '']);
	await formOf(page).locator('[name=visit]').uncheck();
	expect([await place.isVisible(), await place.isDisabled()]).toEqual([false, true]);

	const plain = await open('/quote', 12, { javaScriptEnabled: false });
	expect([
		await formOf(plain).locator('[name=visitPlace]').isVisible(),
		await formOf(plain).locator('[name=visitPlace]').getAttribute('required'),
	]).toEqual([true, null]);
});

describe.each([
	['en', '', true],
	['zh-CN', '/zh-CN', true],
	['zh-CN', '/zh-CN', false],
] as const)('mistakes in %s%s, script %s', (locale, root, javaScriptEnabled) => {
	test('stand beside their fields, in the reader’s language, with everything kept', async () => {
		const page = await open(`${root}/quote`, 13, { javaScriptEnabled });
		const form = formOf(page);
		await form.locator('[name=name]').fill('Anna');
		await form.locator('[name=email]').fill('no address');
		await form.locator('[name=phone]').fill('12');
		await form.locator('[name=phone-country]').selectOption('DE');
		await form.locator('[name=visit]').check();
		await send(page);
		await page.waitForURL(/#form-quote-default/);
		for (const name of ['email', 'company', 'jobTitle', 'phone', 'region', 'message', 'visitPlace']) {
			const field = form.locator(`[name=${name}]`);
			expect(await field.getAttribute('aria-invalid')).toBe('true');
			const told = (await field.getAttribute('aria-describedby'))?.split(' ').at(-1) ?? '';
			expect(await page.locator(`[id="${told}"]`).textContent()).toMatch(locale === 'en' ? /[a-z]{3}/ : /\p{Script=Han}{3}/u);
		}
		expect(await form.locator('[name=name]').getAttribute('aria-invalid')).toBeNull();
		expect(await form.locator('[name=name]').inputValue()).toBe('Anna');
		expect(await form.locator('[name=phone]').inputValue()).toBe('12');
		expect(await form.locator('[name=phone-country]').inputValue()).toBe('DE');
		expect(await form.locator('[name=visit]').isChecked()).toBe(true);
		expect(await form.locator('.error-summary a').count()).toBe(7);
		if (javaScriptEnabled) await until('the focus', async () => page.evaluate(() => document.activeElement?.classList.contains('error-summary')));
	});
});

describe('from a network that sent many forms', () => {
	beforeAll(async () => {
		for (let at = 0; at < 5; at++) {
			const fields = { ...ANSWERS, email: `many${at}@kestrel-packaging.com` };
			const body = new URLSearchParams(fields);
			const headers = { origin: stage.hub.url, 'x-forwarded-for': '198.20.0.9', 'user-agent': PERSON };
			expect((await fetch(stage.hub.url + PAPER, { method: 'POST', redirect: 'manual', body, headers })).status).toBe(303);
		}
	});

	test('a browser works out a proof by itself, and the form is sent once', async () => {
		const page = await open(PAPER, 20);
		const posts: number[] = [];
		page.on('response', (answer) => answer.request().method() === 'POST' && answer.url().includes(PAPER) && posts.push(answer.status()));
		await fillIn(page, 'proved@kestrel-packaging.com');
		await send(page);
		await page.waitForURL(/sent=1/, { timeout: 60_000 });
		expect(posts).toEqual([429, 303]);
	});

	test('without script it is said what to do, and everything is kept', async () => {
		const page = await open(PAPER, 20, { javaScriptEnabled: false });
		await fillIn(page, 'plain@kestrel-packaging.com');
		await send(page);
		await page.waitForURL(/#form-paper-default/);
		expect(await page.locator('[data-proof]').textContent()).toMatch(/wait \d+ min.*hello@halden-drives\.example.*\+41/s);
		expect(await formOf(page).locator('[name=email]').inputValue()).toBe('plain@kestrel-packaging.com');
	});

	test('somebody elsewhere notices nothing', async () => {
		const answer = await aStranger(stage.hub, 'elsewhere').post(PAPER, { ...ANSWERS, email: 'elsewhere@kestrel-packaging.com' });
		expect(answer.status).toBe(303);
	});
});
