import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { stableId } from '#kernel/id.ts';
import { editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { type RawAnswer, rawRequest } from '#tests/support/raw-request.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { countOf } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const PAPERS = ['bearing-damage-from-vibration', 'safe-torque-off-in-practice', 'pump-energy-at-part-load', 'absolute-encoders-and-homing'] as const;
const WEBINAR = 'sizing-a-servo-axis';
const GATED_WORD = 'brummelwitzt';

interface StoredFile {
	readonly id: string;
	readonly type: string;
	readonly filename_download: string;
	readonly folder: string | null;
}

/** What must stay closed to those who only try addresses. One hub for all. */
let hub: TestHub;
let mails: TestMailServer;
let reader: Stranger;
let papers: readonly StoredFile[];
let paper: Readonly<Record<string, unknown>>;

beforeAll(async () => {
	mails = await startMailServer();
	hub = await startTestHub({ SMTP_URL: mails.url });
	reader = aStranger(hub, 'reader');
	await reader.unlock(PAPERS[0], mails);
	const kept = JSON.parse(readFileSync(join(hub.dataFolder, 'snapshot.json'), 'utf8')) as {
		rows: { files: StoredFile[]; collections: { white_papers: Record<string, unknown>[] } };
	};
	paper = kept.rows.collections.white_papers.find(({ slug }) => slug === PAPERS[0])!;
	papers = kept.rows.files.filter(({ type, filename_download: name }) => type === 'application/pdf' && PAPERS.some((slug) => name.includes(slug)));
});
afterAll(async () => {
	await hub.close();
	await mails.stop();
});

test('the files of papers have no public address, at the hub or at Directus', async () => {
	expect(papers.length).toBeGreaterThanOrEqual(PAPERS.length);
	for (const { id, filename_download: name } of papers) {
		for (const path of [`/media/${id}/1/${name}`, `/media/${id}`, `/media/${id}/1/640.webp`, `/d/${id}`, `/files/${id}`, `/assets/${id}`])
			expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
		for (const query of ['', '?download', '?key=w640', '?access_token=guess'])
			expect([401, 403]).toContain((await fetch(`${hub.directusUrl}/assets/${id}${query}`)).status);
	}
});

test('Directus tells strangers nothing', async () => {
	for (const path of [
		'/items/white_papers',
		'/items/forms',
		'/files',
		'/users',
		'/roles',
		'/collections',
		'/activity',
		`/items/white_papers/${stableId(`white_papers:${PAPERS[0]}`)}`,
	])
		expect([path, [401, 403].includes((await fetch(hub.directusUrl + path)).status)]).toEqual([path, true]);
	const asked = await fetch(`${hub.directusUrl}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{"query":"{ white_papers { id slug } }"}',
	});
	expect(await asked.text()).not.toContain(PAPERS[0]);
});

test('a room and its recording are for those who registered', async () => {
	for (const path of [`/media/room/${WEBINAR}`, `/api/v1/webinars/${WEBINAR}/stream`]) {
		for (const headers of [{}, { range: 'bytes=0-1' }, { cookie: 'foyer_pass=AAAAAAAAAAAAAAAAAAAAAA; foyer_visitor=x' }])
			expect((await ask('GET', path, headers)).status).toBe(403);
		if (path.startsWith('/media')) expect((await ask('HEAD', path)).status).toBe(403);
	}
	expect((await ask('GET', '/media/room/no-such-webinar')).status).toBe(404);
});

test('leads, the console and their parts need a session or the token', async () => {
	for (const path of [
		'/api/v1/leads',
		`/api/v1/leads/${stableId('x')}`,
		`/api/v1/leads/${stableId('x')}/score`,
		`/api/v1/leads/${stableId('x')}/timeline`,
	]) {
		for (const headers of [{}, { authorization: 'Bearer ' }, { authorization: 'Bearer null' }, { cookie: 'foyer_staff=guess' }])
			expect([path, (await ask('GET', path, headers)).status]).toEqual([path, 401]);
	}
	for (const path of [
		'/console',
		'/console/leads',
		`/console/leads/${stableId('x')}`,
		'/console/mailbox',
		'/console/audit',
		'/console/outbox',
		'/console/webinars',
	])
		expect([303, 302]).toContain((await ask('GET', path)).status);
	expect((await ask('GET', '/metrics')).status).toBe(404);
});

describe('requests that browsers do not send', () => {
	test.each(['evil.example', 'evil.example:4321', '127.0.0.1.evil.example', 'localhost@evil.example'])(
		'for the host "%s" are misdirected',
		async (host) => {
			expect([400, 421]).toContain((await ask('GET', '/', { host })).status);
		},
	);

	test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
		'from another site (%o) change nothing',
		async (headers) => {
			const before = countOf(hub, 'consent') + countOf(hub, 'form_submission');
			for (const path of [
				'/api/v1/consents',
				'/api/v1/events',
				'/api/v1/forms/quote-default/submissions',
				`/white-papers/${PAPERS[0]}`,
				'/console/sign-in',
				'/console/sign-out',
			]) {
				expect([path, (await ask('POST', path, headers, '{"purposes":["analytics"]}')).status]).toEqual([path, 403]);
			}
			expect(countOf(hub, 'consent') + countOf(hub, 'form_submission')).toBe(before);
		},
	);

	test.each([
		'/../package.json',
		'/../../etc/passwd',
		'/_astro/../../server.ts',
		'/_astro/..%2f..%2fserver.ts',
		'/%2e%2e/%2e%2e/etc/passwd',
		'/..%5c..%5cpackage.json',
		'//evil.example/',
		'/\\evil.example',
		'/%',
		'/%ff',
		'/%E0%A4%A',
		'/white-papers/%2e%2e%2f%2e%2e',
		'/media/../../foyer.keys',
		'/media/%2e%2e/%2e%2e/foyer.keys',
		'/d/..%2f..',
		'/c/%00',
		'/.data/foyer.db',
		'/.env',
		'/.git/config',
		'/server/entry.mjs',
		'/package.json',
		`/${'a'.repeat(8_000)}`,
		'/zh-CN/zh-CN',
		'/console/%2e%2e',
		'/api/v1/../../x',
	])('for the path %s find nothing', async (path) => {
		const { status, body, headers } = await ask('GET', path);
		expect([400, 404]).toContain(status);
		expect(body).not.toMatch(/root:|"dependencies"|k1:/);
		expect(String(headers['location'] ?? '')).toBe('');
	});

	test.each(['OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'PUT', 'PATCH'])('with the method %s are told which would do', async (method) => {
		for (const path of ['/', `/white-papers/${PAPERS[0]}`, '/library', '/api/v1/events', '/d/x', '/media/x/1/x.pdf', '/healthz']) {
			const { status, headers } = await ask(method, path);
			expect([path, status]).toEqual([path, 405]);
			expect(headers['allow']).toMatch(/GET|POST/);
		}
	});
});

test('the gated words of a paper are in no public page, search answer or feed', async () => {
	const body = (language: string) =>
		`${String(paper[`body_${language}`])}\n\nThe quarzfalter ${GATED_WORD} all night.\n\n| quarzfalter | ${GATED_WORD} |\n| --- | --- |\n| ${GATED_WORD} | 1 |\n`;
	await editor(hub).update('white_papers', PAPERS[0], { body_en: body('en'), body_zh: body('zh') });
	const stranger = aStranger(hub, 'stranger');
	for (const path of [`/white-papers/${PAPERS[0]}`, `/zh-CN/white-papers/${PAPERS[0]}`])
		await until(`the words in ${path}`, async () => (await (await reader.get(path)).text()).includes(GATED_WORD));

	const listed = async (path: string): Promise<string[]> =>
		[...(await (await stranger.get(path)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url!).pathname);
	const sitemaps = await listed('/sitemap-index.xml');
	const pages = [...new Set((await Promise.all(sitemaps.map(listed))).flat())];
	expect(pages.length).toBeGreaterThan(80);
	const searches = ['/search?', '/zh-CN/search?', '/api/v1/search?', '/api/v1/search?locale=zh-CN&', '/api/v1/search/suggest?', '/library?'].map(
		(path) => `${path}q=quarzfalter`,
	);
	for (const path of [
		...pages,
		...searches,
		...sitemaps,
		...['/sitemap-index.xml', '/robots.txt', '/rss.xml', '/zh-CN/rss.xml', '/webinars.ics', '/llms.txt'],
		'/api/v1/openapi.json',
		'/api/v1/forms/paper-default',
		`/white-papers/${PAPERS[0]}?sent=1`,
		`/white-papers/${PAPERS[0]}?page=6`,
	]) {
		const answer = await stranger.get(path);
		expect([path, answer.status, (await answer.text()).includes(GATED_WORD)]).toEqual([path, 200, false]);
	}
}, 120_000);

/** Asks as a stranger. A refusal shows nothing of the inside. */
async function ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<RawAnswer> {
	const answer = await rawRequest(hub.url, {
		method,
		path,
		body,
		headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers },
	});
	expect(answer.status).toBeLessThan(500);
	return answer;
}
