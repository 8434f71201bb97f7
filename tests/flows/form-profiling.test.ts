import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FORMS, type FormName } from '#tests/support/forms.ts';
import { aSite, type Browser, createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

const ADA = { name: 'Ada Keller', company: 'Packline AG', jobTitle: 'Design engineer' };
const ALL = { ...ADA, region: 'Bern', industry: 'packaging', phone: '+41525550161' };
const STRANGER: Readonly<Record<FormName, readonly string[]>> = {
	paper: ['name', 'email', 'company', 'jobTitle'],
	quote: ['name', 'email', 'company', 'jobTitle', 'phone', 'region', 'message', 'visit', 'visitPlace'],
	webinar: ['name', 'email', 'company', 'jobTitle'],
	optional: ['email'],
	one: ['email'],
};
const MAIL_ALONE: Readonly<Record<FormName, readonly string[]>> = {
	paper: ['name', 'company'],
	quote: ['name', 'company', 'message', 'visit', 'visitPlace'],
	webinar: ['name', 'company'],
	optional: ['name', 'company'],
	one: [],
};
const request = ['message', 'visit', 'visitPlace'];

/** Who somebody may be, and what each form then asks. Of the same person in another browser nothing is known. */
const STATES: readonly (readonly [string, (visits: Visits) => Promise<Browser>, Readonly<Record<FormName, readonly string[]>>])[] = [
	['a stranger', async ({ gate }) => gate.browser(), STRANGER],
	['a stranger who types a known mail address', async (visits) => visits.typed(await visits.verified('typed', ALL), 'typed'), STRANGER],
	['somebody whose link is not pressed yet', (visits) => visits.unproved('unproved', ADA), STRANGER],
	[
		'a verified person after a first paper',
		(visits) => visits.verified('first', ADA),
		{ paper: ['industry', 'region'], quote: ['phone', 'region', ...request], webinar: ['region', 'industry'], optional: ['need', 'phone'], one: [] },
	],
	[
		'a verified person who told their region',
		(visits) => visits.verified('region', { ...ADA, region: 'Bern' }),
		{ paper: ['phone', 'industry'], quote: ['phone', 'industry', ...request], webinar: ['industry', 'phone'], optional: ['need', 'phone'], one: [] },
	],
	[
		'a verified person who told everything',
		(visits) => visits.verified('all', ALL),
		{ paper: [], quote: request, webinar: [], optional: ['budget', 'need'], one: [] },
	],
	['a verified person known by mail alone', (visits) => visits.verified('mail', {}, 'one'), MAIL_ALONE],
	['one who is merged with a person who told everything', (visits) => visits.merged('mergedone', 'mergedother'), MAIL_ALONE],
	['a person who was erased', (visits) => visits.erased('erased'), STRANGER],
	['a person who signed out', (visits) => visits.signedOut('out'), STRANGER],
];

interface Visits {
	readonly gate: Gate;
	verified(name: string, answers: Record<string, string>, form?: FormName): Promise<Browser>;
	unproved(name: string, answers: Record<string, string>): Promise<Browser>;
	typed(known: Browser, name: string): Promise<Browser>;
	merged(name: string, other: string): Promise<Browser>;
	erased(name: string): Promise<Browser>;
	signedOut(name: string): Promise<Browser>;
}

let gate: Gate;
let visits: Visits;
const mailOf = (name: string): string => `${name}@packline.example`;
const reader = { actor: 'staff:u1', origin: '192.0.2.0', seesPeople: true };

beforeAll(async () => {
	gate = await createGate({ content: () => aSite({ forms: Object.values(FORMS) }) });
	const steps = stepsOf(gate);
	const send = async (name: string, answers: Record<string, string>, form: FormName, browser = gate.browser()) => {
		const input = gate.form(await browser.who(), {}, { formKey: FORMS[form].key, answers: { ...answers, email: mailOf(name) } });
		const outcome = await gate.gating.forms.submit(input);
		expect(outcome.status).toBe('confirmation-sent');
		return { browser, token: (await gate.deliver()) ?? '' };
	};
	const verified: Visits['verified'] = async (name, answers, form = 'paper') => {
		const { browser, token } = await send(name, answers, form);
		await steps.confirm(browser, token);
		expect((await browser.who()).isVerified).toBe(true);
		return browser;
	};
	visits = {
		gate,
		verified,
		unproved: async (name, answers) => (await send(name, answers, 'paper')).browser,
		typed: async (_known, name) => (await send(name, ADA, 'paper')).browser,
		merged: async (name, other) => {
			const told = (await (await verified(other, ALL)).who()).personId ?? '';
			const browser = await verified(name, {}, 'one');
			const own = (await browser.who()).personId ?? '';
			const [into, from] = [await gate.gating.leads.forPerson(own), await gate.gating.leads.forPerson(told)];
			await gate.gating.leads.merge(into ?? '', from ?? '', reader);
			return browser;
		},
		erased: async (name) => {
			const browser = await verified(name, ALL);
			await gate.gating.privacy.erase((await browser.who()).personId ?? '', 'staff:u1');
			return browser;
		},
		signedOut: async (name) => {
			const browser = await verified(name, ALL);
			const { setCookies } = await gate.gating.visitors.signOut(browser.cookies);
			browser.take(setCookies);
			return browser;
		},
	};
});
afterAll(() => gate.close());

describe.each(STATES)('of %s', (_state, become, expected) => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await become(visits);
	});

	test.each(Object.entries(expected) as [FormName, string[]][])('the form %s asks %j', async (form, fields) => {
		const who = await browser.who();
		const view = await gate.gating.forms.describe(FORMS[form].key, who, 'en');
		expect(view.fields.map(({ name }) => name)).toEqual(fields);
		expect(view.isRecognised).toBe(who.isVerified);
		expect(view.isOneClick).toBe(
			who.isVerified && !fields.some((name) => FORMS[form].fields.some((f) => f.name === name && f.isRequired && !f.rule)),
		);
		if (!view.isRecognised) expect(JSON.stringify(view)).not.toContain('Ada');
	});
});

test('a person who told everything needs one click, wherever forms are', async () => {
	const browser = await visits.verified('click', ALL);
	for (const form of ['paper', 'webinar', 'one'] as const) {
		const outcome = await gate.gating.forms.submit(gate.form(await browser.who(), {}, { formKey: FORMS[form].key, answers: {} }));
		expect(outcome.status).toBe('granted');
	}
});

test('a verified person who types another address is somebody else: everything is asked, and nothing of theirs goes along', async () => {
	const browser = await visits.verified('self', ALL);
	const who = await browser.who();
	const outcome = await gate.gating.forms.submit(gate.form(who, {}, { answers: { email: mailOf('colleague') } }));
	expect(outcome).toEqual({ status: 'invalid', errors: ['name', 'company', 'jobTitle'].map((field) => ({ field, code: 'required' })) });
	expect((await gate.gating.forms.submit(gate.form(who, {}, { answers: { ...ADA, email: mailOf('colleague') } }))).status).toBe('confirmation-sent');
	const found = await gate.gating.leads.list({ q: mailOf('colleague') }, reader);
	const lead = await gate.gating.leads.get(found.items[0]?.id ?? '', reader);
	expect(JSON.stringify(lead)).not.toContain('+41525550161');
});
