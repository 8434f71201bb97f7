import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterEach, describe, expect, test } from 'vitest';

import { type PageAnswer, pagesOf, startTestHub, type TestHub, type TestHubOptions } from './edge-parts.ts';

const TEXT = '<p>variable speed drives</p>'.repeat(200);
const shared = { 'cache-tag': 'white_papers, white_papers:1' };

let hub: TestHub;
afterEach(() => hub.close());

/** Starts a hub whose pages are counted. */
async function start(
	page: (url: string, locals: Readonly<Record<string, unknown>>) => Promise<PageAnswer> | PageAnswer,
	options: TestHubOptions = {},
) {
	const rendered: string[] = [];
	hub = await startTestHub({
		...options,
		pages: pagesOf((url, locals) => {
			rendered.push(url);
			return page(url, locals);
		}),
	});
	return rendered;
}

/** A promise and the function that fulfils it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
	let open: () => void = () => undefined;
	return { opened: new Promise((resolve) => (open = resolve)), open: () => open() };
}

describe('kept pages', () => {
	test('a page with tags is rendered once', async () => {
		const rendered = await start(() => ({ headers: shared, body: TEXT }));
		await hub.ask('/white-papers/a');
		const { text, headers, status } = await hub.ask('/white-papers/a');
		expect([status, text, rendered]).toEqual([200, TEXT, ['/white-papers/a']]);
		expect(headers).toMatchObject({
			'cache-control': 'private, no-cache',
			vary: 'accept-encoding, cookie, sec-gpc, dnt',
			'content-length': String(TEXT.length),
		});
		expect(headers['cache-tag']).toBeUndefined();
		expect(headers['content-security-policy']).toContain("default-src 'self'");
	});

	test.each([
		['without tags', {}, 200],
		['that sets a cookie', { ...shared, 'set-cookie': 'a=b' }, 200],
		['that calls itself private', { ...shared, 'cache-control': 'private, no-cache' }, 200],
		['that is not found', shared, 404],
	])('a page %s is rendered each time', async (_name, headers, status) => {
		const rendered = await start(() => ({ headers, status, body: TEXT }));
		const answers = [await hub.ask('/articles/a'), await hub.ask('/articles/a')];
		expect(answers.map((answer) => answer.status)).toEqual([status, status]);
		expect(rendered).toHaveLength(2);
	});

	test('a page that looked at its visitor is not kept, one that asked only for the answer to the notice is', async () => {
		const rendered = await start((url, locals) => {
			const visitor = locals['visitor'] as { personId: string | null; hasAnsweredConsent: boolean };
			return { headers: shared, body: url === '/cases/a' ? String(visitor.personId) : String(visitor.hasAnsweredConsent) };
		});
		const paths = ['/cases/a', '/cases/a', '/cases/b', '/cases/b'];
		for (const path of paths) await hub.ask(path);
		expect(rendered).toEqual(['/cases/a', '/cases/a', '/cases/b']);
	});

	test('consent answered or not makes two versions; a pass goes around both', async () => {
		const rendered = await start((_url, locals) => ({
			headers: shared,
			body: String((locals['visitor'] as { hasAnsweredConsent: boolean }).hasAnsweredConsent),
		}));
		const get = async (cookie: string) => (await hub.ask('/', { headers: { cookie } })).text;
		expect([await get('a=b'), await get('foyer_consent=1.analytics'), await get('foyer_consent=1.'), await get('foyer_consent=0.x')]).toEqual([
			'false',
			'true',
			'true',
			'false',
		]);
		expect(rendered).toHaveLength(2);
		await get('foyer_pass=good');
		await get('foyer_pass=good');
		expect(rendered).toHaveLength(4);
		const { headers } = await hub.ask('/', { headers: { cookie: 'foyer_pass=good' } });
		expect(headers['cache-control']).toBe('private, no-store');
	});

	test('only parameters that change a page are part of its key, and the page sees no others', async () => {
		const rendered = await start((url) => ({ headers: shared, body: url }));
		for (const path of [
			'/articles/a?utm_source=x',
			'/articles/a?ref=y',
			'/library?page=2&utm_source=x',
			'/library?fbclid=z&page=2',
			'/library?topic=&page=2',
		])
			await hub.ask(path);
		expect(rendered).toEqual(['/articles/a', '/library?page=2']);
	});

	test('pages for one person keep their query and are never kept', async () => {
		const rendered = await start((url) => ({ headers: shared, body: url }));
		for (const path of ['/search?q=x', '/console/leads?q=x', '/c/token?x=1', '/zh-CN/webinars/a/room']) expect((await hub.ask(path)).text).toBe(path);
		await hub.ask('/search?q=x');
		expect(rendered).toHaveLength(5);
	});

	test('a page ends with its own time and with the next due time of the content', async () => {
		let rendered = await start(() => ({ headers: { ...shared, 'cache-until': String(Date.UTC(2026, 2, 1) + 1_000) }, body: TEXT }));
		await hub.ask('/a');
		hub.nowMs += 999;
		await hub.ask('/a');
		expect(rendered).toHaveLength(1);
		hub.nowMs += 1;
		await hub.ask('/a');
		expect(rendered).toHaveLength(2);
		await hub.close();

		rendered = await start(() => ({ headers: shared, body: TEXT }), { snapshot: { nextDueAt: new Date(Date.UTC(2026, 2, 1) + 500) } });
		await hub.ask('/a');
		hub.nowMs += 500;
		await hub.ask('/a');
		expect(rendered).toHaveLength(2);
	});

	test('the one unused for longest goes first when the space is full', async () => {
		const body = 'x'.repeat(220_000);
		const rendered = await start(() => ({ headers: shared, body }));
		for (const path of ['/p/a', '/p/b', '/p/c', '/p/d']) await hub.ask(path);
		await hub.ask('/p/a');
		await hub.hub.cache.settled();
		for (const path of ['/p/e', '/p/a', '/p/b']) await hub.ask(path);
		expect(rendered).toEqual(['/p/a', '/p/b', '/p/c', '/p/d', '/p/e', '/p/b']);
		expect(hub.hub.cache.stats().bytes).toBeLessThanOrEqual(1_048_576);
	});
});

describe('many at once', () => {
	test('sixty visitors of a page that is not kept yet cost one rendering', async () => {
		const { opened, open } = gate();
		const rendered = await start(async () => {
			await opened;
			return { headers: shared, body: TEXT };
		});
		const answers = Promise.all(Array.from({ length: 60 }, () => hub.ask('/')));
		await hub.ask('/healthz');
		open();
		expect((await answers).every(({ text }) => text === TEXT)).toBe(true);
		expect(rendered).toHaveLength(1);
	});

	test('nobody gets another one’s page when it turns out to be personal', async () => {
		const { opened, open } = gate();
		let count = 0;
		await start(async () => {
			const mine = (count += 1);
			await opened;
			return { headers: { ...shared, 'set-cookie': `id=${mine}` }, body: String(mine) };
		});
		const answers = Promise.all(Array.from({ length: 5 }, () => hub.ask('/')));
		await hub.ask('/healthz');
		open();
		expect(new Set((await answers).map(({ text }) => text)).size).toBe(5);
	});

	test('a publish drops the pages that carry its tags, and only those', async () => {
		const rendered = await start((url) => ({ headers: { 'cache-tag': `articles${url.replace('/', ':')}` }, body: TEXT }));
		for (const path of ['/a', '/b']) await hub.ask(path);
		hub.publish('articles:a', 'articles');
		for (const path of ['/a', '/b']) await hub.ask(path);
		expect(rendered).toEqual(['/a', '/b', '/a']);
	});

	test('a publish while a page is rendered leaves nothing stale behind', async () => {
		const first = gate();
		const started = gate();
		let title = 'old';
		const rendered = await start(async () => {
			const seen = title;
			if (seen === 'old') {
				started.open();
				await first.opened;
			}
			return { headers: shared, body: seen };
		});
		const early = hub.ask('/');
		await started.opened;
		title = 'new';
		hub.publish('white_papers:1');
		// Who asks after the publish does not wait for the old page.
		expect((await hub.ask('/')).text).toBe('new');
		first.open();
		expect((await early).text).toBe('old');
		expect((await hub.ask('/')).text).toBe('new');
		expect(rendered).toHaveLength(2);
	});
});

describe('how a kept page is sent', () => {
	async function kept() {
		await start(() => ({ headers: shared, body: TEXT }));
		await hub.ask('/');
		await hub.hub.cache.settled();
	}

	test.each([
		['br, gzip', 'br'],
		['gzip;q=1.0, br;q=0.5', 'gzip'],
		['br;q=0, gzip', 'gzip'],
		['GZIP', 'gzip'],
		['*', 'br'],
		['*;q=0, gzip', 'gzip'],
		['gzip;q=0, br;q=0', undefined],
		['identity', undefined],
		['identity;q=0, *;q=0', undefined],
		['deflate', undefined],
		['', undefined],
	])('accept-encoding "%s" gets %s', async (accept, encoding) => {
		await kept();
		const { headers, body } = await hub.ask('/', { headers: { 'accept-encoding': accept } });
		expect(headers['content-encoding']).toBe(encoding);
		expect(headers['content-length']).toBe(String(body.length));
		const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
		expect(plain.toString()).toBe(TEXT);
	});

	test('what the visitor has is not sent again', async () => {
		await kept();
		const { headers } = await hub.ask('/');
		const etag = headers.etag!;
		for (const value of [etag, `"other", ${etag}`, '*', etag.replace('W/', '')]) {
			const again = await hub.ask('/', { headers: { 'if-none-match': value } });
			expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
		}
		expect((await hub.ask('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
	});

	test('HEAD tells what GET would, and fills the cache for it', async () => {
		const rendered = await start(() => ({ headers: shared, body: TEXT }));
		const head = await hub.ask('/', { method: 'HEAD' });
		expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(TEXT.length)]);
		expect((await hub.ask('/')).text).toBe(TEXT);
		expect(rendered).toHaveLength(1);
	});

	test('a personal page is compressed too', async () => {
		await start(() => ({ body: TEXT }));
		const { headers, body } = await hub.ask('/search', { headers: { 'accept-encoding': 'gzip' } });
		expect(headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(body).toString()).toBe(TEXT);
	});

	test('an empty failure of the site becomes a page that says so', async () => {
		await start(() => ({ status: 500 }));
		const { status, text } = await hub.ask('/', { headers: { accept: 'text/html' } });
		expect(status).toBe(500);
		expect(text).toContain('Something went wrong here');
	});

	test('cookies are written with all they need', async () => {
		await start(
			(_url, locals) => {
				(locals['setCookies'] as (cookies: unknown) => void)([{ name: 'foyer_pass', value: 'x', maxAgeSeconds: 60, httpOnly: true }]);
				return { headers: shared, body: TEXT };
			},
			{ server: { publicUrl: 'https://hub.test' } },
		);
		const { headers } = await hub.ask('/c/t', { method: 'POST', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
		expect(headers['set-cookie']).toEqual(['foyer_pass=x; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure']);
		expect(headers['strict-transport-security']).toBe('max-age=31536000');
	});
});
