import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { stableId, systemRandom } from '#kernel/id.ts';
import { createKeys, type Keys, parseKeyRing } from '#kernel/keys.ts';
import { signToken } from '#kernel/signed-token.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { type RawAnswer, rawRequest } from '#tests/support/raw-request.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { counts, stored } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const API_TOKEN = 'a-token-of-the-test-of-bad-input';
const PAPER = 'bearing-damage-from-vibration';
const PAPER_SUBJECT = `white_papers:${stableId(`white_papers:${PAPER}`)}`;
const WEBINAR = 'sizing-a-servo-axis';
const SCRIPT = '"><script>window.hit=1</script><img src=x onerror=window.hit=1>';
/** As an element; inside a quoted attribute, where its quote is escaped, it does nothing. */
const UNSAFE = /"><script>window|(?<!&quot;>)<script>window|(?<!<\/script>)<img src=x/;
const LARGE = 'x'.repeat(10 * 1_048_576);

/** What a hub says to requests that nobody should send. One hub for all. */
let hub: TestHub;
let mails: TestMailServer;
let keys: Keys;
let reader: Stranger;
let confirmLink = '';
let joinLink = '';

beforeAll(async () => {
	mails = await startMailServer();
	hub = await startTestHub({ SMTP_URL: mails.url, FOYER_API_TOKEN: API_TOKEN, TRUSTED_PROXIES: '127.0.0.1' });
	keys = createKeys(parseKeyRing(readFileSync(join(hub.dataFolder, 'foyer.keys'), 'utf8').trim()), systemRandom);
	reader = aStranger(hub, 'reader');
	const startsAt = new Date(Date.now() + 60_000).toISOString();
	await editor(hub).update('webinars', WEBINAR, { starts_at: startsAt });
	await until('the moved start', async () => (await (await reader.get(`/webinars/${WEBINAR}`)).text()).includes(startsAt.slice(0, 16)));
	confirmLink = await reader.unlock(PAPER, mails);
	joinLink = await reader.join(WEBINAR, mails);
	await reader.json('/api/v1/consents', { purposes: ['analytics'] });
});
afterAll(() => hub.close().then(() => mails.stop()));
afterEach(() => expect(hub.said()).not.toMatch(/a request failed|an API call failed|an error nobody caught|was not waited for/));

const API_POSTS = [
	'/events',
	'/consents',
	'/forms/paper-default/submissions',
	'/beats',
	`/webinars/${WEBINAR}/registrations`,
	`/webinars/${WEBINAR}/interactions`,
	`/webinars/${WEBINAR}/beats`,
	'/hooks/cms',
].map((path) => `/api/v1${path}`);

test.each(API_POSTS)('%s refuses what is no JSON, and bodies of 10 MB, and stores nothing', async (path) => {
	await storesNothing(async () => {
		for (const body of ['{', '', 'null', '[]', '"text"', '{"events":1}', '{"__proto__":{"x":1}}']) {
			expect([400, 403, 422]).toContain((await send('POST', path, body)).status);
		}
		expect((await send('POST', path, LARGE)).status).toBe(413);
		expect((await send('POST', path, LARGE, { 'transfer-encoding': 'chunked' })).status).toBe(413);
	});
});

