import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PUBLIC_FOLDER } from '#cms/directus/model/index.ts';
import { stableId } from '#kernel/id.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { type Editor, editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const WITHIN_MS = 5_000;
const DRAFT = stableId('preview:draft');
const COVER = stableId('preview:cover');

let hub: TestHub;
let desk: Editor;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let address: string;

beforeAll(async () => {
	[hub, browser] = await Promise.all([startTestHub(), openBrowser()]);
	desk = editor(hub);
	await uploadCover();
	await desk.create('white_papers', {
		...{ id: DRAFT, slug: 'brake-choppers', status: 'draft', languages: ['en', 'zh-CN'], number: 'WP-90', open_pages: 1, cover: COVER },
		...{ title_en: 'Brake choppers in lifts', title_zh: '电梯制动单元', summary_en: 'S', summary_zh: '摘要' },
		...{
			body_en: '## First page\n\nOpen.\n\n---\n\n## Second page\n\nqxchopper closed.',
			body_zh: '## 第一页\n\n公开。\n\n---\n\n## 第二页\n\n其余。',
		},
	});
	address = await addressOf('white_papers', DRAFT);
	context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	page = await context.newPage();
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await hub?.close();
});

async function asAdmin(path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(hub.directusUrl + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${hub.adminToken}` } });
}

async function uploadCover(): Promise<void> {
	const picture = await sharp({ create: { width: 1_200, height: 900, channels: 3, background: '#0b5563' } })
		.png()
		.toBuffer();
	const form = new FormData();
	for (const [name, value] of Object.entries({ id: COVER, folder: PUBLIC_FOLDER, title: 'Cover' })) form.set(name, value);
	form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'cover.png');
	expect((await asAdmin('/files', { method: 'POST', body: form })).status).toBe(200);
}

async function addressOf(collection: string, id: string): Promise<string> {
	const answer = await asAdmin(`/items/${collection}/${id}?fields=preview_key`);
	const { data } = (await answer.json()) as { readonly data: { readonly preview_key: string } };
	return `/preview/${collection.replaceAll('_', '-')}/${id}/${data.preview_key}`;
}

describe('a draft', () => {
	test('is shown whole on the page it will have, in both languages, marked as not public', async () => {
		const answer = await page.goto(`${hub.url}${address}?version=published`);
		expect(answer?.headers()).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
		expect(answer?.headers()['x-robots-tag']).toContain('noindex');
		expect(await page.locator('h1').textContent()).toBe('Brake choppers in lifts');
		const bar = page.getByRole('complementary', { name: 'Draft preview' });
		expect(await bar.textContent()).toContain('Not public');
		expect(await page.locator('main').textContent()).toContain('qxchopper closed');
		expect(await bar.locator('summary').textContent()).toMatch(/things? to mend/);

		await bar.getByRole('link', { name: '中文' }).click();
		expect(await page.locator('h1').textContent()).toBe('电梯制动单元');
		expect(await page.getByRole('complementary', { name: '草稿预览' }).textContent()).toContain('未公开');
	});

	test('shows its pictures, which nobody else can have', async () => {
		const picture = page.locator(`img[src*="${COVER}"]`).first();
		await until('the uploaded picture to be known', async () => (await page.goto(hub.url + address)) !== null && (await picture.count()) > 0);
		await picture.scrollIntoViewIfNeeded();
		await until('the picture', () => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0));
		const source = String(await picture.getAttribute('src'));
		const [, , id, token] = source.split('/');
		expect((await fetch(`${hub.url}/media/${id}/${token?.slice(0, -2)}xx/640.webp`)).status).toBe(404);
		expect((await fetch(hub.url + source)).headers.get('cache-control')).toBe('private, no-store');
	});

	test('sends nothing and remembers nothing', async () => {
		await page.goto(`${hub.url}${address}?as=stranger`);
		expect(await page.locator('form').count()).toBeGreaterThan(0);
		expect(await page.locator('form:not([inert])').count()).toBe(0);
		expect(await page.locator('main').textContent()).not.toContain('qxchopper');
		expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0);
		const post = await fetch(hub.url + address, { method: 'POST', body: new URLSearchParams({ email: 'a@example.com' }) });
		expect(post.status).toBe(405);
		expect(await context.cookies(hub.url)).toEqual([]);
	});

	test('is nowhere else: without its key, in the search, in the sitemap or at its own address', async () => {
		const wrong = address.replace(/[^/]+$/, stableId('a guess'));
		for (const path of [wrong, address.replace(DRAFT, stableId('no item')), '/white-papers/brake-choppers', '/zh-CN/white-papers/brake-choppers'])
			expect([path, (await fetch(hub.url + path)).status]).toEqual([path, 404]);
		const found = (await (await fetch(`${hub.url}/api/v1/search?q=qxchopper&locale=en`)).json()) as {
			readonly hits: readonly { readonly url: string }[];
		};
		expect(found.hits.filter(({ url }) => url.includes('brake-choppers'))).toEqual([]);
		for (const list of ['/sitemap-white-papers-en.xml', '/library', '/'])
			expect(await (await fetch(hub.url + list)).text()).not.toContain('brake-choppers');
	});

	test('stands in the frame of Directus, and changes there when it is saved', async () => {
		const { email, password } = await desk.account('Editor');
		const studio = await browser.newPage({ viewport: { width: 1600, height: 900 } });
		await studio.goto(`${hub.directusUrl}/admin/login`);
		await studio.fill('input[type=email]', email);
		await studio.fill('input[type=password]', password);
		await studio.click('button[type=submit]');
		await studio.waitForURL(/\/admin\/(?!login)/);
		await studio.goto(`${hub.directusUrl}/admin/content/white_papers/${DRAFT}`);
		await studio.locator('button:has(i[data-icon=visibility])').first().click();
		const frame = studio.frameLocator('iframe');
		await frame.locator('h1').waitFor();
		expect(await frame.locator('h1').textContent()).toBe('Brake choppers in lifts');
		expect(await frame.locator('.preview-bar').isVisible()).toBe(true);
		await studio.close();
	});

	test('that was never saved, or lacks what a page needs, is told what to do', async () => {
		await page.goto(`${hub.url}/preview/white-papers/+/`);
		expect(await page.locator('h1').textContent()).toBe('Save it once to see it here');
		const { id } = await desk.create('webinars', { slug: 'no-start', status: 'draft', title_en: 'No start yet', mode: 'live' });
		await page.goto(hub.url + (await addressOf('webinars', id)));
		expect(await page.locator('h1').textContent()).toBe('This draft cannot be shown yet');
		expect(await page.locator('main').textContent()).toContain('starts_at');
	});

	test('is public within five seconds of being published, and its preview says so', async () => {
		await desk.update('white_papers', 'brake-choppers', { status: 'published' });
		const from = performance.now();
		await until('the page', async () => (await page.goto(`${hub.url}/white-papers/brake-choppers`))?.status() === 200, WITHIN_MS);
		expect(performance.now() - from).toBeLessThan(WITHIN_MS);
		expect(await page.locator('h1').textContent()).toBe('Brake choppers in lifts');
		await page.goto(hub.url + address);
		expect(await page.locator('.preview-bar').textContent()).toContain('Public in this state');
	});
});

test('a version beside a live product is previewed, and replaces it when it is promoted', async () => {
	const asJson = (method: string, body: object): RequestInit => ({
		method,
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	const [product] = ((await (await asAdmin('/items/products?filter[slug][_eq]=hs4-100&fields=id')).json()) as { data: { id: string }[] }).data;
	const made = await asAdmin('/versions', asJson('POST', { key: 'spring', name: 'Spring', collection: 'products', item: product?.id }));
	const { id: version } = ((await made.json()) as { data: { id: string } }).data;
	await asAdmin(`/versions/${version}/save`, asJson('POST', { title_en: 'Servo motor of the spring' }));

	await page.goto(`${hub.url}${await addressOf('products', String(product?.id))}?version=spring`);
	expect(await page.locator('h1').textContent()).toContain('Servo motor of the spring');
	expect(await page.locator('.preview-bar').textContent()).toContain('The public still sees the state before');
	await page.goto(`${hub.url}/products/motors/hs4-100`);
	expect(await page.locator('h1').textContent()).not.toContain('spring');

	const compared = (await (await asAdmin(`/versions/${version}/compare`)).json()) as { data: { mainHash: string } };
	expect((await asAdmin(`/versions/${version}/promote`, asJson('POST', { mainHash: compared.data.mainHash }))).ok).toBe(true);
	await until(
		'the new title',
		async () => (await (await fetch(`${hub.url}/products/motors/hs4-100`)).text()).includes('Servo motor of the spring'),
		WITHIN_MS,
	);
});
