import { count } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import { outbox } from '#kernel/schema.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { type Browser, createGate, type Gate, P1 } from '#tests/support/gate.ts';

import { accessAsk, event, fileOpening, formSubmission, grant, type pass, person } from '../../gating/schema.ts';

const ADA = 'ada.keller@packline.example';
const BY = { actor: 'staff:u1', origin: '' };

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
const wrong = (): string => (code() === '111111' ? '222222' : '111111');
const type = async (browser: Browser, typed: string, network: string | null = null) => {
	const outcome = await access().enterCode({ code: typed, visitor: await browser.who(), network });
	if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
	return outcome;
};
const ask = async (browser: Browser, email: string, more: { network?: string; subject?: string; honeypot?: string } = {}) => {
	const outcome = await access().ask({
		...{ email, subject: 'pass', locale: 'en', visitor: await browser.who(), network: null, honeypot: '', ...more },
	} as const);
	if (outcome.status === 'asked') browser.take(outcome.setCookies);
	await gate.deliver();
	return outcome;
};
const verified = async (browser = gate.browser()): Promise<string> => {
	const { token } = await steps.submitAndMail(browser);
	const outcome = await steps.confirm(browser, token);
	if (outcome.status !== 'confirmed') throw new Error(outcome.status);
	return outcome.personId;
};
const rowsOf = async (table: typeof event | typeof pass | typeof fileOpening | typeof outbox | typeof accessAsk) =>
	(await gate.db.read.select({ n: count() }).from(table))[0]?.n ?? 0;

describe('the code of a mail', () => {
	test('opens the browser that asked, as the link would', async () => {
		const { browser } = await steps.submitAndMail();
		expect(await type(browser, ` ${code().slice(0, 3)} ${code().slice(3)}`)).toMatchObject({ status: 'confirmed', subject: 'white_papers:p1' });
		expect(await browser.who()).toMatchObject({ isVerified: true, givenName: 'Ada' });
		expect((await gate.db.read.select().from(event)).map(({ type: kind }) => kind)).toEqual(['form.submitted']);
		expect((await gate.db.read.select().from(grant))[0]?.confirmedAt).toEqual(gate.clock.at);
		expect(await access().passes((await browser.who()).personId ?? '')).toMatchObject([{ how: 'code', lastSeenDay: '2026-03-02' }]);
	});

	test('opens no other browser, and is no longer good in any', async () => {
		const { browser } = await steps.submitAndMail();
		const stolen = code();
		expect(await type(gate.browser(), stolen)).toEqual({ status: 'expired' });
		expect((await type(browser, stolen)).status).toBe('confirmed');
		expect((await type(browser, stolen)).status).toBe('expired');
	});

	test('stands five wrong tries, then not even itself', async () => {
		const { browser } = await steps.submitAndMail();
		const left = [];
		for (let at = 0; at < 5; at++) left.push(await type(browser, wrong()));
		expect(left.map((outcome) => ('triesLeft' in outcome ? outcome.triesLeft : outcome.status))).toEqual([4, 3, 2, 1, 0]);
		expect(await type(browser, code())).toEqual({ status: 'wrong', triesLeft: 0 });
		expect(await type(browser, '12')).toEqual({ status: 'malformed' });
	});

	test('tried by many at once, stands five tries all the same', async () => {
		const { browser } = await steps.submitAndMail();
		const visitor = await browser.who();
		await Promise.all(Array.from({ length: 12 }, () => access().enterCode({ code: wrong(), visitor, network: null })));
		expect((await gate.db.read.select().from(accessAsk))[0]?.tries).toBe(5);
	});

	test('ends after fifteen minutes; the link goes on', async () => {
		const { browser, token } = await steps.submitAndMail();
		gate.pass(15 * MINUTE_MS);
		expect((await type(browser, code())).status).toBe('expired');
		expect((await steps.confirm(browser, token)).status).toBe('confirmed');
	});

	test('is replaced by the next thing this browser asks for', async () => {
		const { browser } = await steps.submitAndMail();
		const first = code();
		gate.pass(SECOND_MS);
		await steps.submitAndMail(browser, {}, { subject: 'white_papers:p2' });
		expect(code()).not.toBe(first);
		expect((await type(browser, first)).status).toBe('wrong');
		expect(await type(browser, code())).toMatchObject({ status: 'confirmed', subject: 'white_papers:p2' });
	});

	test('is limited for each network', async () => {
		const outcomes = [];
		for (let at = 0; at < 31; at++) outcomes.push((await type(gate.browser(), '123456', '192.0.2.0/24')).status);
		expect(outcomes.slice(29)).toEqual(['expired', 'slow-down']);
	});

	test('is nowhere in the database', async () => {
		await steps.submitAndMail();
		const stored = JSON.stringify([await gate.db.read.select().from(outbox), await gate.db.read.select().from(grant)]);
		expect(code()).toMatch(/^\d{6}$/);
		expect(stored).not.toContain(code());
	});
});

