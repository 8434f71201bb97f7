import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { staffOf } from '#tests/support/console.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';
import { rawRequest } from '#tests/support/raw-request.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { countOf } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';

const PAPER = 'bearing-damage-from-vibration';
const OTHER = 'safe-torque-off-in-practice';

interface Kept {
	readonly files: readonly { readonly id: string; readonly filename_download: string }[];
	readonly collections: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

let hub: TestHub;
let mails: TestMailServer;
let reader: Stranger;
let stranger: Stranger;
let kept: Kept;
let gated: { readonly id: string; readonly file: string; readonly product: string };

beforeAll(async () => {
	mails = await startMailServer();
	hub = await startReadingHub({ SMTP_URL: mails.url });
	reader = aStranger(hub, 'reader');
	stranger = aStranger(hub, 'nobody');
	await reader.unlock(PAPER, mails);
	kept = (JSON.parse(readFileSync(join(hub.dataFolder, 'snapshot.json'), 'utf8')) as { rows: Kept }).rows;
	gated = kept.collections['documents']!.find(({ gate }) => gate === 'gated') as unknown as typeof gated;
}, 240_000);
afterAll(async () => {
	await hub.close();
	await mails.stop();
});

const raw = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
	rawRequest(hub.url, { method, path, body: '', headers: { 'content-length': '0', accept: '*/*', ...headers } });
const cookieOf = (who: Stranger) =>
	who
		.cookies()
		.map(({ name, value }) => `${name}=${value}`)
		.join('; ');

describe('a link to a file', () => {
	test('opens whole and in part for its reader, and leaves one row; HEAD leaves none', async () => {
		const link = await reader.download(PAPER);
		expect((await reader.get(link, { method: 'HEAD' })).status).toBe(200);
		expect(countOf(hub, 'file_opening')).toBe(0);
		for (const headers of [{}, { range: 'bytes=0-9' }, { range: 'bytes=10-19' }]) {
			const answer = await reader.get(link, { headers });
			expect(answer.status).toBe('range' in headers ? 206 : 200);
			expect(answer.headers.get('cache-control')).toBe('private, no-store');
			await answer.arrayBuffer();
		}
		expect(countOf(hub, 'file_opening')).toBe(1);
	});

	test.each([
		['GET', {}],
		['HEAD', {}],
		['GET', { range: 'bytes=0-9' }],
		['GET', { cookie: 'foyer_pass=AAAAAAAAAAAAAAAAAAAAAA' }],
	])('by %s with %o leads anybody else to where they prove who they are', async (method, headers) => {
		const link = await reader.download(PAPER);
		const answer = await raw(link, headers, method);
		expect([answer.status, answer.body]).toEqual([303, '']);
		expect(String(answer.headers['location'])).toMatch(/^\/pass\?from=link&for=white_papers%3A/);
	});

	test('of another reader opens nothing, though both have a pass', async () => {
		const other = aStranger(hub, 'other');
		await other.unlock(OTHER, mails);
		const link = await reader.download(PAPER);
		expect((await raw(link, { cookie: cookieOf(other) })).status).toBe(303);
	});

	test('cut, changed or made up is none', async () => {
		const link = await reader.download(PAPER);
		for (const path of [link.slice(0, -1), `${link}x`, link.replace('/d/', '/d/A'), '/d/', '/d/..%2f', '/d/%', '/d/%00', `/d/${gated.file}`]) {
			const { status } = await raw(path, { cookie: cookieOf(reader) });
			expect([path.slice(0, 12), [400, 404].includes(status)]).toEqual([path.slice(0, 12), true]);
		}
	});
});

describe('golden (e): walking ids of gated files yields nothing', () => {
	test('whatever address they are put into', async () => {
		for (const { id, filename_download: name } of kept.files
			.filter(({ id }) => id === gated.file)
			.concat(kept.files.filter(({ filename_download: file }) => file.includes(PAPER) && file.endsWith('.pdf')))) {
			for (const path of [`/media/${id}/1/${name}`, `/media/${id}`, `/d/${id}`, `/b/${id}`, `/documents/${id}`, `/assets/${id}`, `/files/${id}`])
				for (const cookie of ['', cookieOf(reader)]) expect([path, (await raw(path, { cookie })).status]).toEqual([path, 404]);
			expect([401, 403]).toContain((await fetch(`${hub.directusUrl}/assets/${id}`)).status);
		}
	});

	test('nor does asking for them by another way of sending', async () => {
		for (const { id } of kept.collections['documents']!.filter(({ gate }) => gate === 'gated').slice(0, 3)) {
			const asked = await stranger.post(`/documents/${String(id)}`, { action: 'download' });
			expect([303, 404]).toContain(asked.status);
			expect(asked.headers.get('location') ?? '').not.toContain('/d/');
		}
		for (const { slug } of kept.collections['white_papers']!.slice(0, 3))
			expect((await stranger.post(`/white-papers/${String(slug)}`, { action: 'download' })).headers.get('location') ?? '').not.toContain('/d/');
	});
});

test('a gated file of a product is a real download after the gate, and names nothing before', async () => {
	const page = await stranger.get(`/documents/${gated.id}`);
	const text = await page.text();
	expect([page.status, text.includes(gated.file), text.includes('/d/')]).toEqual([200, false, false]);
	const asked = await reader.post(`/documents/${gated.id}`, { action: 'download' });
	const file = await reader.get(asked.headers.get('location') ?? '');
	expect([asked.status, file.status, file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([303, 200, true]);
});

test('the cache keeps nothing of a reader for a stranger', async () => {
	const path = `/white-papers/${PAPER}`;
	const open = await (await reader.get(path)).text();
	const last = open.match(/id="page-\d+"/g)?.at(-1) ?? 'none';
	for (let at = 0; at < 2; at++) {
		const answer = await stranger.get(path);
		expect([(await answer.text()).includes(last), answer.headers.get('vary')?.includes('cookie')]).toEqual([false, true]);
	}
	const mine = await reader.get(path);
	expect([(await mine.text()).includes(last), mine.headers.get('cache-control')?.includes('private')]).toEqual([true, true]);
});

test('a preview key opens its own item only', async () => {
	const headers = { authorization: `Bearer ${hub.adminToken}` };
	const answer = await fetch(`${hub.directusUrl}/items/white_papers?fields=id,preview_key&limit=2&sort=slug`, { headers });
	const { data } = (await answer.json()) as { readonly data: readonly { readonly id: string; readonly preview_key: string }[] };
	const status = async (id = '', key = '') => (await raw(`/preview/white-papers/${id}/${key}`, { accept: 'text/html' })).status;
	const [one, two] = data;
	expect(await status(one?.id, one?.preview_key)).toBe(200);
	expect([await status(two?.id, one?.preview_key), await status(one?.id, gated.id)]).toEqual([404, 404]);
});

test('the picture of a link is a picture, and no way to a file', async () => {
	const page = await (await stranger.get(`/white-papers/${PAPER}`)).text();
	const { pathname } = new URL(/property="og:image" content="([^"]+)"/.exec(page)?.[1] ?? '');
	const picture = await stranger.get(pathname);
	expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
	for (const path of [pathname.replace(/\.png$/, '.pdf'), `${pathname}/..%2f${PAPER}.pdf`, `${pathname}/${gated.file}`])
		expect([path, [400, 404].includes((await raw(path)).status)]).toEqual([path, true]);
});

test('a right that staff took back closes its links and its paper at once', async () => {
	const late = aStranger(hub, 'late');
	await late.unlock(PAPER, mails);
	const link = await late.download(PAPER);
	const staff = await staffOf(hub, 'Marketer');
	const list = await (await staff.get('/console/leads?q=late%40kestrel-packaging.com')).text();
	const lead = /\/console\/leads\/0[\w-]+/.exec(list)?.[0] ?? '';
	const grant = /name="grant" value="([^"]+)"/.exec(await (await staff.get(lead)).text())?.[1] ?? '';
	expect((await staff.post(lead, { access: 'revoke-grant', grant })).status).toBe(303);
	expect([404, 410]).toContain((await late.get(link)).status);
	expect((await late.post(`/white-papers/${PAPER}`, { action: 'download' })).headers.get('location') ?? '').not.toContain('/d/');
});

test('a recording is for who registered; the API tells nothing without a token', async () => {
	for (const headers of [{}, { range: 'bytes=0-1' }, { cookie: cookieOf(reader) }])
		expect((await raw('/media/room/sizing-a-servo-axis', headers)).status).toBe(403);
	for (const path of ['/api/v1/leads', `/api/v1/leads/${gated.id}`, `/api/v1/leads/${gated.id}/timeline`]) expect((await raw(path)).status).toBe(401);
});
