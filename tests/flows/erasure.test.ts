import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openSqliteReader } from '#kernel/database-sqlite.ts';
import { audit, mailbox } from '#kernel/schema.ts';
import { staffOf } from '#tests/support/console.ts';
import { editor } from '#tests/support/editor.ts';
import { filesWith, wordsIn } from '#tests/support/files-with.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { CONSOLE_PAGES, PAGE_TYPES } from '#tests/support/pages.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

import { offerClaim, quoteRequest } from '../../gating/offer/schema.ts';
import { consent, event, formSubmission, person, touchpoint } from '../../gating/schema.ts';
import { interaction, registration } from '../../webinar/schema.ts';

/** In everything that is typed, each time with a letter more, so that a find says where it was planted. */
const MARK = 'zqxplant';
const EMAIL = `${MARK}mail@kestrel-packaging.com`;
const HAN = '赵钱孙李周';
const PLANTED = [MARK, HAN];
const API_TOKEN = 'a-token-of-the-tests-of-erasure';
const WEBINAR = 'sizing-a-servo-axis';
const PAPER = 'bearing-damage-from-vibration';

/** Pages of the console about somebody or something of theirs. */
const PERSONAL_PAGES = /href="(\/console\/(?:leads|imports|offers|webinars|mailbox|accounts|quarantine)\/[^"#]+)"/g;

let hub: TestHub;
let somebody: Stranger;
let admin: Stranger;
let personId = '';
let wrappedKey = '';
let totals: Record<string, number> = {};
beforeAll(async () => {
	hub = await startTestHub({ FOYER_API_TOKEN: API_TOKEN });
	somebody = aStranger(hub, 'somebody');
	admin = await staffOf(hub, 'Administrator');
});
afterAll(() => hub.close());

const api = (path: string, init: RequestInit = {}) =>
	somebody.get(`/api/v1${path}`, {
		...init,
		headers: { accept: '*/*', authorization: `Bearer ${API_TOKEN}`, ...(init.headers as Record<string, string>) },
	});