describe('asking for a code', () => {
	test('gives a known person a pass in another browser', async () => {
		await verified();
		const other = gate.browser();
		await ask(other, ' ADA.Keller@packline.example');
		expect(gate.mails.at(-1)).toMatchObject({ to: ADA, subject: 'Your code and link' });
		expect((await type(other, code())).status).toBe('confirmed');
		expect(await other.who()).toMatchObject({ isVerified: true, givenName: 'Ada' });
	});

	test('answers the same for an address that nobody has, step by step, and mails nothing', async () => {
		await verified();
		const [known, unknown] = [gate.browser(), gate.browser()];
		const told = async (browser: Browser, email: string) => {
			const { status, ...rest } = await ask(browser, email);
			const cookies = 'setCookies' in rest ? rest.setCookies.map(({ name, maxAgeSeconds }) => [name, maxAgeSeconds]) : [];
			const tries = [];
			for (let at = 0; at < 6; at++) tries.push(await type(browser, wrong()));
			return { status, cookies, tries };
		};
		const before = await rowsOf(outbox);
		const first = await told(known, ADA);
		expect(await rowsOf(outbox)).toBe(before + 1);
		expect(await told(unknown, 'nobody@packline.example')).toEqual(first);
		expect(await rowsOf(outbox)).toBe(before + 1);
		expect(await gate.db.read.select({ n: count() }).from(person)).toEqual([{ n: 1 }]);
	});

	test('gives out nothing but a pass: no code of an offer, no request for a quote', async () => {
		await verified();
		for (const subject of ['offers:o1', 'quote', 'white_papers:none', 'pages:x']) {
			await ask(gate.browser(), ADA, { subject });
			gate.pass(HOUR_MS);
		}
		const subjects = (await gate.db.read.select({ subject: grant.subject }).from(grant)).map(({ subject }) => subject).sort();
		expect(subjects).toEqual(['pass', 'pass', 'pass', 'pass', 'white_papers:p1']);
	});

	test('is limited for each address, also across browsers and networks', async () => {
		await verified();
		const outcomes = [];
		for (let at = 0; at < 7; at++) outcomes.push((await ask(gate.browser(), ADA, { network: `198.51.100.${at}` })).status);
		expect(outcomes.at(-1)).toBe('slow-down');
	});

	test('brings no more than twelve codes a day; later mails bring the link alone', async () => {
		await verified();
		for (let at = 0; at < 13; at++) {
			await ask(gate.browser(), ADA);
			gate.pass(HOUR_MS);
		}
		expect(code()).toBe('');
		expect(gate.mails.at(-1)?.text).toContain('/c/');
	});
});

describe('what a link speaks for', () => {
	test('a stranger’s words under the same address, minutes later, are not confirmed with the owner’s', async () => {
		const { browser, token } = await steps.submitAndMail();
		gate.pass(MINUTE_MS);
		await steps.submitAndMail(gate.browser(), { name: 'Mallory', company: 'Elsewhere' }, { consents: ['marketing.email'] });
		expect(gate.mails).toHaveLength(2);
		const outcome = await steps.confirm(browser, token);
		const personId = outcome.status === 'confirmed' ? outcome.personId : '';
		expect(await gate.gating.consents.of(personId)).not.toContainEqual(expect.objectContaining({ purpose: 'marketing.email' }));
		const applied = await gate.db.read.select({ at: formSubmission.appliedAt }).from(formSubmission).orderBy(formSubmission.at);
		expect(applied.map(({ at }) => at !== null)).toEqual([true, false]);
		expect((await gate.db.read.select().from(event)).filter(({ type: kind }) => kind === 'form.submitted')).toHaveLength(1);
	});

	test('opened elsewhere stands five addresses in a quarter of an hour, then waits', async () => {
		const { token } = await steps.submitAndMail();
		const other = gate.browser();
		const problems = [];
		for (let at = 0; at < 6; at++) problems.push(await steps.confirm(other, token, `a${at}@packline.example`));
		expect(problems.map((outcome) => ('problem' in outcome ? outcome.problem : outcome.status))).toEqual([
			...Array.from({ length: 5 }, () => 'mismatch'),
			'slow-down',
		]);
		gate.pass(15 * MINUTE_MS);
		expect(await steps.confirm(other, token, ADA)).toMatchObject({ status: 'confirmed' });
		const personId = (await other.who()).personId ?? '';
		expect(await access().passes(personId)).toMatchObject([{ how: 'elsewhere' }]);
	});
});

