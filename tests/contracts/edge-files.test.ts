import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Asset } from '#cms/content.ts';
import { precompress } from '#site/edge/precompress.ts';

import { ORIGINAL } from './edge-asset.ts';
import { startTestHub, type TestHub } from './edge-parts.ts';

const cover: Asset = {
	id: 'cover-1',
	filename: 'cover.png',
	description: '',
	mediaType: 'image/png',
	sizeBytes: 1_000,
	width: 800,
	height: 600,
	version: 'v1',
	isPublic: true,
};
const pdf: Asset = { ...cover, id: 'pdf-1', filename: 'paper.pdf', mediaType: 'application/pdf', isPublic: false };
const page: Asset = { ...cover, id: 'page-1', filename: 'manual.html', mediaType: 'text/html', version: 'v3' };

describe('static files', () => {
	const style = 'body { color: black; }\n'.repeat(100);
	const video = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
	let hub: TestHub;
	beforeAll(async () => {
		const folder = await mkdtemp(join(tmpdir(), 'foyer-static-'));
		mkdirSync(join(folder, '_astro'));
		writeFileSync(join(folder, '_astro', 'site.abc.css'), style);
		writeFileSync(join(folder, 'film.mp4'), video);
		writeFileSync(join(folder, '.secret'), 'x');
		expect(await precompress(folder)).toBe(1);
		hub = await startTestHub({ staticFolders: [folder] });
	});
	afterAll(() => hub.close());

	test('are sent as the build compressed them, for ever where their name has their hash', async () => {
		const { headers, body } = await hub.ask('/_astro/site.abc.css', { headers: { 'accept-encoding': 'gzip, br' } });
		expect(headers).toMatchObject({
			'content-encoding': 'br',
			'content-type': 'text/css; charset=utf-8',
			'cache-control': 'public, max-age=31536000, immutable',
		});
		expect(headers['content-length']).toBe(String(body.length));
		expect(brotliDecompressSync(body).toString()).toBe(style);
		const again = await hub.ask('/_astro/site.abc.css', { headers: { 'accept-encoding': 'br', 'if-none-match': headers.etag! } });
		expect(again.status).toBe(304);
		expect((await hub.ask('/_astro/site.abc.css', { headers: { 'if-none-match': headers.etag! } })).text).toBe(style);
	});

	test.each([
		['/.secret', 404],
		['/_astro/site.abc.css.br', 404],
		['/_astro/../film.mp4', 400],
		['/%2e%2e/package.json', 400],
		['/_astro', 404],
	])('%s is no address', async (path, status) => {
		expect((await hub.ask(path)).status).toBe(status);
	});

	test.each([
		['bytes=0-9', 206, 'bytes 0-9/300000', video.subarray(0, 10)],
		['bytes=299990-', 206, 'bytes 299990-299999/300000', video.subarray(299_990)],
		['bytes=-5', 206, 'bytes 299995-299999/300000', video.subarray(-5)],
		['bytes=299999-400000', 206, 'bytes 299999-299999/300000', video.subarray(-1)],
		['bytes=5-2', 200, undefined, video],
		['bytes=0-1,4-5', 200, undefined, video],
		['lines=0-1', 200, undefined, video],
	])('the range %s is answered with %i', async (range, status, contentRange, expected) => {
		const answer = await hub.ask('/film.mp4', { headers: { range } });
		expect([answer.status, answer.headers['content-range']]).toEqual([status, contentRange]);
		expect(answer.body.equals(expected)).toBe(true);
	});

	test('a range outside of the file is answered with 416', async () => {
		const { status, headers } = await hub.ask('/film.mp4', { headers: { range: 'bytes=300000-' } });
		expect([status, headers['content-range']]).toEqual([416, 'bytes */300000']);
	});

	test('a range of another version gets the whole', async () => {
		expect((await hub.ask('/film.mp4', { headers: { range: 'bytes=0-9', 'if-range': '"other"' } })).status).toBe(200);
	});

	test('take GET and HEAD only', async () => {
		const { status, headers } = await hub.ask('/film.mp4', { method: 'POST' });
		expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
		const head = await hub.ask('/film.mp4', { method: 'HEAD' });
		expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '300000', 0]);
	});
});

