import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { flawsOf } from '#tests/support/axe.ts';
import { editor } from '#tests/support/editor.ts';
import { openStage } from '#tests/support/stage.ts';

const OFFER = '/offers/condition-monitoring-test-unit';
const PERSON = { name: 'Ada Keller', company: 'Packline AG', jobTitle: 'Design engineer', phone: '+41 52 555 01 61', region: 'Winterthur' };
const stage = openStage({ takesMail: true });

/** A page without script, as a careful company's browser has it. */
const plain = async (): Promise<Page> => (await stage.browser.newContext({ javaScriptEnabled: false, locale: 'en' })).newPage();

async function fillIn(page: Page, email: string): Promise<void> {
	const form = page.locator('form[data-form]');
	for (const [name, value] of Object.entries({ ...PERSON, email })) {
		const field = form.locator(`input[name=${name}]`);
		if ((await field.count()) > 0) await field.fill(value);
	}
}

async function linkFor(email: string): Promise<string> {
	const mail = await stage.mails.mailTo(email, ({ text }) => /\/c\/\S+/.test(text ?? ''));
	return new URL(/https?:\S+\/c\/\S+/.exec(mail.text ?? '')?.[0] ?? '').pathname;
}

async function asStaff(): Promise<Page> {
	const page = await (await stage.browser.newContext({ locale: 'en' })).newPage();
	const account = await editor(stage.hub).account('Marketer');
	await page.goto(`${stage.hub.url}/console/leads`);
	await page.locator('[name=email]').fill(account.email);
	await page.locator('[name=password]').fill(account.password);
	await page.locator('main button, form button').last().click();
	await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
	return page;
}

