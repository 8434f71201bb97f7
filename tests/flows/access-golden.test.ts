import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { SECOND_MS } from '#kernel/clock.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { type Browser, createGate, type Gate } from '#tests/support/gate.ts';

import { event, formSubmission, grant, lead, pass, person } from '../../gating/schema.ts';

let gate: Gate;
let steps: ReturnType<typeof stepsOf>;
beforeEach(async () => {
	gate = await createGate();
	steps = stepsOf(gate);
});
afterEach(() => gate.close());

const access = () => gate.gating.access;
/** The code of the newest mail. */
const code = (): string => /^\d{6}$/m.exec(gate.mails.at(-1)?.text ?? '')?.[0] ?? '';
const type = async (browser: Browser, typed: string) => {
	const outcome = await access().enterCode({ code: typed, visitor: await browser.who(), network: null });
	if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
};
const ask = async (browser: Browser, email: string) => {
	await access().ask({ email, subject: 'pass', locale: 'en', visitor: await browser.who(), network: null, honeypot: '' });
	await gate.deliver();
};
const verified = async (browser: Browser): Promise<string> => {
	const { token } = await steps.submitAndMail(browser);
	const outcome = await steps.confirm(browser, token);
	if (outcome.status !== 'confirmed') throw new Error(outcome.status);
	return outcome.personId;
};

describe('golden (b): every link of a mail, followed at once by others than its reader,', () => {
	test('confirms nothing, scores nothing and takes nothing back, also when buttons are pressed', async () => {
		const { browser, token } = await steps.submitAndMail(gate.browser(), {}, { consents: ['marketing.email'] });
		const before = await Promise.all([event, lead, pass, person, formSubmission, grant].map((table) => gate.db.read.select().from(table)));
		for (let at = 0; at < 6; at++) {
			const scanner = gate.browser();
			await access().peekConfirmation(token, await scanner.who());
			expect(await steps.confirm(scanner, token)).toMatchObject({ status: 'check' });
			expect((await scanner.who()).isVerified).toBe(false);
		}
		expect(await Promise.all([event, lead, pass, person, formSubmission, grant].map((table) => gate.db.read.select().from(table)))).toEqual(before);
		expect((await steps.confirm(browser, token)).status).toBe('confirmed');
	});
});

describe('golden (c): one browser,', () => {
	test('two people: who signs in after the other has their own pass, history and name', async () => {
		const browser = gate.browser();
		const first = await steps.agree(browser);
		await steps.view(browser);
		const ada = await verified(browser);
		await steps.submitAndMail(gate.browser(), { name: 'Ben', email: 'ben@packline.example' });
		browser.take((await gate.gating.visitors.signOut(browser.cookies)).setCookies);
		const second = await steps.agree(browser);
		await steps.view(browser);
		gate.pass(SECOND_MS);
		await ask(browser, 'ben@packline.example');
		await type(browser, code());
		const ben = (await browser.who()).personId;
		expect(ben).not.toBe(ada);
		expect(await browser.who()).toMatchObject({ isVerified: true, givenName: 'Ben' });
		expect(new Set(await steps.ownersOf(first))).toEqual(new Set([ada]));
		expect(await steps.ownersOf(second)).not.toContain(ada);
	});
});

describe('golden (d): visits before anybody was known', () => {
	test('join on identification by code, once, and only those agreed to', async () => {
		const [agreed, refused] = [gate.browser(), gate.browser()];
		const visitorId = await steps.agree(agreed);
		await steps.view(agreed);
		await steps.view(agreed);
		expect(await steps.agree(refused, [])).toBe('');
		await steps.submitAndMail(agreed);
		await type(agreed, code());
		const ada = (await agreed.who()).personId;
		expect(new Set(await steps.ownersOf(visitorId))).toEqual(new Set([ada]));
		gate.pass(SECOND_MS);
		await steps.submitAndMail(refused, { name: 'Ben', email: 'ben@packline.example' });
		await type(refused, code());
		const ben = (await refused.who()).personId;
		expect((await gate.db.read.select().from(event).where(eq(event.type, 'page.view'))).map(({ personId }) => personId)).not.toContain(ben);
		gate.pass(SECOND_MS);
		await steps.submitAndMail(agreed, { name: 'Ben', email: 'ben@packline.example' }, { subject: 'white_papers:p2' });
		await type(agreed, code());
		expect(await steps.ownersOf(visitorId)).toEqual(expect.arrayContaining([ada]));
		expect(await steps.ownersOf(visitorId)).not.toContain(ben);
	});
});
