import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { audit } from '#kernel/schema.ts';
import { aSite, createGate, type Gate, P1 } from '#tests/support/gate.ts';

import { consent, consentText, event, lead, person, personLookup, visitor as visitors } from '../../gating/schema.ts';

let gate: Gate;
let site = aSite();
beforeEach(async () => {
	site = aSite();
	gate = await createGate({ content: () => site });
});
afterEach(() => gate.close());

type Browser = ReturnType<Gate['browser']>;
async function answer(browser: Browser, purposes: string[]) {
	const { setCookies } = await gate.gating.consents.answer({
		purposes,
		locale: 'en',
		channel: 'direct',
		visitor: await browser.who(),
		firstTouch: { source: 'fair' },
	});
	browser.take(setCookies);
	return setCookies.map(({ name }) => name);
}
async function verified(browser: Browser, answers = {}, consents: string[] = []): Promise<string> {
	await gate.gating.forms.submit(gate.form(await browser.who(), answers, { consents }));
	const outcome = await gate.gating.access.confirm((await gate.deliver()) ?? '', await browser.use());
	if (outcome.status !== 'confirmed') throw new Error(outcome.status);
	browser.take(outcome.setCookies);
	return outcome.personId;
}

describe('the notice', () => {
	test('refused leaves no identity, only the record that it was answered', async () => {
		const browser = gate.browser();
		await answer(browser, []);
		expect(browser.cookies).toMatchObject({ visitor: undefined, consent: '1.' });
		expect(await browser.who()).toMatchObject({ visitorId: null, hasAnsweredConsent: true });
		expect((await gate.db.read.select({ n: count() }).from(visitors))[0]?.n).toBe(0);
	});

	test('agreed to gives a browser an identity and keeps the wording', async () => {
		const browser = gate.browser();
		await answer(browser, ['analytics', 'marketing.email', 'nonsense']);
		expect([...(await browser.who()).consents]).toEqual(['analytics']);
		const given = await gate.db.read.select().from(consent).where(eq(consent.given, true));
		const [text] = await gate.db.read
			.select()
			.from(consentText)
			.where(eq(consentText.hash, given[0]?.textHash ?? ''));
		expect(text).toMatchObject({ purpose: 'analytics', locale: 'en', text: 'What analytics is for.' });
	});

	test('withdrawn acts at once and ends the identity', async () => {
		const browser = gate.browser();
		await answer(browser, ['analytics', 'personalisation']);
		const secret = browser.cookies.visitor;
		gate.pass(MINUTE_MS);
		await answer(browser, []);
		expect(browser.cookies.visitor).toBeUndefined();
		expect(await gate.gating.visitors.identify({ visitor: secret, consent: '1.' })).toMatchObject({ visitorId: null });
	});

	test('a wording that changes is kept beside the old one', async () => {
		await answer(gate.browser(), ['analytics']);
		site = { ...site, consents: site.consents.map((text) => ({ ...text, text: { en: 'New words.', 'zh-CN': '新。' } })) };
		await answer(gate.browser(), ['analytics']);
		const texts = await gate.db.read.select().from(consentText).where(eq(consentText.purpose, 'analytics'));
		expect(texts.map(({ text }) => text).sort()).toEqual(['New words.', 'What analytics is for.']);
	});

	test('a forged or foreign cookie is a stranger', async () => {
		for (const visitor of ['', 'x', 'A'.repeat(22), '../../etc', 'ü'.repeat(22)]) {
			expect(await gate.gating.visitors.identify({ visitor, pass: visitor, consent: 'x' })).toMatchObject({
				visitorId: null,
				personId: null,
				isVerified: false,
				hasAnsweredConsent: false,
			});
		}
	});
});