describe('offers', () => {
	test('a code is claimed, redeemed once at the dealer and seen by staff, all without script at the visitor’s and the dealer’s', async () => {
		const email = 'ada@packline-offer.com';
		const visitor = await plain();
		await visitor.goto(stage.hub.url + OFFER);
		await fillIn(visitor, email);
		await visitor.locator('form[data-form] button').last().click();
		expect(await visitor.locator('#sent').count()).toBe(1);

		await visitor.goto(stage.hub.url + (await linkFor(email)));
		await visitor.getByRole('main').getByRole('button').click();
		const code = (await visitor.locator('#code .offer-letters').textContent()) ?? '';
		expect(code).toMatch(/-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
		expect(await visitor.locator('.offer-qr').count()).toBe(1);
		const mail = await stage.mails.mailTo(email, ({ subject }) => (subject ?? '').startsWith('Your code'));
		expect(mail.text).toContain(code);

		const staff = await asStaff();
		await staff.goto(`${stage.hub.url}/console/offers/links`);
		await staff.getByRole('main').getByRole('button', { name: 'Make a link' }).click();
		const link = (await staff.locator('td.is-code a').first().getAttribute('href')) ?? '';

		const dealer = await plain();
		await dealer.setViewportSize({ width: 390, height: 800 });
		await dealer.goto(stage.hub.url + link);
		await dealer.locator('#code').fill('AAAA-AAAA');
		await dealer.getByRole('button', { name: 'Check the code' }).click();
		expect(await dealer.getByRole('main').textContent()).toContain('We do not know this code');
		await dealer.locator('#code').fill(code.slice(-9).toLowerCase());
		await dealer.getByRole('button', { name: 'Check the code' }).click();
		const shown = await dealer.getByRole('main').textContent();
		expect(shown).toContain('Ada');
		expect(shown).not.toContain('Keller');
		await dealer.getByRole('button', { name: 'Redeem now' }).click();
		expect(await dealer.getByRole('main').textContent()).toContain('Redeemed');
		await dealer.locator('#code').fill(code);
		await dealer.getByRole('button', { name: 'Check the code' }).click();
		expect(await dealer.getByRole('main').textContent()).toContain('Redeemed before');

		await staff.goto(`${stage.hub.url}/console/offers`);
		await staff.getByRole('link', { name: 'HC1-KIT for 60 days' }).click();
		expect(await staff.locator('form.inline-form').count()).toBe(1);
		await staff.locator('input[name=reason]').fill('Wrong person');
		await staff.getByRole('button', { name: 'Take back' }).click();
		expect(await staff.getByRole('main').textContent()).toContain('Taken back: Wrong person');
		for (const page of [visitor, dealer, staff]) await page.context().close();
	}, 120_000);
});

describe('a request for a quote', () => {
	test('without script keeps what was typed when something is wrong, and reaches sales with what was on the page', async () => {
		const email = 'bo@packline-quote.com';
		const page = await plain();
		await page.goto(`${stage.hub.url}/quote?product=hs4-100`);
		await page.locator('#quote-add').fill('hc1 kit');
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		expect(await page.locator('form[data-form] input[name=product]').count()).toBe(2);
		await page.locator('[name=quantity-hs4-100]').fill('none');
		await page.locator('[name=configuration-hc1-kit]').fill('with antenna');
		await fillIn(page, email);
		await page.getByRole('button', { name: 'Send request' }).click();
		expect(await page.locator('[name=quantity-hs4-100]').getAttribute('aria-invalid')).toBe('true');
		expect(await page.locator('[name=configuration-hc1-kit]').inputValue()).toBe('with antenna');
		expect(await page.locator('[name=company]').inputValue()).toBe('Packline AG');
		await page.locator('[name=quantity-hs4-100]').fill('12');
		await page.getByRole('button', { name: 'Send request' }).click();
		expect(await page.getByRole('main').textContent()).toContain('Your request is with us');
		const toSales = await stage.mails.mailTo('hello@halden-drives.example', ({ text }) => (text ?? '').includes(email));
		for (const part of ['12 × HS4-100', 'with antenna', 'address not proved'])
			expect(`${toSales.subject ?? ''}\n${toSales.text ?? ''}`).toContain(part);

		const staff = await asStaff();
		await staff.goto(`${stage.hub.url}/console/offers`);
		await staff.getByRole('link', { name: /12 × HS4-100/ }).click();
		expect(await staff.getByRole('main').textContent()).toContain('What was on the page');
		for (const one of [page, staff]) await one.context().close();
	}, 60_000);
});

describe('dealers', () => {
	test('are sorted by distance from a place in either language, filtered by links, and near the browser’s rounded position', async () => {
		const page = await plain();
		await page.goto(`${stage.hub.url}/dealers`);
		await page.locator('#near').fill('Winterthur');
		await page.locator('.dealer-form button').click();
		const kms = (await page.locator('.dealer-km').allTextContents()).map((text) => Number(text.replaceAll(/\D/g, '')));
		expect(kms.length).toBeGreaterThan(3);
		expect(kms).toEqual(kms.toSorted((a, b) => a - b));
		await page.goto(`${stage.hub.url}/zh-CN/dealers?near=%E8%8B%8F%E5%B7%9E`);
		expect(await page.locator('.dealer-entry').first().textContent()).toContain('苏州');
		await page.goto(`${stage.hub.url}/dealers?near=Xyzzy`);
		expect(await page.getByRole('main').textContent()).toContain('We do not know a place called “Xyzzy”');
		await page.context().close();

		const here = await stage.browser.newContext({
			locale: 'en',
			geolocation: { latitude: 31.2989, longitude: 120.5853 },
			permissions: ['geolocation'],
		});
		const scripted = await here.newPage();
		await scripted.goto(`${stage.hub.url}/dealers`);
		await scripted.getByRole('button', { name: 'Use my position' }).click();
		await scripted.waitForURL(/at=/);
		expect(new URL(scripted.url()).searchParams.get('at')).toBe('31.3,120.6');
		await here.close();
	}, 60_000);
});

test.each([
	['en', 1440, ''],
	['zh-CN', 390, '/zh-CN'],
])(
	'in %s at %i px no page has a violation that axe can see, and each fits the width',
	async (locale, width, root) => {
		const page = await stage.browser.newPage({ locale, viewport: { width, height: 900 } });
		const found: string[] = [];
		for (const path of [
			'/offers',
			OFFER,
			'/offers/none',
			'/dealers',
			'/dealers?near=Bern&category=motors',
			'/dealers?near=Xyzzy',
			'/quote?product=hs4-100&product=hc1-kit',
			'/redeem/none',
		]) {
			await page.goto(stage.hub.url + root + path);
			found.push(...(await flawsOf(page)));
		}
		expect(found).toEqual([]);
		await page.close();
	},
	120_000,
);
