import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PrintedFile } from '#cms';
import { sharePictureAddress } from '#site/share-picture.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

import { startTestHub, type TestHub } from './edge-parts.ts';

const BYTES = Buffer.from(Array.from({ length: 5_000 }, (_, at) => at % 251));
const SECRET = 'a'.repeat(43);
const printed = (mediaType: string, filename: string): PrintedFile => ({
	file: {
		...{ id: 'one', hash: 'b'.repeat(64), personId: null, mediaType, filename, sizeBytes: BYTES.length, detail: {} },
		...{ createdAt: new Date(0), expiresAt: new Date(1) },
	},
	read: (range) => Promise.resolve(Readable.from([range ? BYTES.subarray(range.start, range.end + 1) : BYTES])),
});
const content = sampleContent();
const drawn: string[] = [];
let hub: TestHub;

beforeAll(async () => {
	hub = await startTestHub({
		snapshot: content,
		press: {
			stamped: () => Promise.resolve({ status: 'stamped', printed: printed('application/pdf', 'paper.pdf') }),
			openBrochure: (secret) => Promise.resolve(secret === SECRET ? printed('application/pdf', 'brochure-2026-03-01.pdf') : null),
			sharePicture: (name) => {
				drawn.push(name);
				return Promise.resolve(printed('image/png', 'en.png'));
			},
		},
	});
});
afterAll(() => hub.close());

describe.each([
	['a stamped paper', '/d/good', 'attachment'],
	['a brochure', `/b/${SECRET}/brochure-2026-03-01.pdf`, 'inline'],
])('%s', (_what, path, shown) => {
	test('is sent whole, for its reader alone', async () => {
		const { status, headers, body } = await hub.ask(path);
		expect([status, body.equals(BYTES)]).toEqual([200, true]);
		expect(headers).toMatchObject({
			'content-type': 'application/pdf',
			'cache-control': 'private, no-store',
			'accept-ranges': 'bytes',
			'x-robots-tag': 'noindex',
		});
		expect(headers['content-disposition']).toContain(shown);
	});

	test('can be had in parts, asked about and revalidated', async () => {
		const part = await hub.ask(path, { headers: { range: 'bytes=100-199' } });
		expect([part.status, part.headers['content-range'], part.body.equals(BYTES.subarray(100, 200))]).toEqual([206, 'bytes 100-199/5000', true]);
		const head = await hub.ask(path, { method: 'HEAD' });
		expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '5000', 0]);
		expect((await hub.ask(path, { headers: { range: 'bytes=5000-' } })).status).toBe(416);
		expect((await hub.ask(path, { headers: { 'if-none-match': head.headers.etag ?? '' } })).status).toBe(304);
		expect((await hub.ask(path, { headers: { range: 'bytes=0-1', 'if-range': '"another"' } })).status).toBe(200);
		expect((await hub.ask(path, { method: 'POST' })).status).toBe(405);
	});
});

test.each([
	[`/b/${'c'.repeat(43)}`, 410],
	['/b/short', 404],
	[`/b/${SECRET}/x.html`, 404],
])('%s is no brochure', async (path, status) => {
	expect((await hub.ask(path)).status).toBe(status);
});

test('many readers at once are asked to come back, and lose nothing', async () => {
	const busy = await startTestHub({ press: { stamped: () => Promise.resolve({ status: 'busy' }) } });
	const { status, headers } = await busy.ask('/d/good');
	expect([status, headers['retry-after']]).toEqual([503, '20']);
	await busy.close();
});

describe('a picture of a link', () => {
	const [paper] = content.whitePapers;
	const address = sharePictureAddress(paper!, 'en', content);

	test('is kept for ever under its version, and may be shown elsewhere', async () => {
		const { status, headers } = await hub.ask(address);
		expect(status).toBe(200);
		expect(headers).toMatchObject({
			'content-type': 'image/png',
			'cache-control': 'public, max-age=31536000, immutable',
			'cross-origin-resource-policy': 'cross-origin',
		});
	});

	test('under an older version leads to the present one', async () => {
		const { status, headers } = await hub.ask(address.replace(/\.[0-9a-f]{12}\./, '.000000000000.'));
		expect([status, headers.location]).toEqual([302, address]);
	});

	test.each(['/media/og/white_papers/none.000000000000.en.png', '/media/og/forms/x.000000000000.en.png', '/media/og/site/site.000000000000.de.png'])(
		'%s is of nothing that is published',
		async (path) => {
			const before = drawn.length;
			expect((await hub.ask(path)).status).toBe(404);
			expect(drawn).toHaveLength(before);
		},
	);

	test('says other words in Chinese, and changes with what it says', () => {
		const renamed = { ...paper!, title: { ...paper!.title, en: 'Another title' } };
		const addresses = [address, sharePictureAddress(paper!, 'zh-CN', content), sharePictureAddress(renamed, 'en', content)];
		expect(new Set(addresses).size).toBe(3);
	});
});