test.each([`/white-papers/${PAPER}`, '/console/sign-in', '/quote', `/webinars/${WEBINAR}`])(
	'the page %s refuses bodies of 10 MB, and what is no form',
	async (path) => {
		expect((await send('POST', path, `name=${LARGE}`, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(413);
		for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'application/json', 'text/plain', ''])
			expect([type, (await send('POST', path, '{"name":1}', { 'content-type': type })).status]).toEqual([type, 400]);
	},
);

test.each([
	['of an unknown type', { type: 'page.explode' }, 'unknown-type'],
	['that only the hub records', { type: 'download' }, 'unknown-type'],
	['of an inherited name', { type: '__proto__' }, 'unknown-type'],
	['of 1970', { at: '1970-01-01T00:00:00Z' }, 'too-old'],
	['of 2100', { at: '2100-01-01T00:00:00Z' }, 'in-future'],
	['of no day', { at: '2026-02-31T99:00:00Z' }, 'malformed'],
	['with U+0000', { props: { path: 'a\0b' } }, 'bad-props'],
	['with half a character', { props: { path: '\ud800' } }, 'bad-props'],
	['with members nobody knows', { props: { path: '/', extra: 1 } }, 'bad-props'],
	['with a script as subject', { subject: SCRIPT }, 'malformed'],
	['with a script as id', { id: SCRIPT }, 'malformed'],
	['with a forged beat', { type: 'content.attention', subject: 'white_papers:1', props: { beat: 'a.b', depth: 3 } }, 'forged-beat'],
])('an event %s is dropped with its reason', async (_, wrong, reason) => {
	await storesNothing(async () => {
		const answer = await reader.json('/api/v1/events', {
			events: [{ id: 'event-00000001', type: 'page.view', at: new Date().toISOString(), props: { path: '/' }, ...wrong }],
		});
		expect([answer.status, await answer.json()]).toEqual([202, { accepted: 0, duplicate: 0, rejected: [{ index: 0, reason }] }]);
	});
});

test('U+0000 and halves of characters are refused with 422 by forms, chat, consents and search', async () => {
	await storesNothing(async () => {
		for (const bad of ['a\0b', 'a\ud800b']) {
			const form = { subject: 'quote', name: bad, email: 'x@kestrel-packaging.com', company: 'K', jobTitle: 'Engineer' };
			for (const answer of [
				await reader.json('/api/v1/forms/quote-default/submissions', form, token),
				await reader.json(`/api/v1/webinars/${WEBINAR}/interactions`, { kind: 'chat', text: bad }),
				await reader.json('/api/v1/consents', { purposes: [bad] }),
			])
				expect([bad, answer.status]).toEqual([bad, 422]);
		}
		expect((await send('GET', '/api/v1/search?q=a%00b', '')).status).toBe(422);
		expect((await send('GET', '/search?q=a%00b', '')).status).toBeLessThan(500);
		const page = await aStranger(hub, 'nul').post(`/white-papers/${PAPER}`, { name: 'a\0b', email: 'nul@kestrel-packaging.com', company: 'K' });
		expect(page.status).toBe(422);
	});
});

describe('markup in every field', () => {
	test('of a form is text in the console and in the mail', async () => {
		const email = 'markup@kestrel-packaging.com';
		const answers = Object.fromEntries(
			['name', 'company', 'jobTitle', 'region', 'industry', 'message', 'applicationArea'].map((name) => [name, `${name} ${SCRIPT}`]),
		);
		const sent = await reader.json(
			'/api/v1/forms/paper-default/submissions',
			{ ...answers, industry: undefined, subject: PAPER_SUBJECT, channel: 'direct', timeZone: 'Europe/Berlin', email },
			token,
		);
		expect(sent.status).toBe(202);
		expect((await mails.mailTo(email)).html).not.toMatch(UNSAFE);
		const [lead] = (
			(await (await reader.get(`/api/v1/leads?q=${encodeURIComponent(email)}`, { headers: token })).json()) as { items: { id: string }[] }
		).items;
		const account = await editor(hub).account('Marketer');
		const desk = aStranger(hub, 'desk');
		expect((await desk.post('/console/sign-in', account)).status).toBe(303);
		for (const path of ['/console/leads', `/console/leads/${lead!.id}`, '/console/audit', '/console/outbox']) {
			const html = await (await desk.get(path)).text();
			expect(html).not.toMatch(UNSAFE);
			if (path.includes('leads')) expect(html).toMatch(/&lt;script&gt;window|&#60;script/);
		}
	});

	test('of the chat is text in the room', async () => {
		const said = await reader.json(`/api/v1/webinars/${WEBINAR}/interactions`, { kind: 'chat', text: `markup ${SCRIPT}` });
		expect(said.status).toBe(201);
		const browser = await openBrowser();
		try {
			const context = await browser.newContext();
			await context.addCookies(reader.cookies().map((cookie) => ({ ...cookie, url: hub.url })));
			const page = await context.newPage();
			await page.goto(`${hub.url}/webinars/${WEBINAR}/room`);
			await until('the line', () => page.evaluate((text) => document.querySelector('[role=log]')?.textContent?.includes(text) ?? false, SCRIPT));
			expect(await page.evaluate(() => [document.querySelectorAll('[role=log] script, [role=log] img').length, 'hit' in window])).toEqual([0, false]);
		} finally {
			await browser.close();
		}
	});

	test('of a query and of a mistaken form comes back as text', async () => {
		for (const path of ['/search?q=', '/library?topic=', '/console/leads?q='])
			expect(await (await reader.get(path + encodeURIComponent(SCRIPT))).text()).not.toMatch(UNSAFE);
		const again = await aStranger(hub, 'mistaken').post(`/white-papers/${PAPER}`, { name: SCRIPT, email: SCRIPT, company: '', jobTitle: '' });
		expect(again.status).toBe(422);
		expect(await again.text()).not.toMatch(UNSAFE);
	});
});

describe('tokens', () => {
	const past = new Date(Date.now() - 1_000);
	const later = new Date(Date.now() + 60_000);

	test('that are forged, cut or made for something else open nothing; expired ones say so', async () => {
		const file = await reader.download(PAPER);
		const [grant] = stored<{ id: string }>(hub, 'select id from access_grant where confirmed_at is not null');
		const [seat] = stored<{ id: string }>(hub, 'select id from registration');
		const good = { c: confirmLink.slice(3), j: joinLink.slice(3), d: file.slice(3) };
		await storesNothing(async () => {
			for (const kind of ['c', 'd', 'j'] as const) {
				const own = good[kind];
				const foreign = Object.entries(good)
					.filter(([other]) => other !== kind)
					.map(([, value]) => value);
				const others = [
					signToken(keys, 'beat', grant!.id, later),
					signToken(keys, 'preferences', seat!.id, null),
					signToken(keys, 'calendar', seat!.id, later),
				];
				const bent = own.replace(/.$/, own.endsWith('A') ? 'B' : 'A').replace(/^./, own.startsWith('A') ? 'B' : 'A');
				for (const bad of [
					bent,
					own.slice(0, -3),
					own.split('.')[0]!,
					`${own}x`,
					'~',
					'x'.repeat(3_000),
					'%F0%9F%94%91',
					grant!.id,
					...foreign,
					...others,
				]) {
					for (const method of ['GET', 'HEAD', 'POST']) {
						const answer = await send(method, `/${kind}/${bad}`, '', { 'content-type': 'application/x-www-form-urlencoded' });
						expect([kind, bad, method, answer.status]).toEqual([kind, bad, method, kind === 'd' && method === 'POST' ? 405 : 404]);
					}
				}
			}
			expect((await send('GET', `/d/${signToken(keys, 'download', `${grant!.id}~en`, past)}`, '')).status).toBe(410);
			expect((await send('GET', `/c/${signToken(keys, 'confirm', grant!.id, past)}`, '')).status).toBe(410);
		});
	});

	test('are not spent by HEAD and ranges of a file, which keep to the file', async () => {
		const file = await reader.download(PAPER);
		await storesNothing(async () => {
			expect((await reader.get(file, { method: 'HEAD' })).headers.get('content-length')).toMatch(/^\d{4,}$/);
			const part = await reader.get(file, { headers: { range: 'bytes=0-4' } });
			expect([part.status, await part.text(), part.headers.get('cache-control')]).toEqual([206, '%PDF-', 'private, no-store']);
			expect((await reader.get(file, { headers: { range: 'bytes=999999999-' } })).status).toBe(416);
			// RFC 9110, section 14.2: what is no single range is answered by the whole file.
			for (const range of ['bytes=0-1,4-5', 'bytes=5-2']) {
				const whole = await reader.get(file, { headers: { range } });
				expect([whole.status, (await whole.text()).startsWith('%PDF-')]).toEqual([200, true]);
			}
			for (const method of ['HEAD', 'GET']) expect((await reader.get(confirmLink, { method })).status).toBe(200);
		});
	});
});

async function storesNothing(work: () => Promise<void>): Promise<void> {
	const before = counts(hub);
	await work();
	expect(counts(hub)).toEqual(before);
}

const token = { authorization: `Bearer ${API_TOKEN}` };

let senders = 0;

/** Sends with the API token and each time from another network, so that no limit answers first. A refusal names what is wrong and shows nothing of the inside. */
async function send(method: string, path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
	const length: Record<string, string> = headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(body)) };
	const network = `10.${(senders += 1) >> 8}.${senders & 255}.1`;
	const answer = await rawRequest(hub.url, {
		method,
		path,
		body,
		headers: { 'content-type': 'application/json', 'x-forwarded-for': network, ...length, ...token, ...headers },
	});
	if (answer.status >= 400 && method !== 'HEAD') expect(answer.body).toMatch(/"title":"[^"]+".*"detail":"[^"]+"|<h1/s);
	return answer;
}