describe('passes and rights', () => {
	test('are listed and end at the next request', async () => {
		const [desk, phone] = [gate.browser(), gate.browser()];
		const personId = await verified(desk);
		gate.pass(SECOND_MS);
		await ask(phone, ADA);
		await type(phone, code());
		const [newest, older] = await access().passes(personId);
		expect([newest?.how, older?.how]).toEqual(['code', 'link']);
		expect(await access().revokePass('somebody-else', newest?.id ?? '', BY)).toBe(false);
		expect(await access().revokePass(personId, newest?.id ?? '', BY)).toBe(true);
		expect([(await phone.who()).isVerified, (await desk.who()).isVerified]).toEqual([false, true]);
		expect(await access().revokeAllPasses(personId, BY)).toBe(1);
		expect((await desk.who()).isVerified).toBe(false);
		expect(await access().passes(personId)).toEqual([]);
	});

	test('know the day they were last used on', async () => {
		const browser = gate.browser();
		const personId = await verified(browser);
		gate.pass(3 * DAY_MS);
		await browser.who();
		await expect.poll(async () => (await access().passes(personId))[0]?.lastSeenDay).toBe('2026-03-05');
	});

	test('a right that is closed closes its links, its pages and its confirmation at once, and opens again', async () => {
		const browser = gate.browser();
		const personId = await verified(browser);
		const token = /\/c\/(\S+)/.exec(gate.mails[0]?.text ?? '')?.[1] ?? '';
		const granted = await access().requestDownload(await browser.who(), P1, 'en');
		const link = granted.status === 'granted' ? granted.url.replace('/d/', '') : '';
		const [right] = await access().grants(personId);
		expect(right).toMatchObject({ subject: 'white_papers:p1', state: 'open', downloads: 1 });
		await access().revokeGrant(right?.id ?? '', BY);

		expect(await access().openDownload(link, await browser.who())).toEqual({ status: 'refused' });
		expect(await access().requestDownload(await browser.who(), P1, 'en')).toEqual({ status: 'revoked' });
		expect(await access().of('verified-mail', await browser.who(), P1.subject)).toEqual({
			decision: 'denied',
			reason: 'revoked',
		});
		expect(await access().peekConfirmation(token, await browser.who())).toEqual({ status: 'revoked', subject: P1.subject });
		expect(await steps.confirm(browser, token)).toEqual({ status: 'revoked', subject: P1.subject });
		expect(await access().requestDownload(await browser.who(), { ...P1, subject: 'white_papers:p2' }, 'en')).toMatchObject({ status: 'granted' });
		await access().restoreGrant(right?.id ?? '', BY);
		expect((await access().openDownload(link, await browser.who())).status).toBe('open');
	});

	test('a link to a file opens for its reader only, and each opening is kept once', async () => {
		const browser = gate.browser();
		const personId = await verified(browser);
		const granted = await access().requestDownload(await browser.who(), P1, 'en');
		const link = granted.status === 'granted' ? granted.url.replace('/d/', '') : '';
		const stranger = gate.browser();
		expect(await access().openDownload(link, await stranger.who())).toEqual({ status: 'proof-required', subject: P1.subject, locale: 'en' });
		const ben = gate.browser();
		const { token } = await steps.submitAndMail(ben, { name: 'Ben', email: 'ben@packline.example' });
		await steps.confirm(ben, token);
		expect((await access().openDownload(link, await ben.who())).status).toBe('proof-required');
		expect(await access().openings(personId)).toEqual([]);
		for (let at = 0; at < 3; at++) {
			const opened = await access().openDownload(link, await browser.who());
			if (opened.status === 'open') await opened.note();
		}
		expect(await access().openings(personId)).toMatchObject([{ subject: P1.subject, documentId: '', locale: 'en', at: gate.clock.at }]);
		const exported = (await gate.gating.privacy.export(personId, 'staff:1')) as { gating: { openings: unknown[] } };
		expect(exported.gating.openings).toHaveLength(1);
		await gate.gating.privacy.erase(personId, 'staff:1');
		expect(await rowsOf(fileOpening)).toBe(0);
	});
});
