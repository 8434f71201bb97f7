import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type App, createApp } from '#app';
import type { ContentItem, Locale } from '#cms/content.ts';
import { loadConfig } from '#config';
import { silentLog } from '#kernel/log.ts';
import { createFragments } from '#site/edge/splice/fragments.ts';
import type { PageHandler } from '#site/edge/collect.ts';
import type { EdgeParts } from '#site/edge/parts.ts';
import type { HubServer } from '#site/edge/server.ts';
import { serveApp } from '#site/edge/serve.ts';
import { catalogueOf } from '#site/catalogue.ts';
import { cookieBrowser, type CookieBrowser as Browser } from '#tests/support/cookie-browser.ts';

import { sampleData } from '../bench/fixture.ts';

const DIST = join(import.meta.dirname, '../../dist');

let folder: string;
let app: App;
let hub: HubServer;
let base: string;

beforeAll(async () => {
	folder = await sampleData();
	const config = loadConfig({
		NODE_ENV: 'test',
		PORT: '0',
		DATA_DIR: folder,
		DIRECTUS_URL: 'http://127.0.0.1:9',
		DIRECTUS_TOKEN: 'none-none-none-none',
	});
	app = await createApp(config, { cmsAccess: { token: 'none', hookSecret: 'none' }, log: silentLog });
	await app.start();
	hub = await serveApp(app, DIST);
	base = `http://127.0.0.1:${(hub.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await hub.stop();
	await app.stop();
	rmSync(folder, { recursive: true, force: true });
});

const browser = (): Browser => cookieBrowser(app, base);

async function reader(...purposes: ('analytics' | 'personalisation')[]): Promise<Browser> {
	const one = browser();
	await one.agree(...purposes);
	return one;
}

const row = (text: string) =>
	[.../<ul[^>]*data-slot="home-for-you"[^>]*>(.*?)<\/ul>/s.exec(text)![1]!.matchAll(/data-item="([^"]+)"/g)].map(([, item]) => item!);
const about = (topic: string): readonly ContentItem[] => {
	const content = catalogueOf(app.cms.snapshot(), 'en');
	return (['white_papers', 'articles', 'products'] as const)
		.flatMap((type): readonly ContentItem[] => content.all(type))
		.filter(({ topics }) => topics.includes(topic))
		.slice(0, 3);
};

/** A person with a pass in this browser, which they proved. */
async function signIn(into: Browser, name: string, jobTitle: string, industry: string): Promise<string> {
	const answers = { name, email: `${name.toLowerCase()}@plant-${name.toLowerCase()}.example`, company: `Plant ${name}`, jobTitle, industry };
	const visitor = await into.identify();
	const who = { answers, consents: ['personalisation' as const], locale: 'en' as const, timeZone: 'Europe/Zurich', channel: 'direct' };
	let personId = '';
	const act = await app.db.write(async (tx) => {
		({ personId } = await app.gating.people.resolve(tx, { ...who, formKey: 'webinar-default', subject: 'contact', visitor }));
		return app.gating.people.verifiedAct(tx, { personId, covers: [], visitor, how: 'link' });
	});
	if (act.status !== 'verified') throw new Error('not verified');
	into.keep(act.setCookies);
	return personId;
}

describe('the home page', () => {
	test('golden: refusing consent, agreeing to be measured alone and being a bot give the default page byte for byte', async () => {
		const refused = browser();
		await refused.agree();
		const standard = await refused.get();
		const measured = await reader('analytics');
		await measured.reads(...about('energy-efficiency'));
		const agreed = await reader('analytics', 'personalisation');
		await agreed.reads(...about('energy-efficiency'));
		expect((await measured.get()).text).toBe(standard.text);
		expect((await agreed.get('/', { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })).text).toBe(standard.text);
		expect((await agreed.get()).text).not.toBe(standard.text);
		expect(standard.text).not.toMatch(/<!--|class="why"/);
	});

	test('follows what is read at once, says why, and is one valid gzip member', async () => {
		const one = await reader('analytics', 'personalisation');
		const before = await one.get();
		await one.reads(...about('functional-safety'));
		const after = await one.get();
		expect(row(after.text)).not.toEqual(row(before.text));
		expect(after.text).toContain('You have looked at');
		expect(after.headers.get('content-encoding')).toBe('gzip');
		const plain = await one.get('/', { 'accept-encoding': 'identity' });
		expect([plain.headers.get('content-encoding'), plain.text]).toEqual([null, after.text]);
		expect((await one.get('/', { 'if-none-match': after.headers.get('etag') ?? '' })).status).toBe(304);
		const { visitorId } = await one.identify();
		expect(after.text).not.toContain(visitorId);
		await one.reads(...about('energy-efficiency'));
		expect(row((await one.get()).text)).not.toEqual(row(after.text));
		expect((await one.get('/zh-CN')).text).toContain('您在本站看过');
	});

	test('withdrawing takes effect with the next page', async () => {
		const one = await reader('analytics', 'personalisation');
		await one.reads(...about('functional-safety'));
		expect((await one.get()).text).toContain('class="why"');
		await one.agree('analytics');
		const refused = browser();
		await refused.agree();
		expect((await one.get()).text).toBe((await refused.get()).text);
	});

	test('golden: two people on one browser see their own, and an erased one the default at once', async () => {
		const shared = browser();
		await shared.agree('analytics', 'personalisation');
		await signIn(shared, 'Ada', 'Maintenance technician', 'water-treatment');
		const ofAda = await shared.get();
		expect(ofAda.text).toContain('Maintenance');
		const { setCookies } = await app.gating.visitors.signOut({ pass: shared.jar.get('foyer_pass'), visitor: shared.jar.get('foyer_visitor') });
		shared.keep(setCookies);
		expect((await shared.get()).text).not.toContain('class="why"');
		await shared.agree('analytics', 'personalisation');
		const personId = await signIn(shared, 'Bo', 'Purchasing manager', 'battery-cell');
		const ofBo = await shared.get();
		expect(row(ofBo.text)).not.toEqual(row(ofAda.text));
		expect(ofBo.text).not.toContain('Ada');
		await app.gating.privacy.erase(personId, 'test');
		expect((await shared.get()).text).not.toContain('class="why"');
	});

	test('what the hub sees itself shows with the next page', async () => {
		const one = browser();
		await one.agree('analytics', 'personalisation');
		const personId = await signIn(one, 'Cy', 'Maintenance technician', 'water-treatment');
		const before = row((await one.get()).text);
		const [subject] = about('functional-safety').map(({ type, id }) => `${type}:${id}`);
		const id = crypto.randomUUID();
		const event = { id, type: 'form.submitted', at: app.now(), personId, visitorId: null, subject: subject!, props: { form: 'contact' } } as const;
		expect(await app.db.write((tx) => app.gating.events.record(tx, event))).toBe(true);
		const next = await one.identify();
		const interests = (await app.gating.profiles.of(next))!.interests;
		expect(interests.get('topic:functional-safety')).toBeGreaterThan(2);
		expect(row((await one.get()).text)).not.toEqual(before);
		const leadId = await app.gating.leads.forPerson(personId);
		const { roles, interests: told } = (await app.gating.profiles.ofLead(leadId!))!;
		expect([roles, told.has('topic:functional-safety')]).toEqual([['maintenance'], true]);
	});

	test('what is shown is counted by slot, piece and place, once it was agreed to', async () => {
		const one = await reader('analytics', 'personalisation');
		await one.reads(...about('functional-safety'));
		const shown = row((await one.get()).text);
		await one.get();
		await app.gating.profiles.flush();
		const { visitorId } = await one.identify();
		const rows = await app.gating.profiles.impressionsOf(visitorId!);
		const ofRow = rows.filter(({ slot }) => slot === 'home-for-you');
		expect(ofRow.toSorted((a, b) => a.position - b.position).map(({ subject, count }) => [subject, count])).toEqual(shown.map((item) => [item, 2]));
	});

	test('where an experiment wins over the ranking, the pieces that it showed are counted, and no others', async () => {
		const { experiments, profiles } = app.gating;
		const staff = { actor: 'staff:mara', origin: '', seesPeople: true };
		const [item] = catalogueOf(app.cms.snapshot(), 'en').all('products');
		const reference = `products/${item!.slug}`;
		const variants = [
			{ key: 'control', name: 'Ranked', weight: 1, content: {} },
			{ key: 'b', name: 'One motor', weight: 1, content: { items: { en: reference, 'zh-CN': reference } } },
		];
		const definition = { name: 'One', hypothesis: 'One is enough.', place: 'for-you', path: '/', metric: 'click', guardrails: [] } as const;
		const audience = { locale: '', who: 'all', stage: '', segment: '' } as const;
		const id = await experiments.save(null, { ...definition, share: 100, audience, layer: '', leastEffect: 2, mostDays: 60, variants }, staff);
		await experiments.act(id, 'start', null, staff);
		const shownTo = async (variant: string) => {
			for (;;) {
				const one = await reader('analytics', 'personalisation');
				const who = await one.identify();
				if (experiments.variantsOf(who, { path: '/', locale: 'en', holes: ['home-for-you'] })[0]?.variant !== variant) continue;
				await one.reads(...about('functional-safety'));
				const pieces = row((await one.get()).text);
				await one.get();
				await profiles.flush();
				const rows = await profiles.impressionsOf(who.visitorId!);
				const ofRow = rows.filter(({ slot }) => slot === 'home-for-you').toSorted((a, b) => a.position - b.position);
				return { pieces, counted: ofRow.map(({ subject, count }) => [subject, count]), hero: rows.some(({ slot }) => slot === 'home-hero') };
			}
		};
		const tried = await shownTo('b');
		const ranked = await shownTo('control');
		await experiments.act(id, 'stop', null, staff);
		expect(tried).toEqual({ pieces: [`products:${item!.id}`], counted: [[`products:${item!.id}`, 2]], hero: true });
		expect(ranked.counted).toEqual(ranked.pieces.map((piece) => [piece, 2]));
		expect(ranked.pieces.length).toBeGreaterThan(1);
	});
});

test('parts of pages stand for whom they are for, with what to do next and why', async () => {
	const one = await reader('analytics', 'personalisation');
	await signIn(one, 'Mara', 'Maintenance manager', 'food-beverage');
	const strangers = await browser().get('/p/retrofit-in-a-weekend');
	expect([strangers.text.includes('Find a dealer'), strangers.text.includes('spare part list')]).toEqual([true, false]);
	const landing = await one.get('/p/retrofit-in-a-weekend');
	expect([landing.text.includes('Find a dealer'), landing.text.includes('Ask for the spare part list')]).toEqual([false, true]);
	expect(landing.text).toMatch(/Your job title speaks of this work: [^<]*Maintenance/);
	expect(landing.text).toContain('data-slot="landing-retrofit"');
	const article = catalogueOf(app.cms.snapshot(), 'en').all('articles')[0]!;
	expect((await browser().get(`/articles/${article.slug}`)).text).toMatch(/data-slot="call-to-action"[^]*?data-item=/);
	const own = /data-slot="call-to-action"[^]*$/.exec((await one.get(`/articles/${article.slug}`)).text)![0];
	expect(own).toMatch(/data-item="(?:white_papers|webinars|products):[^]*Why this\?/);
});

test('golden: no fragment holds gated text', async () => {
	const { handler } = (await import(join(DIST, 'server', 'entry.mjs'))) as { handler: PageHandler };
	const fragments = createFragments({ app, pages: handler, marksSecret: 'secret' } as unknown as EdgeParts);
	const gated = app.cms
		.snapshot()
		.whitePapers.flatMap((paper) => (['en', 'zh-CN'] as const).flatMap((locale) => paper.pages[locale].slice(paper.openPages)))
		.flatMap((page) => page.split('\n'))
		.filter((line) => line.length > 40);
	expect(gated.length).toBeGreaterThan(100);
	for (const locale of ['en', 'zh-CN'] as const satisfies readonly Locale[]) {
		const content = catalogueOf(app.cms.snapshot(), locale);
		const papers = content.all('white_papers').map(({ slug }) => ({ kind: 'hero-paper', params: { item: `white_papers/${slug}` } }));
		const cards = (['white_papers', 'cases', 'articles', 'products', 'webinars'] as const).flatMap((type) =>
			content.all(type).map(({ slug }) => ({ kind: 'card', params: { item: `${type}/${slug}` } })),
		);
		const cut = await fragments.cut({ all: [...papers, ...cards] }, locale);
		const text = Buffer.concat(cut.get('all')!.pieces.map(({ bytes }) => bytes)).toString();
		expect(text.split('data-item=').length).toBe(papers.length + cards.length + 1);
		for (const line of gated) expect(text).not.toContain(line);
	}
});
