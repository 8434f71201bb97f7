import { createServer, type Server } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { stableId } from '#kernel/id.ts';
import { childrenOf, isAlive } from '#tests/support/children.ts';
import { editor, type Editor } from '#tests/support/editor.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { countOf, stored } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const API_TOKEN = 'a-token-of-the-test-of-faults';
const PAPERS = ['bearing-damage-from-vibration', 'safe-torque-off-in-practice', 'pump-energy-at-part-load'] as const;
const WEBINAR = 'sizing-a-servo-axis';
const PAGES = [
	'/',
	'/zh-CN',
	'/library',
	'/products',
	'/webinars',
	`/webinars/${WEBINAR}`,
	'/search?q=encoder',
	'/sitemap-index.xml',
	'/console/sign-in',
];

/** Parts of a running hub that go away, and the hub itself. One hub for all, in this order. */
let hub: TestHub;
let mails: TestMailServer;
let cms: Editor;
let known: Stranger;

beforeAll(async () => {
	mails = await startMailServer();
	hub = await startTestHub({ SMTP_URL: mails.url, FOYER_API_TOKEN: API_TOKEN });
	cms = editor(hub);
	known = aStranger(hub, 'known');
});
afterAll(async () => {
	await hub.close();
	await mails.stop();
});

beforeEach(({ onTestFailed }) => onTestFailed(() => void process.stdout.write(hub.said())));

describe('while Directus', () => {
	test('hangs, pages, forms, downloads and pictures go on', async () => {
		const [directus] = directusOf(hub);
		process.kill(directus!, 'SIGSTOP');
		try {
			await siteGoesOn(known, PAPERS[0]);
			const page = await (await known.get('/products')).text();
			const [picture] = /\/media\/[\w-]+\/[\w-]+\/\d+\.webp/.exec(page) ?? [''];
			const answer = await known.get(picture);
			expect([answer.status, answer.headers.get('content-type')?.split('/')[0]]).toEqual([200, 'image']);
			expect(answer.headers.get('cache-control')).toBe('no-store');
		} finally {
			process.kill(directus!, 'SIGCONT');
		}
	});

	test('is gone, the same goes on, and publishing resumes by itself when it is back', async () => {
		const [directus] = directusOf(hub);
		process.kill(directus!, 'SIGKILL');
		await until('the end of Directus', () => !isAlive(directus!));
		// What is started in its place finds its port taken, and ends.
		const squatter = await until('its port', () => listen(Number(new URL(hub.directusUrl).port)).catch(() => null));
		try {
			await siteGoesOn(aStranger(hub, 'newcomer'), PAPERS[1]);
			await until('the next Directus to fail', () => /is taken by another program|is already in use/.test(hub.said()), 60_000);
			expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
		} finally {
			await close(squatter);
		}
		await until('Directus to be back', async () => (await fetch(`${hub.directusUrl}/server/ping`).catch(() => null))?.ok === true, 60_000);
		await cms.create('articles', {
			slug: 'after-the-outage',
			status: 'published',
			languages: ['en'],
			title_en: 'After the outage',
			summary_en: 'New.',
			body_en: 'Text.',
			publish_at: new Date(Date.now() - 60_000).toISOString(),
		});
		await until('the article', async () => (await fetch(`${hub.url}/articles/after-the-outage`)).status === 200, 10_000);
	}, 150_000);
});

test('while the mail server is away, forms are taken; their mails go out later, each once', async () => {
	const port = Number(new URL(mails.url).port);
	await mails.stop();
	const senders = ['mail-1', 'mail-2', 'mail-3'].map((name) => aStranger(hub, name));
	for (const sender of senders) expect((await submit(sender, PAPERS[0])).status).toBe(202);
	const waiting = (): { attempts: number }[] => stored(hub, `select attempts from outbox where state = 'waiting' and kind like '%confirm%'`);
	await until('a first try of each', () => waiting().length === 3 && waiting().every(({ attempts }) => attempts > 0));
	expect(((await (await fetch(`${hub.url}/readyz`)).json()) as Ready).parts['mail']?.state).toBe('degraded');

	mails = await startMailServer(port);
	for (const { email } of senders) await mails.mailTo(email);
	await until('every delivery to be settled', () => waiting().length === 0);
	const receivers = mails.received.flatMap((mail) => (Array.isArray(mail.to) ? mail.to : [mail.to!]).map(({ text }) => text));
	expect(receivers.toSorted()).toEqual(senders.map(({ email }) => email).toSorted());
});

