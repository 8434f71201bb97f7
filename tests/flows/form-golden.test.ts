import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Form } from '#cms/content.ts';
import { FORMS } from '#tests/support/forms.ts';
import { type Browser, paperForm } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

const BARE: Form = { ...FORMS.one, key: 'bare' };
const NAMED: Form = {
	...paperForm,
	id: 'form-named',
	key: 'named',
	fields: paperForm.fields.filter(({ name }) => name === 'name' || name === 'email'),
};
const reader = { actor: 'staff:u1', origin: '192.0.2.0', seesPeople: true };
const MAIL = 'ada.keller@packline.example';

let hall: Hall;
beforeEach(async () => {
	hall = await createHall(
		[aWebinar(), aWebinar({ id: 'w2', slug: 'bare', formKey: 'bare' }), aWebinar({ id: 'w3', slug: 'named', formKey: 'named' })],
		[paperForm, { ...paperForm, id: 'form-webinar', key: 'webinar' }, { ...paperForm, id: 'form-quote', key: 'quote-default' }, BARE, NAMED],
	);
});
afterEach(() => hall.close());

/** Registers with these answers alone, and enters the room by the mailed link. */
async function attend(browser: Browser, slug: string, answers: Record<string, string>): Promise<void> {
	const input = await hall.input(browser, {}, { slug, answers });
	expect((await hall.hall.register(input)).status).toBe('registered');
	expect(await hall.deliver()).toBeGreaterThan(0);
	expect(hall.mails.at(-1)?.text ?? '').not.toMatch(/undefined|null|\{\w+\}/);
	const joined = await hall.hall.join.accept(hall.lastToken(), await browser.use());
	expect(joined.status).toBe('joined');
	if (joined.status === 'joined') browser.take(joined.setCookies);
}

/** Everything that later happens to somebody who registered. */
async function expectAllIsWell(browser: Browser): Promise<void> {
	const { gating } = hall.gate;
	const personId = (await browser.who()).personId ?? '';
	await gating.scoring.runDue();
	const leadId = (await gating.leads.forPerson(personId)) ?? '';
	const view = await gating.leads.get(leadId, reader);
	expect(JSON.stringify(view)).toContain(MAIL);
	for (const sort of ['score', 'activity', 'company'] as const) {
		expect((await gating.leads.list({ sort }, reader)).items.map(({ id }) => id)).toContain(leadId);
	}
	expect((await gating.leads.list({ q: MAIL }, reader)).items.map(({ id }) => id)).toEqual([leadId]);
	expect((await gating.leads.receipt(leadId))?.total).toEqual(expect.any(Number));
	expect((await gating.leads.timeline(leadId, reader))?.items.length).toBeGreaterThan(0);
	expect(JSON.stringify(await gating.privacy.export(personId, 'staff:u1'))).toContain(MAIL);
	expect(await gating.privacy.readable(personId, 'staff:u1', 'zh-CN')).toContain(MAIL);
	expect((await gating.people.contact(personId))?.email).toBe(MAIL);

	const more = { products: [], dealer: '', page: '/quote', locale: 'en', timeZone: '', consents: [], network: null, channel: 'direct' } as const;
	const visitor = await browser.who();
	const trap = { honeypot: '', challenge: null };
	const asked = (await gating.forms.describe('quote-default', visitor, 'en')).fields.filter(({ isRequired }) => isRequired);
	const answers = Object.fromEntries(asked.map(({ name }) => [name, `My ${name}`]));
	expect(await gating.quotes.request({ ...more, answers, visitor, trap })).toMatchObject({ status: 'sent', isVerified: true });
	expect((await gating.quotes.list(reader)).items).toHaveLength(1);
	await hall.gate.deliver();
	for (const { text } of hall.gate.mails) expect(text).not.toMatch(/undefined|\bnull\b|\{\w+\}/);
}

describe('golden (j): required company and job title never make a registration fail downstream', () => {
	test.each([
		['asks for a mail address alone', 'bare', { email: MAIL }],
		['asks for name and mail', 'named', { email: MAIL, name: 'Ada Keller' }],
		['is sent with spaces where it does not ask', 'named', { email: MAIL, name: 'Ada Keller', company: '  ', jobTitle: '' }],
	])('a form that %s registers, and every later step works', async (_what, slug, answers) => {
		const browser = hall.gate.browser();
		await attend(browser, slug, answers);
		await expectAllIsWell(browser);
	});

	test('somebody proved long ago without company and job title registers where both are required, and every later step works', async () => {
		const steps = stepsOf(hall.gate);
		const browser = hall.gate.browser();
		const { token } = await steps.submitAndMail(browser, {}, { formKey: 'bare', answers: { email: MAIL } });
		await steps.confirm(browser, token);
		const { fields } = await hall.gate.gating.forms.describe('webinar', await browser.who(), 'en');
		expect(fields.map(({ name }) => name)).toEqual(['name', 'company']);
		await attend(browser, 'sizing', { name: 'Ada Keller', company: 'Packline AG' });
		await expectAllIsWell(browser);
	});

	test('a form that begins to require them lets through whoever is asked for other things first', async () => {
		const steps = stepsOf(hall.gate);
		const browser = hall.gate.browser();
		const { token } = await steps.submitAndMail(browser, {}, { formKey: 'named', answers: { email: MAIL, name: 'Ada Keller' } });
		await steps.confirm(browser, token);
		const asked = (await hall.gate.gating.forms.describe('webinar', await browser.who(), 'en')).fields;
		await attend(browser, 'sizing', Object.fromEntries(asked.map(({ name }) => [name, `My ${name}`])));
		await expectAllIsWell(browser);
	});
});
