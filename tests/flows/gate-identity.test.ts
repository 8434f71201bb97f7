import { count, eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { event, lead, person, visitor as visitors } from '../../gating/schema.ts';

let gate: Gate;
let steps: ReturnType<typeof stepsOf>;
beforeEach(async () => {
	gate = await createGate();
	steps = stepsOf(gate);
});
afterEach(() => gate.close());

const rows = async (table: typeof person | typeof lead) => (await gate.db.read.select({ n: count() }).from(table))[0]?.n ?? 0;

const standing = () => gate.db.read.select().from(lead).where(isNull(lead.mergedInto));

describe('who is who', () => {
	test('the same mail in any spelling is the same person, another mail another person and lead', async () => {
		await steps.submitAndMail();
		await steps.submitAndMail(gate.browser(), { email: ' ADA.Keller@PackLine.example' }, { subject: 'white_papers:p2' });
		expect(await rows(person)).toBe(1);
		await steps.submitAndMail(gate.browser(), { email: 'ben@packline.example' });
		expect([await rows(person), await rows(lead)]).toEqual([2, 2]);
	});

	test('the history of a consenting browser joins on the verified act, once', async () => {
		const browser = gate.browser();
		const visitorId = await steps.agree(browser);
		await steps.view(browser);
		const { token } = await steps.submitAndMail(browser);
		expect(await steps.ownersOf(visitorId)).toContain(null);
		const outcome = await steps.confirm(browser, token);
		const personId = outcome.status === 'confirmed' ? outcome.personId : '';
		expect(new Set(await steps.ownersOf(visitorId))).toEqual(new Set([personId]));
		expect((await browser.who()).visitorId).toBe(visitorId);
	});

	test('two people on one browser stay two', async () => {
		const browser = gate.browser();
		const adas = await steps.agree(browser);
		await steps.view(browser);
		await steps.confirm(browser, (await steps.submitAndMail(browser)).token);
		const ada = (await browser.who()).personId;

		browser.take((await gate.gating.visitors.signOut(browser.cookies)).setCookies);
		expect(await browser.who()).toMatchObject({ visitorId: null, personId: null, isVerified: false, hasAnsweredConsent: false });
		const bens = await steps.agree(browser);
		await steps.view(browser);
		const { token } = await steps.submitAndMail(browser, { name: 'Ben', email: 'ben@packline.example' });
		await steps.confirm(browser, token);
		const ben = (await browser.who()).personId;

		expect(ben).not.toBe(ada);
		expect(new Set(await steps.ownersOf(adas))).toEqual(new Set([ada]));
		expect(new Set(await steps.ownersOf(bens))).toEqual(new Set([ben]));
	});

	test('a second person without signing out gets a browser of their own and none of the past', async () => {
		const browser = gate.browser();
		const adas = await steps.agree(browser);
		await steps.view(browser);
		await steps.confirm(browser, (await steps.submitAndMail(browser)).token);
		const ada = (await browser.who()).personId;
		const { token } = await steps.submitAndMail(browser, { name: 'Ben', email: 'ben@packline.example' }, { consents: ['analytics'] });
		await steps.confirm(browser, token);
		const now = await browser.who();
		expect(now).toMatchObject({ isVerified: true, givenName: 'Ben' });
		expect(now.visitorId).not.toBe(adas);
		expect(now.visitorId).not.toBeNull();
		expect((await gate.db.read.select().from(visitors).where(eq(visitors.id, adas)))[0]?.personId).toBe(ada);
	});

	test('a forwarded link opens nothing by its button alone, and with the address it went to moves no history', async () => {
		const { token } = await steps.submitAndMail();
		const colleague = gate.browser();
		const visitorId = await steps.agree(colleague);
		await steps.view(colleague);
		expect(await gate.gating.access.peekConfirmation(token, await colleague.who())).toMatchObject({ asksAddress: true });
		expect(await steps.confirm(colleague, token)).toMatchObject({ status: 'check', problem: 'none' });
		expect(await steps.confirm(colleague, token, 'colleague@packline.example')).toMatchObject({ status: 'check', problem: 'mismatch' });
		expect((await gate.db.read.select().from(person))[0]?.verifiedAt).toBeNull();
		expect(await steps.confirm(colleague, token, ' Ada.Keller@packline.example ')).toMatchObject({ status: 'confirmed' });
		expect((await colleague.who()).isVerified).toBe(true);
		expect((await colleague.who()).visitorId).not.toBe(visitorId);
		expect((await colleague.who()).consents.has('analytics')).toBe(true);
		expect(await steps.ownersOf(visitorId)).toEqual([null]);
		expect((await gate.db.read.select().from(visitors).where(eq(visitors.id, visitorId)))[0]?.personId).toBeNull();
	});

	test('what a stranger types under a verified person’s mail waits for that person', async () => {
		const { browser, token } = await steps.submitAndMail();
		await steps.confirm(browser, token);
		const personId = (await browser.who()).personId ?? '';
		const { token: second } = await steps.submitAndMail(
			gate.browser(),
			{ name: 'Mallory', company: 'Elsewhere' },
			{ subject: 'white_papers:p2', consents: ['marketing.email'] },
		);
		expect(await gate.gating.people.contact(personId)).toMatchObject({ name: 'Ada Keller', company: 'Packline AG' });
		expect((await browser.who()).consents.has('marketing.email')).toBe(false);
		expect((await gate.db.read.select().from(event)).map(({ subject }) => subject)).toEqual(['white_papers:p1']);
		await steps.confirm(browser, second);
		expect(await gate.gating.people.contact(personId)).toMatchObject({ name: 'Mallory', company: 'Elsewhere' });
		expect((await browser.who()).consents.has('marketing.email')).toBe(true);
	});

	test('what a stranger types after a link was mailed is not made the person’s word by that link', async () => {
		const browser = gate.browser();
		const { token } = await steps.submitAndMail(browser);
		const outcome = await steps.confirm(browser, token);
		const personId = outcome.status === 'confirmed' ? outcome.personId : '';
		gate.pass(DAY_MS);
		await steps.submitAndMail(gate.browser(), { name: 'Mallory' }, { consents: ['marketing.email'] });
		await steps.confirm(browser, token);
		expect(await gate.gating.people.contact(personId)).toMatchObject({ name: 'Ada Keller' });
		expect(await gate.gating.consents.of(personId)).not.toContainEqual(expect.objectContaining({ purpose: 'marketing.email' }));
	});

	test('a verified person needs one click, is asked two more fields at most, and gets no mail', async () => {
		const { browser, token } = await steps.submitAndMail();
		await steps.confirm(browser, token);
		const who = await browser.who();
		const view = await gate.gating.forms.describe('paper-default', who, 'en');
		expect(view).toMatchObject({ isOneClick: true, givenName: 'Ada' });
		expect(view.fields.map(({ name }) => name)).toEqual(['region', 'industry']);
		expect(view.fields[1]?.options).toEqual([{ value: 'packaging', label: 'Packaging' }]);

		const outcome = await gate.gating.forms.submit({ ...gate.form(who, {}, { subject: 'white_papers:p2' }), answers: { industry: 'packaging' } });
		expect(outcome).toEqual({ status: 'granted', personId: who.personId });
		await gate.deliver();
		expect(gate.mails).toHaveLength(1);
		expect(await gate.gating.people.contact(who.personId ?? '')).toMatchObject({ name: 'Ada Keller', industry: 'packaging' });
		expect((await gate.gating.forms.describe('paper-default', who, 'en')).fields.map(({ name }) => name)).toEqual(['region', 'phone']);
	});

	test('two proved addresses with one phone and one name are one lead; taken apart by hand they stay apart', async () => {
		const phone = '+41 52 555 01 61';
		const first = await steps.submitAndMail(gate.browser(), { phone });
		await steps.confirm(first.browser, first.token);
		const second = await steps.submitAndMail(gate.browser(), { email: 'ada.keller@mail.example', name: 'KELLER Ada', phone });
		expect(await standing()).toHaveLength(2);
		await steps.confirm(second.browser, second.token);
		const [left] = await standing();
		expect(await standing()).toHaveLength(1);
		expect((await gate.db.read.select().from(person)).map(({ leadId }) => leadId)).toEqual([left!.id, left!.id]);

		const [merge] = await gate.gating.leads.merges(left!.id);
		expect(merge?.cause).toBe('rule:same-phone-and-name');
		await gate.gating.leads.undoMerge(merge!.id, { actor: 'staff:u1', origin: '', seesPeople: true });
		const again = await steps.submitAndMail(gate.browser(), { email: 'ada.keller@mail.example', phone }, { subject: 'white_papers:p2' });
		await steps.confirm(again.browser, again.token);
		expect(await standing()).toHaveLength(2);
	});

	test('a pass ends after ninety days', async () => {
		const { browser, token } = await steps.submitAndMail();
		await steps.confirm(browser, token);
		gate.pass(90 * DAY_MS);
		expect((await browser.who()).isVerified).toBe(false);
	});
});