test('after kill -9 under load, everything that was acknowledged is there, nothing twice, and nothing is left running', async () => {
	const [directus] = directusOf(hub);
	const before = countOf(hub, 'form_submission');
	const browser = aStranger(hub, 'busy');
	expect((await browser.json('/api/v1/consents', { purposes: ['analytics'] })).status).toBe(200);
	const events = new Map<string, object>();
	const forms: string[] = [];
	let isDead = false;
	const load = async (once: (n: number) => Promise<void>): Promise<void> => {
		for (let n = 0; !isDead; n++) await once(n).catch(() => (isDead = true));
	};
	const sendEvents = (worker: number) =>
		load(async (n) => {
			const batch = [0, 1, 2, 3, 4].map((at) => viewed(`kill-${worker}-${n}-${at}`));
			const answer = await browser.json('/api/v1/events', { events: batch }, token);
			expect(answer.status).toBe(202);
			for (const event of batch) events.set(event.id, event);
		});
	const sendForms = load(async (n) => {
		const sender = aStranger(hub, `kill-${n}`);
		expect((await submit(sender, PAPERS[2])).status).toBe(202);
		forms.push(sender.email);
	});
	const work = Promise.all([sendForms, ...[1, 2, 3, 4].map(sendEvents)]);
	await until('a load worth losing', () => events.size > 1_000 && forms.length > 20, 30_000);
	await hub.kill();
	await work;
	await until('Directus to follow its hub', () => !isAlive(directus!), 10_000);

	await hub.restart();
	const kept = stored<{ id: string }>(hub, `select id from event where id like 'kill-%'`).map(({ id }) => id);
	expect(kept).toEqual(expect.arrayContaining([...events.keys()]));
	const again = (await (await browser.json('/api/v1/events', { events: [...events.values()].slice(-100) }, token)).json()) as object;
	expect(again).toEqual({ accepted: 0, duplicate: 100, rejected: [] });
	// One more than acknowledged may be there: committed, but its answer was lost with the process.
	expect(countOf(hub, 'form_submission') - before - forms.length).toBeLessThanOrEqual(1);
	for (const email of [forms[0]!, forms.at(-1)!]) {
		const { items } = (await (await fetch(`${hub.url}/api/v1/leads?q=${encodeURIComponent(email)}`, { headers: token })).json()) as {
			items: unknown[];
		};
		expect(items).toHaveLength(1);
	}
	const ordered = stored<{ n: number }>(hub, `select count(*) as n from outbox where kind like '%confirm%' and state in ('done', 'waiting')`)[0]!.n;
	expect(ordered).toBe(countOf(hub, 'access_grant'));
	expect((await (await known.get(`/white-papers/${PAPERS[0]}`)).text()).includes('id="page-6"')).toBe(true);
}, 120_000);

test('SIGTERM ends open streams with a good-bye, exits with 0 and leaves nothing running', async () => {
	const startsAt = new Date(Date.now() + 120_000).toISOString();
	await cms.update('webinars', WEBINAR, { starts_at: startsAt });
	await until('the moved start', async () => (await (await known.get(`/webinars/${WEBINAR}`)).text()).includes(startsAt.slice(0, 16)));
	const viewer = aStranger(hub, 'viewer');
	await viewer.join(WEBINAR, mails);
	const stream = await viewer.get(`/api/v1/webinars/${WEBINAR}/stream`, { headers: { accept: 'text/event-stream' } });
	expect(stream.status).toBe(200);
	const heard = stream.text();
	const [hubPid, children] = [hub.pid, childrenOf(hub.pid)];
	expect(children.length).toBeGreaterThan(0);

	expect(await hub.stop()).toBe(0);
	expect(await heard).toContain('event: bye');
	expect([hubPid, ...children].filter(isAlive)).toEqual([]);
	for (const url of [hub.url, hub.directusUrl]) await expect(fetch(url)).rejects.toThrow('fetch failed');
});

/** Pages never asked for before, a form with its mail, and the download of a paper that nobody fetched. */
async function siteGoesOn(visitor: Stranger, paper: string): Promise<void> {
	for (const path of [...PAGES, `/white-papers/${paper}`, `/zh-CN/white-papers/${paper}`]) {
		const answer = await visitor.get(path);
		expect([path, answer.status]).toEqual([path, 200]);
		await answer.text();
	}
	await visitor.unlock(paper, mails);
	expect(await (await visitor.get(`/white-papers/${paper}`)).text()).toContain('id="page-6"');
	const file = await visitor.get(await visitor.download(paper));
	expect(file.status).toBe(200);
	const bytes = await file.bytes();
	expect([new TextDecoder().decode(bytes.slice(0, 5)), bytes.length]).toEqual(['%PDF-', Number(file.headers.get('content-length'))]);
}

const token = { authorization: `Bearer ${API_TOKEN}` };

/** A form through the API, outside of the limits that hold for browsers. */
async function submit(sender: Stranger, paper: string): Promise<Response> {
	const id = stableId(`white_papers:${paper}`);
	const answers = { name: 'Anna Keller', email: sender.email, company: 'Kestrel Packaging', jobTitle: 'Maintenance engineer' };
	return sender.json('/api/v1/forms/paper-default/submissions', { subject: `white_papers:${id}`, ...answers }, token);
}

function viewed(id: string) {
	return { id, type: 'page.view', at: new Date().toISOString(), props: { path: '/library' } };
}

interface Ready {
	readonly parts: Readonly<Record<string, { readonly state: string }>>;
}

function directusOf({ pid }: TestHub): number[] {
	return childrenOf(pid);
}

async function listen(port: number): Promise<Server> {
	const server = createServer((socket) => socket.destroy());
	await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
	return server;
}

function close(server: Server): Promise<void> {
	return new Promise((done) => server.close(() => done()));
}