const asked = async (path: string, body: unknown): Promise<void> => {
	const answer = await api(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
	expect([path, answer.status < 300 ? '' : await answer.text()]).toEqual([path, '']);
};
const reading = async <T>(body: (read: ReturnType<typeof openSqliteReader>['handle']) => Promise<T>): Promise<T> => {
	const { handle, close } = openSqliteReader(join(hub.dataFolder, 'foyer.db'));
	try {
		return await body(handle);
	} finally {
		close();
	}
};
const countAll = () =>
	reading(async (read) => {
		const tables = { person, consent, event, formSubmission, touchpoint, offerClaim, quoteRequest, interaction, registration };
		const counts: Record<string, number> = {};
		for (const [name, table] of Object.entries(tables)) counts[name] = await read.$count(table);
		return counts;
	});
/** The newest mail of this kind in the hub's mailbox: the path of its link. */
const linkInMail = (kind: string, subject: RegExp): Promise<string> =>
	until(`a mail ${String(subject)}`, async () => {
		const list = await (await admin.get('/console/mailbox')).text();
		for (const [, id = ''] of list.matchAll(/\/console\/mailbox\/([\w-]+)/g)) {
			const mail = await (await admin.get(`/console/mailbox/${id}`)).text();
			const link = new RegExp(`(?:/zh-CN)?/${kind}/[\\w.-]+`).exec(mail)?.[0];
			if (link && subject.test(mail)) return link;
		}
		return null;
	});
const answers = { name: `Nora ${MARK}name ${HAN}`, email: EMAIL, company: `${MARK}company GmbH`, jobTitle: `${MARK}title engineer` };
const posted = async (path: string, fields: Record<string, string>): Promise<string> => {
	const answer = await somebody.post(path, fields);
	if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 2_000)}`);
	return answer.headers.get('location') ?? '';
};

describe('somebody who left their name in every place there is', () => {
	test('is in the data of the hub', { timeout: 240_000 }, async () => {
		const tags = `?utm_source=${MARK}src&utm_medium=${MARK}med&utm_campaign=${MARK}camp`;
		await somebody.json('/api/v1/consents', { purposes: ['analytics', 'personalisation'], firstTouch: { page: `/${MARK}page`, query: tags } });
		await somebody.json('/api/v1/visits', { query: tags, referrer: `https://${MARK}ref.example/`, subject: '' });

		await posted(`/white-papers/${PAPER}`, { ...answers, region: `${MARK}region`, phone: '+49 711 5550140' });
		await posted(await linkInMail('c', /Your link to/), {});
		const file = await posted(`/white-papers/${PAPER}`, { action: 'download' });
		expect((await (await somebody.get(file)).arrayBuffer()).byteLength).toBeGreaterThan(10_000);

		expect((await somebody.get(`/search?q=${MARK}query`)).status).toBe(200);
		const now = new Date().toISOString();
		const sent = [
			{ id: crypto.randomUUID(), type: 'page.view', at: now, props: { path: `/library/${MARK}view`, referrer: `${MARK}host.example` } },
			{ id: crypto.randomUUID(), type: 'cta.click', at: now, props: { name: `${MARK}cta` } },
		];
		expect((await somebody.json('/api/v1/events', { events: sent })).status).toBe(202);

		await somebody.get(`/quote?p=hs4-100`, { headers: { referer: `${hub.url}/search?q=${MARK}referer` } });
		const quoted = { 'quantity-hs4-100': '2', 'configuration-hs4-100': `${MARK}conf`, message: `${MARK}message ${HAN}`, page: `/search?q=${MARK}pg` };
		await posted('/quote', { ...answers, ...quoted, product: 'hs4-100', p: 'hs4-100' });

		const made = await posted('/brochure', { p: 'hs4-100', name: `${MARK}brochure`, company: `${MARK}firm`, s: 'description', language: 'en' });
		const secret = new URL(made, hub.url).searchParams.get('made') ?? '';
		expect((await somebody.get(`/b/${secret}`)).status).toBe(200);

		const startsAt = new Date(Date.now() + 60_000).toISOString();
		await editor(hub).update('webinars', WEBINAR, { starts_at: startsAt });
		await until('the moved start', async () => (await (await somebody.get(`/webinars/${WEBINAR}`)).text()).includes(startsAt.slice(0, 16)));
		await posted(`/webinars/${WEBINAR}`, answers);
		const join = await linkInMail('j', /You are registered|place/i);
		await until('the way into the room', async () => /room$/.test(await posted(join, { action: 'join' })));
		const said = await somebody.json(`/api/v1/webinars/${WEBINAR}/interactions`, { kind: 'chat', text: `${MARK}chat ${HAN}` });
		expect(said.status).toBe(201);

		await posted('/offers/analysis-software-trial', answers);

		const list = `Name,E-mail,Company,Remark\n${MARK}listed ${HAN},${EMAIL},${MARK}listfirm,${MARK}remark\n`;
		const imported = await api(`/leads/import?dryRun=false&name=Fair`, { method: 'POST', body: list, headers: { 'content-type': 'text/csv' } });
		expect(imported.status).toBe(200);
		const entered = await api('/leads', {
			method: 'POST',
			body: JSON.stringify({ email: EMAIL, name: `${MARK}entered`, note: `${MARK}note ${HAN}`, country: 'DE' }),
			headers: { 'content-type': 'application/json' },
		});
		expect(entered.status).toBe(201);

		const known = (await (await api(`/leads?q=${encodeURIComponent(EMAIL)}`)).json()) as { items: { id: string }[] };
		const lead = (await (await api(`/leads/${known.items[0]?.id}`)).json()) as { persons: { personId: string }[] };
		personId = lead.persons[0]?.personId ?? '';
		expect(personId).not.toBe('');
		expect(JSON.stringify(lead)).toContain(MARK);
		const [row] = await reading((read) => read.select({ dataKey: person.dataKey }).from(person).where(eq(person.id, personId)));
		wrappedKey = row?.dataKey ?? '';
		expect(wrappedKey).not.toBe('');

		const at = new Date().toISOString();
		const work = `/leads/${known.items[0]?.id}`;
		await asked(`${work}/interactions`, { kind: 'call', outcome: 'real-need', at, note: `${MARK}called ${HAN}`, personId });
		const answer = { question: 'application', verdict: 'credible', words: `${MARK}answer ${HAN}` };
		await asked(`${work}/screening`, { answers: [answer], personId });
		await asked(`${work}/dispositions`, { kind: 'returned', reason: 'no-need', feedback: `${MARK}feedback ${HAN}` });
		expect(await reading((read) => read.$count(mailbox))).toBeGreaterThan(2);
		totals = await countAll();
	});

	test('reads no name, mail or word of theirs in the files of the database, which lack the keys', () => {
		// In clear by decision: the company of a lead and of an account, where the visit came from, what staff call a list.
		const isClear = (word: string) => [...'company firm listfirm page src med camp ref view host cta pg referer'.split(' ')].includes(word);
		const words = 'name mail title region conf message chat brochure listed remark entered note called answer feedback query'
			.split(' ')
			.filter((word) => !isClear(word));
		for (const name of ['foyer.db', 'foyer.db-wal'])
			expect(wordsIn(readFileSync(join(hub.dataFolder, name)), [HAN, EMAIL, ...words.map((word) => MARK + word)])).toEqual([]);
	});

	test('is on no screen and in no answer that leaves no line in the audit log', { timeout: 120_000 }, async () => {
		const shown = [
			HAN,
			EMAIL,
			...['name', 'title', 'message', 'conf', 'chat', 'remark', 'note', 'called', 'answer', 'feedback'].map((word) => MARK + word),
		];
		const entries = () => reading((read) => read.$count(audit));
		const silent: string[] = [];
		const seen: string[] = [];
		const look = async (path: string, get: () => Promise<Response>): Promise<string> => {
			const before = await entries();
			const body = Buffer.from(await (await get()).arrayBuffer());
			if (wordsIn(body, shown).length === 0) return body.toString('utf8');
			seen.push(path);
			if ((await entries()) === before) silent.push(path);
			return body.toString('utf8');
		};
		const pages = new Set<string>(CONSOLE_PAGES);
		for (const path of pages) {
			const html = await look(path, () => admin.get(path));
			for (const [, link = ''] of html.matchAll(PERSONAL_PAGES)) if (pages.size < 120) pages.add(link.replaceAll('&amp;', '&'));
		}
		const { items } = (await (await api(`/leads?q=${encodeURIComponent(EMAIL)}`)).json()) as { items: { id: string }[] };
		for (const path of ['/leads', '/quotes', ...items.flatMap(({ id }) => [`/leads/${id}`, `/leads/${id}/timeline`])])
			await look(`/api/v1${path}`, () => api(path));
		expect(silent).toEqual([]);
		for (const part of [/leads\/[\da-f]/, /mailbox\/[\da-f]/, /mailbox$/, /quotes\/[\da-f]/, /api.*leads\//])
			expect(
				seen.filter((path) => part.test(path)),
				String(part),
			).not.toEqual([]);
	});

	test('erases everything by the link from their own mailbox', async () => {
		const own = await linkInMail('u', /Your link to/);
		await posted(own, { action: 'proof' });
		const proof = await linkInMail('u', /Confirm that it is you/);
		const taken = await somebody.post(proof, { action: 'json' });
		expect(taken.headers.get('content-disposition')).toContain('my-data.json');
		const data = await taken.text();
		for (const word of ['name', 'message', 'chat', 'remark', 'note', 'conf', 'called', 'answer', 'feedback']) expect(data).toContain(MARK + word);
		expect(await (await somebody.post(proof, { action: 'html' })).text()).toContain(`${MARK}message`);
		expect((await somebody.post(own, { action: 'erase', sure: 'yes' })).status).toBe(303);
		expect((await somebody.post(proof, { action: 'erase' })).status).toBe(303);
		expect((await somebody.get(proof)).status).toBe(200);
		const erased = await somebody.post(proof, { action: 'erase', sure: 'yes' });
		expect(erased.status).toBe(200);
		expect(await erased.text()).toContain('Your data has been erased');
		expect(somebody.cookies().map(({ name }) => name)).not.toContain('foyer_pass');
		expect((await somebody.get(proof)).status).toBe(404);
	});

	test('is in no page of the console and no answer of the API', { timeout: 120_000 }, async () => {
		const found: string[] = [];
		const look = async (path: string, answer: Response): Promise<string> => {
			const body = Buffer.from(await answer.arrayBuffer());
			for (const word of wordsIn(body, PLANTED)) found.push(`${path}: ${word}`);
			return body.toString('utf8');
		};
		const seen = new Set<string>(CONSOLE_PAGES);
		for (const path of seen) {
			const html = await look(path, await admin.get(path));
			for (const [, link = ''] of html.matchAll(PERSONAL_PAGES))
				if (seen.size < 150) seen.add(link.replaceAll('&#38;', '&').replaceAll('&amp;', '&'));
		}
		const leads = (await (await api('/leads?limit=200')).json()) as { items: { id: string }[] };
		for (const path of ['/leads?limit=200', '/quotes', '/channels', '/sources', '/channel-costs']) await look(path, await api(path));
		for (const { id } of leads.items)
			for (const part of ['', '/score', '/timeline', '/work', '/screening']) await look(`/leads/${id}${part}`, await api(`/leads/${id}${part}`));
		for (const path of PAGE_TYPES) await look(path, await somebody.get(path));
		expect(found).toEqual([]);
		expect(seen.size).toBeGreaterThan(CONSOLE_PAGES.length);
	});

	test('is in no file of the data folder any more, free pages and logs included; neither is their key', { timeout: 60_000 }, async () => {
		await until('the removal of their files', async () => {
			const rows = await (await admin.get('/console/outbox')).text();
			return !rows.includes('kernel.file-removal');
		});
		const isUnrelated = (path: string) => path.startsWith('directus/uploads') || path.startsWith('directus/extensions');
		expect(filesWith(hub.dataFolder, PLANTED, isUnrelated)).toEqual([]);
		expect(wordsIn(Buffer.from(hub.said()), PLANTED)).toEqual([]);
		for (const name of ['foyer.db', 'foyer.db-wal']) expect(readFileSync(join(hub.dataFolder, name)).includes(wrappedKey)).toBe(false);
	});

	test('is still counted', async () => {
		expect(await countAll()).toEqual(totals);
	});
});
