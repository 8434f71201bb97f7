import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startDirectus } from '#cms/directus/child.ts';
import { stableId } from '#kernel/id.ts';
import { silentLog } from '#kernel/log.ts';
import { type Editor, editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const WITHIN_MS = 5_000;

let hub: TestHub;
let desk: Editor;
beforeAll(async () => {
	hub = await startTestHub();
	desk = editor(hub);
	await until('the search', async () => (await (await fetch(`${hub.url}/readyz`)).text()).includes('"search":{"state":"ok"'), 60_000);
}, 300_000);
afterAll(() => hub?.close());

const idOf = (slug: string): string => stableId(`publishing:${slug}`);
const article = (slug: string, over: object = {}) => ({
	id: idOf(slug),
	slug,
	status: 'published',
	languages: ['en', 'zh-CN'],
	title_en: `Note ${slug}`,
	title_zh: `说明 ${slug}`,
	summary_en: 'S',
	summary_zh: '摘要',
	body_en: `The word ${word(slug)} stands here.`,
	body_zh: `正文 ${word(slug)}`,
	...over,
});
/** A word that only this item has, so that the search can be asked for it. */
const word = (slug: string): string => `qx${slug.replaceAll('-', '')}`;
const get = async (path: string) => {
	const answer = await fetch(hub.url + path, { redirect: 'manual' });
	return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
};
const statusOf = async (path: string): Promise<number> => (await get(path)).status;
const isFound = async (slug: string): Promise<boolean> => {
	const answer = await fetch(`${hub.url}/api/v1/search?q=${word(slug)}&locale=en`);
	const { hits } = (await answer.json()) as { readonly hits: readonly { readonly url: string }[] };
	return hits.some(({ url }) => url === `/articles/${slug}`);
};
/** Milliseconds until `look` says yes; fails after the time that a change may take. */
async function timeOf(what: string, look: () => Promise<boolean>): Promise<number> {
	const from = performance.now();
	await until(what, look, WITHIN_MS);
	return Math.round(performance.now() - from);
}

/** Directus goes on without the hub, as it may where it runs by itself. */
async function withDirectusAlone(work: () => Promise<void>): Promise<void> {
	const { port } = new URL(hub.directusUrl);
	const directus = await startDirectus({
		config: {
			...{ directus: 'child', url: hub.directusUrl, publicUrl: hub.directusUrl, port: Number(port), licenceKey: null },
			folder: join(hub.dataFolder, 'directus'),
		},
		publicSiteUrl: hub.url,
		hookUrl: `${hub.url}/api/v1/hooks/cms`,
		log: silentLog,
	});
	await work().finally(() => directus.stop());
}

describe('an item', () => {
	test('is on the site and in the search within five seconds, in both languages, and leaves both as fast', async ({ annotate }) => {
		await desk.create('articles', article('come-and-go', { status: 'draft' }));
		expect(await statusOf('/articles/come-and-go')).toBe(404);
		await desk.update('articles', 'come-and-go', { status: 'published' });
		const [page, search] = await Promise.all([
			timeOf('the page', async () => (await statusOf('/articles/come-and-go')) === 200),
			timeOf('the search', () => isFound('come-and-go')),
		]);
		expect((await get('/zh-CN/articles/come-and-go')).text).toContain('说明 come-and-go');
		expect((await get('/sitemap-articles-en.xml')).text).toContain('come-and-go');

		await desk.update('articles', 'come-and-go', { title_en: 'Another title' });
		const changed = await timeOf('the change', async () => (await get('/articles/come-and-go')).text.includes('Another title'));

		await desk.update('articles', 'come-and-go', { status: 'draft' });
		const [gone, unfound] = await Promise.all([
			timeOf('it to go', async () => (await statusOf('/articles/come-and-go')) === 410),
			timeOf('it to leave the search', async () => !(await isFound('come-and-go'))),
		]);
		expect((await get('/zh-CN/articles/come-and-go')).text).toContain('该页面已下线');
		expect((await get('/sitemap-articles-en.xml')).text).not.toContain('come-and-go');
		await annotate(`publish → page ${page} ms, search ${search} ms; change ${changed} ms; unpublish → page ${gone} ms, search ${unfound} ms`);
	}, 60_000);

	test('that is deleted is gone from page and search', async () => {
		await desk.create('articles', article('to-delete'));
		await timeOf('the page', async () => (await statusOf('/articles/to-delete')) === 200);
		await timeOf('the search', () => isFound('to-delete'));
		await desk.remove('articles', idOf('to-delete'));
		await timeOf('it to go', async () => (await statusOf('/articles/to-delete')) === 410);
		await timeOf('it to leave the search', async () => !(await isFound('to-delete')));
	}, 60_000);

	test('comes and goes at its minute by itself, also in the search', async () => {
		const [from, to] = [new Date(Date.now() + 3_000), new Date(Date.now() + 8_000)];
		await desk.create('articles', article('timed', { publish_at: from, unpublish_at: to }));
		expect(await statusOf('/articles/timed')).toBe(404);
		await until('it to come', async () => (await statusOf('/articles/timed')) === 200);
		const lateMs = Date.now() - from.getTime();
		expect(lateMs).toBeGreaterThanOrEqual(0);
		expect(lateMs).toBeLessThan(WITHIN_MS);
		await until('the search', () => isFound('timed'), to.getTime() - Date.now());
		await until('it to go', async () => (await statusOf('/articles/timed')) === 410);
		expect(Date.now()).toBeGreaterThanOrEqual(to.getTime());
		expect(Date.now() - to.getTime()).toBeLessThan(WITHIN_MS);
		await timeOf('it to leave the search', async () => !(await isFound('timed')));
	}, 60_000);
});

describe('a name that was given up', () => {
	test('leads to the present one in one step, over several changes and in both languages', async () => {
		await desk.create('articles', article('name-a'));
		await timeOf('the page', async () => (await statusOf('/articles/name-a')) === 200);
		for (const [from, to] of [
			['name-a', 'name-b'],
			['name-b', 'name-c'],
		] as const) {
			await desk.update('articles', from, { slug: to });
			await timeOf(`the page at ${to}`, async () => (await statusOf(`/articles/${to}`)) === 200);
		}
		for (const root of ['', '/zh-CN']) {
			for (const old of ['name-a', 'name-b']) {
				const { status, location } = await get(`${root}/articles/${old}`);
				expect([status, location]).toEqual([301, `${root}/articles/name-c`]);
			}
		}
	}, 60_000);

	test('belongs to whoever takes it next', async () => {
		await desk.create('articles', article('taken', { title_en: 'First owner' }));
		await timeOf('the page', async () => (await statusOf('/articles/taken')) === 200);
		await desk.update('articles', 'taken', { slug: 'moved-away' });
		await timeOf('the redirect', async () => (await get('/articles/taken')).location === '/articles/moved-away');
		await desk.create('articles', { ...article('taken', { title_en: 'Second owner' }), id: idOf('second owner') });
		await timeOf('the new owner', async () => (await get('/articles/taken')).text.includes('Second owner'));
		expect((await get('/articles/moved-away')).text).toContain('First owner');
	}, 60_000);

	test('of a product or its category leads on, also when the product changes its category', async () => {
		await desk.update('products', 'hx2-l90', { slug: 'hx2-new' });
		await timeOf('the redirect', async () => (await get('/products/sensors/hx2-l90')).location === '/products/sensors/hx2-new');

		const { id: motors } = await desk.create('categories', {
			...{ slug: 'test-drives', status: 'published', name_en: 'Test drives', name_zh: '测试' },
		});
		await desk.update('products', 'hx2-new', { category: motors });
		await timeOf('the new category', async () => (await get('/products/sensors/hx2-new')).location === '/products/test-drives/hx2-new');
		expect((await get('/zh-CN/products/sensors/hx2-l90')).location).toBe('/zh-CN/products/test-drives/hx2-new');

		await desk.update('categories', 'test-drives', { slug: 'trial-drives' });
		await timeOf('the category', async () => (await get('/products/test-drives')).location === '/products/trial-drives');
		expect((await get('/products/test-drives/hx2-new')).location).toBe('/products/trial-drives/hx2-new');
		expect(await statusOf('/products/trial-drives/hx2-new')).toBe(200);
	}, 60_000);
});

describe('what happens while the hub is down', () => {
	test('is on the site within five seconds of its start: published, taken off, renamed, deleted, and due meanwhile', async () => {
		await desk.create('articles', article('down-off'));
		await desk.create('articles', article('down-old'));
		await desk.create('articles', article('down-deleted'));
		await desk.create('articles', article('down-due', { publish_at: new Date(Date.now() + 6_000) }));
		for (const slug of ['down-off', 'down-old', 'down-deleted']) {
			await timeOf(slug, async () => (await statusOf(`/articles/${slug}`)) === 200);
			await timeOf(`${slug} in the search`, () => isFound(slug));
		}
		await hub.kill();
		await withDirectusAlone(async () => {
			await desk.create('articles', article('down-new'));
			await desk.update('articles', 'down-off', { status: 'draft' });
			await desk.update('articles', 'down-old', { slug: 'down-renamed' });
			await desk.remove('articles', idOf('down-deleted'));
		});
		await hub.restart();
		await timeOf('the new one', async () => (await statusOf('/articles/down-new')) === 200);
		await timeOf('the one taken off', async () => (await statusOf('/articles/down-off')) === 410);
		await timeOf('the renamed one', async () => (await get('/articles/down-old')).location === '/articles/down-renamed');
		await timeOf('the deleted one', async () => (await statusOf('/articles/down-deleted')) === 410);
		await timeOf('the search', () => isFound('down-new'));
		await timeOf('the search without the one taken off', async () => !(await isFound('down-off')));
		await timeOf('the search without the deleted one', async () => !(await isFound('down-deleted')));
		await until('the one that became due', async () => (await statusOf('/articles/down-due')) === 200);
	}, 120_000);
});