describe('consents of a form', () => {
	test('count from the verified act on, and never without a tick', async () => {
		const browser = gate.browser();
		await gate.gating.forms.submit(gate.form(await browser.who(), {}, { consents: ['marketing.email', 'dealers'] }));
		expect((await gate.db.read.select().from(consent)).length).toBe(0);
		const personId = await verified(browser, {}, ['marketing.email', 'dealers']);
		const held = await gate.gating.consents.of(personId);
		expect(
			held
				.filter(({ given }) => given)
				.map(({ purpose }) => purpose)
				.sort(),
		).toEqual(['marketing.email', 'necessary']);
		expect(held[0]).toMatchObject({ how: 'form:paper-default', channel: 'direct' });
	});

	test('can be withdrawn, with effect on the next request', async () => {
		const browser = gate.browser();
		const personId = await verified(browser, {}, ['marketing.email', 'profiling']);
		expect((await browser.who()).consents.has('profiling')).toBe(true);
		gate.pass(MINUTE_MS);
		await gate.gating.consents.withdraw({ personId, purposes: ['profiling'], how: 'preferences', channel: 'direct' });
		expect((await browser.who()).consents.has('profiling')).toBe(false);
		expect((await browser.who()).consents.has('marketing.email')).toBe(true);
		await expect(gate.gating.consents.withdraw({ personId, purposes: ['necessary'], how: 'preferences', channel: 'direct' })).rejects.toMatchObject({
			code: 'invalid',
		});
	});
});

describe('personal data', () => {
	const planted = {
		name: 'Zyxwold Quembert',
		email: 'zyxwold@quembert-works.example',
		jobTitle: 'Planted title',
		region: 'Plantedshire',
		phone: '+41 44 268 13 57',
	};

	test('lies sealed in the database and its log', async () => {
		await verified(gate.browser(), planted);
		const bytes = gate.bytes();
		if (gate.database.folder !== null) expect(bytes).toContain('Packline AG'); // companies are not persons, and prove that these are the files
		for (const secret of ['Zyxwold', 'Quembert', 'zyxwold@', 'Planted title', 'Plantedshire', '442681357']) expect(bytes).not.toContain(secret);
	});

	test('is exported whole', async () => {
		const personId = await verified(gate.browser(), planted, ['marketing.email']);
		const data = (await gate.gating.privacy.export(personId, `person:${personId}`)) as {
			gating: { profile: object; submissions: { answers: object }[]; events: object[] };
		};
		expect(data.gating.profile).toMatchObject({ name: 'Zyxwold Quembert', phone: '+41442681357' });
		expect(data.gating.submissions[0]?.answers).toMatchObject({ region: 'Plantedshire' });
		expect(data.gating.events).toHaveLength(1);
		expect((await gate.db.read.select().from(audit))[0]).toMatchObject({ action: 'person.export', subject: `person:${personId}` });
	});

	test('is gone after erasure, while numbers stay', async () => {
		const browser = gate.browser();
		await answer(browser, ['analytics']);
		const personId = await verified(browser, planted);
		const granted = await gate.gating.access.requestDownload(await browser.who(), P1, 'en');
		const before = (await gate.db.read.select({ n: count() }).from(event))[0]?.n;
		await gate.gating.privacy.erase(personId, 'staff:1');

		expect(await gate.gating.people.contact(personId)).toBeNull();
		expect(await gate.gating.people.seal(personId, 'x', 'y')).toBeNull();
		expect(await browser.who()).toMatchObject({ visitorId: null, personId: null, isVerified: false });
		expect((await gate.db.read.select().from(personLookup)).length).toBe(0);
		expect((await gate.db.read.select().from(person))[0]).toMatchObject({ dataKey: null, profile: null, erasedAt: gate.clock.at });
		expect((await gate.db.read.select().from(lead))[0]).toMatchObject({ company: '', mailDomain: '' });
		expect((await gate.db.read.select({ n: count() }).from(event))[0]?.n).toBe(before);
		expect(granted.status === 'granted' && (await gate.gating.access.openDownload(granted.url.replace('/d/', ''), await browser.who()))).toEqual({
			status: 'refused',
		});
		await expect(gate.gating.privacy.erase(personId, 'staff:1')).rejects.toMatchObject({ code: 'not-found' });
	});

	test('of an erased person is not mailed any more; the same mail is then a new person', async () => {
		const browser = gate.browser();
		const first = await gate.gating.forms.submit(gate.form(await browser.who(), planted));
		const personId = first.status === 'confirmation-sent' ? first.personId : '';
		await gate.gating.privacy.erase(personId, 'staff:1');
		await gate.deliver();
		expect(gate.mails).toHaveLength(0);
		expect(await verified(gate.browser(), planted)).not.toBe(personId);
	});
});