describe('downloads', () => {
	let hub: TestHub;
	beforeAll(async () => {
		hub = await startTestHub();
	});
	afterAll(() => hub.close());

	test('a good token gives the file, under its name in any script, and leaves no copy on the way', async () => {
		const { status, headers, body } = await hub.ask('/d/good');
		expect([status, body.equals(ORIGINAL)]).toEqual([200, true]);
		expect(headers).toMatchObject({
			'cache-control': 'private, no-store',
			'content-type': 'application/pdf',
			'content-length': '1000',
			'x-robots-tag': 'noindex',
		});
		expect(headers['content-disposition']).toBe(
			`attachment; filename="Umrichter _ ___ _A_.pdf"; filename*=UTF-8''Umrichter%20%E2%80%93%20%E5%8F%98%E9%A2%91%E5%99%A8%20%22A%22.pdf`,
		);
	});

	test('a part can be asked for', async () => {
		const { status, headers, body } = await hub.ask('/d/good', { headers: { range: 'bytes=10-19' } });
		expect([status, headers['content-range'], body.equals(ORIGINAL.subarray(10, 20))]).toEqual([206, 'bytes 10-19/1000', true]);
	});

	test('HEAD reads nothing', async () => {
		const { status, headers, body } = await hub.ask('/d/good', { method: 'HEAD' });
		expect([status, headers['content-length'], body.length]).toEqual([200, '1000', 0]);
		expect(hub.assetRequests.at(-1)?.request?.head).toBe(true);
	});

	test.each([['1'], ['2'], ['paper-1'], ['good.'], ['Z29vZA'], ['%67ood%20']])('the forged token %s is nothing', async (token) => {
		const before = hub.assetRequests.length;
		expect((await hub.ask(`/d/${token}`)).status).toBe(404);
		expect(hub.assetRequests).toHaveLength(before);
	});

	test('an expired link says so', async () => {
		const { status, text } = await hub.ask('/d/old', { headers: { accept: 'text/html' } });
		expect(status).toBe(410);
		expect(text).toContain('This link has expired');
	});

	test('a visitor who leaves ends the reading', async () => {
		let cancelled: () => void = () => undefined;
		const ended = new Promise<void>((resolve) => (cancelled = resolve));
		const endless = await startTestHub({
			asset: () => {
				const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)), cancel: () => cancelled() });
				return Promise.resolve({ status: 200, headers: { 'content-type': 'application/pdf' }, body });
			},
		});
		const leaving = new AbortController();
		const response = await fetch(`http://127.0.0.1:${endless.port}/d/good`, { signal: leaving.signal });
		expect(response.status).toBe(200);
		leaving.abort();
		await ended;
		await endless.close();
	});
});

describe('media', () => {
	let hub: TestHub;
	beforeAll(async () => {
		hub = await startTestHub({
			snapshot: { whitePapers: [{ cover, pdf: { en: pdf, 'zh-CN': null } }, { cover: page }, { cover: { ...pdf, id: 'hidden-1' } }] } as never,
		});
	});
	afterAll(() => hub.close());

	test('a picture is made once for all who ask, and kept for ever under its version', async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, () => hub.ask('/media/cover-1/v1/640.webp')));
		expect(answers.every(({ status, body }) => status === 200 && body.equals(ORIGINAL))).toBe(true);
		expect(answers[0]?.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable' });
		await hub.ask('/media/cover-1/v1/640.webp');
		expect(hub.assetRequests.filter(({ id }) => id === 'cover-1')).toEqual([{ id: 'cover-1', request: { width: 640, format: 'webp' } }]);
	});

	test.each([
		['/media/pdf-1/v1/paper.pdf', 'a gated file'],
		['/media/hidden-1/v1/paper.pdf', 'a file that is not public'],
		['/media/cover-1/v0/640.webp', 'another version'],
		['/media/cover-1/v1/641.webp', 'a width that is not made'],
		['/media/cover-1/v1/other.png', 'another name'],
		['/media/cover-2/v1/640.webp', 'an id nobody has'],
		['/media/', 'no id'],
	])('%s, %s, is nothing', async (path) => {
		expect((await hub.ask(path)).status).toBe(404);
	});

	test('the file itself can be had in parts', async () => {
		const { status, body } = await hub.ask('/media/cover-1/v1/cover.png', { headers: { range: 'bytes=0-4' } });
		expect([status, body.equals(ORIGINAL.subarray(0, 5))]).toEqual([206, true]);
	});

	test('a page that an editor uploaded is saved, never shown', async () => {
		const { headers } = await hub.ask('/media/page-1/v3/manual.html');
		expect(headers['content-type']).toBe('application/octet-stream');
		expect(headers['content-disposition']).toBe('attachment; filename="manual.html"');
	});

	test('a recording is for those admitted to its room', async () => {
		expect((await hub.ask('/media/room/sizing')).status).toBe(403);
		expect((await hub.ask('/media/room/other')).status).toBe(404);
		const { status, headers } = await hub.ask('/media/room/sizing', { headers: { cookie: 'foyer_pass=good', range: 'bytes=0-99' } });
		expect([status, headers['cache-control'], headers['content-range']]).toEqual([206, 'private, no-store', 'bytes 0-99/1000']);
	});

	test('a size that cannot be made at this moment is sent as the original, and kept by nobody', async () => {
		const other = await startTestHub({
			asset: () => Promise.resolve({ status: 200, headers: { 'content-type': 'image/png' }, body: new Blob([ORIGINAL]).stream() }),
			snapshot: { whitePapers: [{ cover }] } as never,
		});
		const { status, headers, body } = await other.ask('/media/cover-1/v1/640.webp');
		expect([status, headers['content-type'], headers['cache-control'], body.equals(ORIGINAL)]).toEqual([200, 'image/png', 'no-store', true]);
		await other.close();
	});

	test('the CMS being away is said as that', async () => {
		const away = await startTestHub({
			asset: () => Promise.resolve({ status: 502, headers: {}, body: null }),
			snapshot: { whitePapers: [{ cover }] } as never,
		});
		expect((await away.ask('/media/cover-1/v1/640.webp')).status).toBe(503);
		const download = await away.ask('/d/good');
		expect([download.status, download.headers['retry-after']]).toEqual([503, '30']);
		await away.close();
	});
});
