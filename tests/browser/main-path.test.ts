import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser } from '#tests/support/browser.ts';
import { editor, type Editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { until } from '#tests/support/until.ts';

const PAPER = 'bearing-damage-from-vibration';
const WEBINAR = 'sizing-a-servo-axis';
/** Headless browsers are told from people by this header, so a test that plays a person needs a person's. */
const PERSON = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const API_TOKEN = 'a-token-of-the-main-path-test';

/** From a stranger's first page to the receipt in the console: every part real, the mails read from an SMTP server. */
describe.each([
	[
		'en',
		'',
		{ name: 'Anna Keller', company: 'Kestrel Packaging', jobTitle: 'Head of Maintenance', query: 'encodr', found: 'Absolute encoders and homing' },
	],
	['zh-CN', '/zh-CN', { name: '周晓彤', company: '苏州精控包装', jobTitle: '设备维护经理', query: '编码器', found: '编码器' }],
])('the main path in %s', (locale, root, visitor) => {
	const email = `a.keller-${locale.toLowerCase()}@kestrel-packaging.com`;
	let hub: TestHub;
	let mails: TestMailServer;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let cms: Editor;
	let startsAt: Date;
	const problems: string[] = [];

	beforeAll(async () => {
		mails = await startMailServer();
		[hub, browser] = await Promise.all([startTestHub({ SMTP_URL: mails.url, FOYER_API_TOKEN: API_TOKEN }), openBrowser()]);
		cms = editor(hub);
		context = await browser.newContext({ locale, userAgent: PERSON, timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 } });
		page = await context.newPage();
		page.on('pageerror', (error) => problems.push(String(error)));
		page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load') && problems.push(message.text()));
		page.on(
			'response',
			(answer) =>
				answer.status() >= 400 && answer.status() !== 422 && problems.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`),
		);
		page.on(
			'request',
			(request) => request.url().startsWith(hub.url) || request.url().startsWith('data:') || problems.push(`asked ${request.url()}`),
		);
	});
	afterAll(async () => {
		await browser.close();
		await hub.close();
		await mails.stop();
	});

	test('a stranger reads the open pages; the rest and the file stay closed', async () => {
		await page.goto(`${hub.url}${root}/white-papers/${PAPER}`);
		expect(await page.locator('h1').count()).toBe(1);
		expect(await page.locator('#page-2').count()).toBe(1);
		expect(await page.locator('#page-3').count()).toBe(0);
		expect(await context.cookies()).toEqual([]);
		await page.locator('[data-consent-notice] button').last().click();
		await until('the consent to be kept', async () => (await context.cookies()).some(({ name }) => name === 'foyer_visitor'));
		await page.goto(`${hub.url}${root}/white-papers/${PAPER}`);
		expect(await page.locator('[data-consent-notice]').count()).toBe(0);
	});

	test('a form with mistakes says what to mend beside each field, and keeps what was typed', async () => {
		const form = page.locator('form[data-form]');
		await form.locator('[name=name]').fill(visitor.name);
		await form.locator('[name=email]').fill('no address');
		await form.getByRole('button').click();
		await page.waitForLoadState();
		expect(await form.locator('[name=name]').inputValue()).toBe(visitor.name);
		expect(await form.locator('[name=email]').getAttribute('aria-invalid')).toBe('true');
		expect(await form.locator('[name=company]').getAttribute('aria-invalid')).toBe('true');
	});

	test('the form sends a mail; opening its link proves nothing, pressing the button does', async () => {
		const form = page.locator('form[data-form]');
		await form.locator('[name=email]').fill(email);
		await form.locator('[name=company]').fill(visitor.company);
		await form.locator('[name=jobTitle]').fill(visitor.jobTitle);
		for (const purpose of ['analytics', 'abroad']) await form.locator(`[name=consents][value="${purpose}"]`).check();
		await form.getByRole('button').click();
		await page.waitForURL(/sent=1/);

		const mail = await mails.mailTo(email);
		const link = linkIn(mail.text, '/c/');
		for (let scan = 0; scan < 3; scan++) expect((await fetch(link, { method: scan === 1 ? 'HEAD' : 'GET' })).status).toBe(200);
		expect(await leads()).toEqual([expect.objectContaining({ isVerified: false })]);

		await page.goto(link);
		await page.getByRole('main').getByRole('button').click();
		await page.waitForURL(new RegExp(`${root}/white-papers/${PAPER}`));
		expect(await page.locator('#page-6').count()).toBe(1);
		expect(await leads()).toEqual([expect.objectContaining({ isVerified: true })]);
	});

	test('the whole paper downloads through a link of its own, and nowhere else', async () => {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.locator('form:has([name=action][value=download]) button, button[name=action][value=download]').first().click(),
		]);
		expect(download.url()).toContain('/d/');
		const own = await page.request.get(download.url(), { headers: { range: 'bytes=0-4' } });
		expect(await own.text()).toBe('%PDF-');
		expect((await page.request.get(download.url().slice(0, -2))).status()).toBe(404);
		const elsewhere = await fetch(download.url(), { redirect: 'manual' });
		expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([303, expect.stringContaining('/pass')]);
	});

	test('search finds it in both languages, mistyped too', async () => {
		await page.goto(`${hub.url}${root}/search?q=${encodeURIComponent(visitor.query)}`);
		expect(await page.getByRole('main').textContent()).toContain(visitor.found);
	});

	test('what an editor publishes is on the site and found within five seconds', async () => {
		const started = performance.now();
		const { id } = await cms.create('articles', {
			slug: 'a-new-encoder',
			status: 'published',
			languages: ['en', 'zh-CN'],
			title_en: 'Zirconium couplings',
			title_zh: '氧化锆联轴器',
			summary_en: 'New.',
			summary_zh: '新。',
			body_en: 'Text.',
			body_zh: '正文。',
			publish_at: new Date(Date.now() - 60_000).toISOString(),
		});
		const word = locale === 'en' ? 'zirconium' : '氧化锆';
		await until('the article', async () => (await fetch(`${hub.url}${root}/articles/a-new-encoder`)).status === 200);
		await until(
			'the hit',
			async () =>
				((await (await fetch(`${hub.url}/api/v1/search?q=${encodeURIComponent(word)}&locale=${locale}`)).json()) as { total: number }).total > 0,
		);
		expect(performance.now() - started).toBeLessThan(5_000);
		await cms.remove('articles', id);
		await until('the article to go', async () => (await fetch(`${hub.url}${root}/articles/a-new-encoder`)).status === 410);
	});

	test(`a simulive webinar: register, join by mail ${locale === 'en' ? 'before it begins' : 'while it runs'}, watch, talk and vote`, async () => {
		startsAt = new Date(Date.now() + (locale === 'en' ? 10_000 : -30_000));
		await cms.update('webinars', WEBINAR, { starts_at: startsAt.toISOString() });
		await until('the moved start', async () =>
			(await (await fetch(`${hub.url}${root}/webinars/${WEBINAR}`)).text()).includes(startsAt.toISOString().slice(0, 16)),
		);
		await page.goto(`${hub.url}${root}/webinars/${WEBINAR}`);
		await page.locator('form[data-form] button').last().click();
		const mail = await mails.mailTo(email, (one) => (one.text ?? '').includes('/j/'));
		const calendar = mail.attachments.find(({ contentType }) => contentType.startsWith('text/calendar'));
		expect(calendar?.content.toString()).toContain('BEGIN:VEVENT');

		await page.goto(linkIn(mail.text, '/j/'));
		await page.getByRole('main').getByRole('button').first().click();
		await page.waitForURL(/\/room$/);
		await until('the picture to run', () => page.evaluate(() => (document.querySelector('video')?.currentTime ?? 0) > 1), 60_000);
		const clock = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
		expect(Math.abs(clock - (Date.now() - startsAt.getTime()) / 1_000)).toBeLessThan(3);

		await page.locator('#say').fill(locale === 'en' ? 'Does this hold for a rack?' : '齿条也适用吗？');
		await page.locator('form:has(#say) button').first().click();
		await until('the line in the log', () => page.evaluate(() => /rack|齿条/.test(document.querySelector('[role=log]')?.textContent ?? '')));
		const poll = page.locator('[data-poll]');
		await poll.locator('input[type=radio]').first().check({ timeout: 60_000 });
		await poll.getByRole('button').first().click();
		await until('the vote to be kept', async () => (await timeline()).some(({ type }) => type === 'webinar.poll'));
	}, 180_000);

	test('who comes late sees the second that all see; nobody winds ahead, and after a pause it is now', async () => {
		const late = await (await browser.newContext({ locale, userAgent: PERSON, storageState: await context.storageState() })).newPage();
		await late.goto(page.url());
		const both = (within: number) => async () => (await Promise.all([page, late].map(offClock))).every((off) => Math.abs(off) < within);
		await until('both at the present second', both(1), 60_000);
		const offs = await Promise.all([page, late].map(offsWhilePlaying));
		process.stdout.write(`seconds off the hub's clock, two viewers: ${offs.map((each) => Math.max(...each.map(Math.abs)).toFixed(2)).join(', ')}\n`);
		const [first = [], second = []] = offs;
		for (const off of [...first, ...second]) expect(Math.abs(off)).toBeLessThan(2);
		expect(Math.max(...first, ...second) - Math.min(...first, ...second)).toBeLessThan(2);

		await late.evaluate(() => (document.querySelector('video')!.currentTime += 40));
		await until('the present again after winding ahead', both(1));
		await late.evaluate(() => document.querySelector('video')!.pause());
		await until('a second that it fell behind by', async () => (await offClock(late)) < -2);
		await late.locator('[data-play]').click();
		await until('the present again after a pause', both(1));
		await late.context().close();
	}, 180_000);

	test('the lead is in the console, and its receipt adds up to its score', async () => {
		const [lead] = await leads();
		expect(lead).toBeDefined();
		const receipt = (await api(`/leads/${lead!.id}/score`)) as Receipt;
		const hundredths = (points: number): number => Math.round(points * 100);
		const sum = (part: Receipt['fit']): number => part.lines.reduce((total, { points }) => total + hundredths(points), 0);
		expect(sum(receipt.fit)).toBe(hundredths(receipt.fit.total));
		expect(sum(receipt.engagement)).toBe(hundredths(receipt.engagement.total));
		expect(hundredths(receipt.total)).toBe(sum(receipt.fit) + sum(receipt.engagement));
		expect(receipt.engagement.total).toBeGreaterThan(0);
		const types = (await timeline()).map(({ type }) => type);
		for (const type of ['page.view', 'form.submitted', 'download', 'webinar.registered', 'webinar.joined']) expect(types).toContain(type);

		const account = await cms.account('Marketer');
		const desk = await (await browser.newContext({ locale })).newPage();
		await desk.goto(`${hub.url}/console/leads`);
		await desk.locator('[name=email]').fill(account.email);
		await desk.locator('[name=password]').fill(account.password);
		await desk.locator('main button, form button').last().click();
		await desk.waitForURL(/console\/leads/);
		await desk.getByRole('main').getByRole('link', { name: visitor.name }).first().click();
		await desk.waitForURL(/console\/leads\/.+/);
		const words = (await desk.getByRole('main').textContent()) ?? '';
		expect(words).toContain(visitor.name);
		expect(words).toContain(email);
		expect(words).toContain(receipt.total.toFixed(2));
	});

	test('no page broke, warned or asked another host', () => {
		expect(problems).toEqual([]);
	});

	/** Seconds by which a page's picture is ahead of the hub's clock, which is this machine's. */
	async function offClock(at: Page): Promise<number> {
		const seen = await at.evaluate(() => ({ second: document.querySelector('video')?.currentTime ?? 0, at: Date.now() }));
		return seen.second - (seen.at - startsAt.getTime()) / 1_000;
	}
	/** The same at each of twenty moments at which it plays. */
	function offsWhilePlaying(at: Page): Promise<readonly number[]> {
		return at.evaluate(
			(start) =>
				new Promise<number[]>((done) => {
					const video = document.querySelector('video')!;
					const offs: number[] = [];
					video.addEventListener('timeupdate', () => {
						if (offs.push(video.currentTime - (Date.now() - start) / 1_000) === 20) done(offs);
					});
				}),
			startsAt.getTime(),
		);
	}
	async function api(path: string): Promise<unknown> {
		return (await fetch(`${hub.url}/api/v1${path}`, { headers: { authorization: `Bearer ${API_TOKEN}` } })).json();
	}
	async function leads(): Promise<readonly { readonly id: string; readonly isVerified: boolean }[]> {
		return ((await api('/leads')) as { items: { id: string; isVerified: boolean }[] }).items;
	}
	async function timeline(): Promise<readonly { readonly type: string }[]> {
		const [lead] = await leads();
		return lead ? ((await api(`/leads/${lead.id}/timeline?limit=100`)) as { items: { type: string }[] }).items : [];
	}
});

interface Receipt {
	readonly total: number;
	readonly fit: { readonly total: number; readonly lines: readonly { readonly points: number }[] };
	readonly engagement: Receipt['fit'];
}

function linkIn(text: string | undefined, path: string): string {
	const found = new RegExp(`https?://\\S*${path}[\\w.-]+`).exec(text ?? '');
	if (!found) throw new Error(`the mail has no link to ${path}`);
	return found[0];
}
