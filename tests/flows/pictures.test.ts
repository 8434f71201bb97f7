import { readFileSync } from 'node:fs';

import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PUBLIC_FOLDER } from '#cms/directus/model/index.ts';
import { stableId } from '#kernel/id.ts';
import { type Editor, editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const WITHIN_MS = 10_000;
/** What hub and Directus may take on top of their rest while a picture of 60 megapixels is made smaller. */
const HUB_GROWTH_MB = 150;
/** A progressive JPEG is the worst: all of it is held before the first row is known. */
const DIRECTUS_GROWTH_MB = 1_000;

let hub: TestHub;
let desk: Editor;
beforeAll(async () => {
	hub = await startTestHub();
	desk = editor(hub);
}, 300_000);
afterAll(() => hub?.close());

const idOf = (name: string): string => stableId(`pictures:${name}`);

async function upload(name: string, mediaType: string, bytes: Uint8Array): Promise<void> {
	const form = new FormData();
	for (const [key, value] of Object.entries({ id: idOf(name), folder: PUBLIC_FOLDER, title: name })) form.set(key, value);
	form.set('file', new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
	const answer = await fetch(`${hub.directusUrl}/files`, { method: 'POST', headers: { authorization: `Bearer ${hub.adminToken}` }, body: form });
	if (!answer.ok) throw new Error(`Directus refused ${name}: ${answer.status} ${await answer.text()}`);
}

/** Publishes an article with the file as its cover; resolves with the page once it is there. */
async function publishWith(name: string): Promise<string> {
	const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
	await desk.create('articles', { slug, status: 'published', title_en: name, summary_en: 'S', body_en: 'B', cover: idOf(name) });
	return until(
		`the page of ${name}`,
		async () => {
			const answer = await fetch(`${hub.url}/articles/${slug}`);
			return answer.status === 200 && (await answer.text());
		},
		WITHIN_MS,
	);
}

interface Shown {
	readonly address: string;
	readonly width: number;
	readonly height: number;
	readonly srcset: readonly string[];
	readonly sizes: string;
}

/** The cover as the page asks for it, or null when the page has none. */
function coverIn(html: string, name: string): Shown | null {
	const tag = [...html.matchAll(/<img\b[^>]*>/g)].map(([one]) => one).find((one) => one.includes(`/media/${idOf(name)}/`));
	if (tag === undefined) return null;
	const value = (attribute: string): string => new RegExp(`\\s${attribute}="([^"]*)"`).exec(tag)?.[1] ?? '';
	const srcset = value('srcset').split(', ').filter(Boolean);
	return { address: value('src'), width: Number(value('width')), height: Number(value('height')), srcset, sizes: value('sizes') };
}

async function residentMb(pid: number): Promise<number> {
	return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** The Directus that the hub started. */
function directusPid(): number {
	const children = readFileSync(`/proc/${hub.pid}/task/${hub.pid}/children`, 'utf8').trim().split(' ').map(Number);
	const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('run-directus'));
	if (found === undefined) throw new Error('the hub has no Directus');
	return found;
}

const plain = (width: number, height: number): Sharp => sharp({ create: { width, height, channels: 3, background: '#0b5563' } });

/** 60 megapixels with something to compress in every row. */
function sixtyMegapixels(): Sharp {
	const [width, height] = [9_000, 6_700];
	const row = Buffer.from(Array.from({ length: width * 3 }, (_, at) => (at * 7) % 256));
	const pixels = Buffer.alloc(row.length * height);
	for (let y = 0; y < height; y++) row.copy(pixels, y * row.length);
	return sharp(pixels, { raw: { width, height, channels: 3 } });
}

describe('a picture of 60 megapixels', () => {
	test.for(['jpeg', 'png'] as const)(
		'as %s is shown scaled, and takes neither hub nor Directus down',
		{ timeout: 120_000 },
		async (kind, { annotate }) => {
			const name = `sixty.${kind}`;
			const bytes = await (
				kind === 'jpeg' ? sixtyMegapixels().jpeg({ progressive: true }) : sixtyMegapixels().png({ compressionLevel: 3 })
			).toBuffer();
			const directus = directusPid();
			// What a hub takes for its first pages is not what a picture costs.
			for (const path of ['/', '/articles/io-link-in-ten-minutes', '/library']) await (await fetch(hub.url + path)).text();
			const before = [await residentMb(hub.pid), await residentMb(directus)] as const;
			await upload(name, `image/${kind}`, bytes);
			const cover = coverIn(await publishWith(name), name);
			expect([cover?.width, cover?.height]).toEqual([9_000, 6_700]);

			let peak = [0, 0] as readonly [number, number];
			const watch = setInterval(() => {
				void Promise.all([residentMb(hub.pid), residentMb(directus)]).then(([a, b]) => (peak = [Math.max(peak[0], a), Math.max(peak[1], b)]));
			}, 20);
			const from = performance.now();
			const sizes: (readonly [number, string | null, number | undefined])[] = [];
			try {
				for (const entry of cover?.srcset ?? []) {
					const answer = await fetch(hub.url + entry.split(' ')[0]);
					const bytes = await answer.arrayBuffer();
					sizes.push([answer.status, answer.headers.get('content-type'), answer.ok ? (await sharp(bytes).metadata()).width : undefined]);
				}
			} finally {
				clearInterval(watch);
			}
			const tookMs = Math.round(performance.now() - from);
			expect(sizes.map(([status, type]) => [status, type])).toEqual(sizes.map(() => [200, 'image/webp']));
			expect(sizes.map(([, , width]) => width)).toEqual((cover?.srcset ?? []).map((entry) => Number.parseInt(entry.split(' ')[1] ?? '', 10)));
			const [hubGrowth, directusGrowth] = [Math.round(peak[0] - before[0]), Math.round(peak[1] - before[1])];
			await annotate(
				`${kind} ${(bytes.length / 1e6).toFixed(1)} MB: ${sizes.length} sizes in ${tookMs} ms; hub +${hubGrowth} MB, Directus +${directusGrowth} MB (${Math.round(peak[1])} MB)`,
			);
			expect(hubGrowth).toBeLessThan(HUB_GROWTH_MB);
			expect(directusGrowth).toBeLessThan(DIRECTUS_GROWTH_MB);
			expect((await fetch(`${hub.url}/`)).status).toBe(200);
		},
	);
});

describe('what else is uploaded as a picture', () => {
	test('a photo that a phone turned stands upright, with its own measures', async () => {
		await upload('turned.jpg', 'image/jpeg', await plain(800, 400).withMetadata({ orientation: 6 }).jpeg().toBuffer());
		const cover = coverIn(await publishWith('turned.jpg'), 'turned.jpg');
		expect([cover?.width, cover?.height]).toEqual([400, 800]);
		const { width, height } = await sharp(await (await fetch(hub.url + cover!.address)).arrayBuffer()).metadata();
		expect([width, height]).toEqual([400, 800]);
	}, 30_000);

	test('a CMYK JPEG comes in colours that browsers know', async () => {
		await upload('cmyk.jpg', 'image/jpeg', await plain(600, 400).toColourspace('cmyk').jpeg().toBuffer());
		const cover = coverIn(await publishWith('cmyk.jpg'), 'cmyk.jpg');
		const answer = await fetch(hub.url + cover!.address);
		const bytes = await answer.arrayBuffer();
		expect([answer.headers.get('content-type'), (await sharp(bytes).metadata()).space]).toEqual(['image/webp', 'srgb']);
	}, 30_000);

	test('an animated GIF keeps moving', async () => {
		const frames = Buffer.concat(
			await Promise.all(
				['#ff0000', '#00ff00'].map((background) =>
					plain(300, 200)
						.composite([{ input: { create: { width: 9, height: 9, channels: 3, background } } }])
						.raw()
						.toBuffer(),
				),
			),
		);
		await upload(
			'moving.gif',
			'image/gif',
			await sharp(frames, { raw: { width: 300, height: 400, channels: 3, pageHeight: 200 } as never })
				.gif()
				.toBuffer(),
		);
		const cover = coverIn(await publishWith('moving.gif'), 'moving.gif');
		const answer = await fetch(hub.url + cover!.address);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
		expect(answer.headers.get('cache-control')).toContain('immutable');
		expect((await sharp(await answer.arrayBuffer()).metadata()).pages).toBe(2);
	}, 30_000);

	test('a drawing with a script is shown as a picture and cannot run anything by itself', async () => {
		const svg =
			'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" width="40" height="30"><script>alert(1)</script><rect width="40" height="30"/></svg>';
		await upload('drawn.svg', 'image/svg+xml', Buffer.from(svg));
		const cover = coverIn(await publishWith('drawn.svg'), 'drawn.svg');
		const answer = await fetch(hub.url + cover!.address);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
		expect(answer.headers.get('content-security-policy')).toContain('sandbox');
		expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(answer.headers.get('cache-control')).toContain('immutable');
	}, 30_000);

	test.each([
		['photo.heic', 'image/heic', Buffer.from('0000001866747970686569630000000068656963', 'hex')],
		['no-picture.png', 'image/png', Buffer.from('This is a text.')],
	])(
		'%s is left out of the page, which stays whole',
		async (name, mediaType, bytes) => {
			await upload(name, mediaType, bytes);
			const html = await publishWith(name);
			expect(coverIn(html, name)).toBeNull();
			expect(html).toContain(`<h1>${name}</h1>`);
		},
		30_000,
	);
});
