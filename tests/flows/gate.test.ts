import { count } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import { outbox } from '#kernel/schema.ts';
import { signToken } from '#kernel/signed-token.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { createGate, type Gate, P1 } from '#tests/support/gate.ts';

import { event, formSubmission, grant, lead, pass, person, visitor as visitors } from '../../gating/schema.ts';

let gate: Gate;
let steps: ReturnType<typeof stepsOf>;
beforeEach(async () => {
	gate = await createGate();
	steps = stepsOf(gate);
});
afterEach(() => gate.close());

const rows = async (
	table: typeof event | typeof grant | typeof lead | typeof pass | typeof person | typeof visitors | typeof formSubmission | typeof outbox,
) => {
	const [row] = await gate.db.read.select({ n: count() }).from(table);
	return row?.n ?? 0;
};
const everything = async () => Promise.all([event, grant, lead, pass, person, visitors, formSubmission].map(rows));

describe('a stranger asks for a paper', () => {
	test('gets one mail with a link; the button behind it opens the paper and its file', async () => {
		const { browser, outcome, token } = await steps.submitAndMail();
		expect(outcome.status).toBe('confirmation-sent');
		expect(gate.mails).toHaveLength(1);
		expect(gate.mails[0]).toMatchObject({ to: 'ada.keller@packline.example', subject: 'Your link to “Paper p1”' });
		expect(gate.mails[0]?.html).toContain(`https://hub.example/c/${token}`);

		expect(await gate.gating.access.requestDownload(await browser.who(), P1, 'en')).toEqual({ status: 'form-required' });
		expect(await steps.confirm(browser, token)).toMatchObject({ status: 'confirmed', subject: 'white_papers:p1' });
		expect(await browser.who()).toMatchObject({ isVerified: true, givenName: 'Ada' });

		const granted = await gate.gating.access.requestDownload(await browser.who(), P1, 'zh-CN');
		if (granted.status !== 'granted') throw new Error(granted.status);
		expect(await gate.gating.access.openDownload(granted.url.replace('/d/', ''), await browser.who())).toMatchObject({
			status: 'open',
			asset: { id: 'asset-p1-en' },
			filename: 'p1.pdf',
		});
		expect((await gate.db.read.select().from(event).orderBy(event.type)).map(({ type, basis }) => [type, basis])).toEqual([
			['download', 'necessary'],
			['form.submitted', 'necessary'],
		]);
	});

	test('in Chinese gets a Chinese mail and a Chinese address', async () => {
		await steps.submitAndMail(gate.browser(), { name: '王伟' }, { locale: 'zh-CN' });
		expect(gate.mails[0]?.text).toContain('王伟，您好！');
		expect(gate.mails[0]?.text).toContain('https://hub.example/zh-CN/c/');
	});

	test('has markup in the name escaped in the mail', async () => {
		await steps.submitAndMail(gate.browser(), { name: '<img src=x onerror=alert(1)>' });
		expect(gate.mails[0]?.html).not.toContain('<img');
	});

	test('gets errors and is not stored when a field is wrong', async () => {
		const outcome = await gate.gating.forms.submit(gate.form(await gate.browser().who(), { email: 'ada', phone: '1' }));
		expect(outcome).toEqual({
			status: 'invalid',
			errors: [
				{ field: 'email', code: 'mail-syntax' },
				{ field: 'phone', code: 'phone' },
			],
		});
		expect(await rows(person)).toBe(0);
	});

	test('leaves nothing behind when the field for machines is filled', async () => {
		const outcome = await gate.gating.forms.submit(gate.form(await gate.browser().who(), {}, { trap: { honeypot: 'x', challenge: null } }));
		expect(outcome.status).toBe('confirmation-sent');
		expect(await everything()).toEqual([0, 0, 0, 0, 0, 0, 0]);
		expect(await rows(outbox)).toBe(0);
	});

	test('is asked for a proof after some posts from one network, and to slow down after many', async () => {
		const who = await gate.browser().who();
		const outcomes = [];
		for (let i = 0; i < 20; i++)
			outcomes.push(await gate.gating.forms.submit(gate.form(who, { email: `a${i}@packline.example` }, { network: '198.51.100.0' })));
		expect(outcomes.map((outcome) => ('needsProof' in outcome ? 'proof' : outcome.status))).toEqual([
			...Array.from({ length: 5 }, () => 'confirmation-sent'),
			...Array.from({ length: 10 }, () => 'proof'),
			...Array.from({ length: 5 }, () => 'slow-down'),
		]);
	});

	test('cannot ask for what is not published', async () => {
		const who = await gate.browser().who();
		for (const subject of ['white_papers:none', 'constructor:p1', 'nonsense', 'white_papers:']) {
			await expect(gate.gating.forms.submit(gate.form(who, {}, { subject }))).rejects.toMatchObject({ code: 'not-found' });
		}
	});

	test('with doubtful answers is served all the same, and put into quarantine with reasons', async () => {
		const { outcome } = await steps.submitAndMail(gate.browser(), { name: 'Test', email: 'test@mailinator.com' });
		expect(outcome.status).toBe('confirmation-sent');
		expect(gate.mails).toHaveLength(1);
		expect((await gate.db.read.select().from(formSubmission))[0]).toMatchObject({
			outcome: 'quarantine',
			reasons: ['mail-disposable', 'test-words'],
		});
		expect((await gate.db.read.select().from(lead))[0]?.workingState).toBe('quarantine');
	});
});

describe('links', () => {
	test('fetched by scanners change nothing', async () => {
		const { token } = await steps.submitAndMail();
		const before = await everything();
		for (let i = 0; i < 5; i++)
			expect(await gate.gating.access.peekConfirmation(token, await gate.browser().who())).toEqual({
				status: 'waiting',
				subject: 'white_papers:p1',
				asksAddress: true,
			});
		expect(await everything()).toEqual(before);
		expect((await gate.db.read.select().from(grant))[0]?.confirmedAt).toBeNull();
		expect((await gate.db.read.select().from(person))[0]?.verifiedAt).toBeNull();
	});

	test('forged, cut or meant for something else are unknown', async () => {
		const { browser, token } = await steps.submitAndMail();
		const [row] = await gate.db.read.select().from(grant);
		const download = signToken(gate.keys, 'download', row?.id ?? '', null);
		for (const bad of ['', 'x', token.slice(0, -1), `A${token}`, download, signToken(gate.keys, 'confirm', 'no-such-grant', null)]) {
			expect(await steps.confirm(browser, bad)).toEqual({ status: 'unknown' });
			expect(await gate.gating.access.peekConfirmation(bad, await browser.who())).toEqual({ status: 'unknown' });
		}
		expect(await gate.gating.access.openDownload(token, await browser.who())).toEqual({ status: 'refused' });
		expect(await rows(pass)).toBe(0);
	});

	test('expire after seven days', async () => {
		const { browser, token } = await steps.submitAndMail();
		gate.pass(7 * DAY_MS);
		expect(await steps.confirm(browser, token)).toEqual({ status: 'expired', subject: 'white_papers:p1' });
		expect((await browser.who()).isVerified).toBe(false);
	});

	test('pressed twice confirm once', async () => {
		const { browser, token } = await steps.submitAndMail();
		await steps.confirm(browser, token);
		const before = await everything();
		gate.pass(MINUTE_MS);
		expect(await steps.confirm(browser, token)).toMatchObject({ status: 'confirmed' });
		expect(await everything()).toEqual(before);
		expect((await gate.db.read.select().from(grant))[0]?.confirmedAt).toEqual(new Date('2026-03-02T09:00:00Z'));
	});

	test('to a file work for fifteen minutes, and not after the grant is revoked', async () => {
		const { browser, token } = await steps.submitAndMail();
		await steps.confirm(browser, token);
		const granted = await gate.gating.access.requestDownload(await browser.who(), P1, 'en');
		const file = granted.status === 'granted' ? granted.url.replace('/d/', '') : '';
		await gate.db.write(async (tx) => void (await tx.update(grant).set({ revokedAt: gate.clock.at })));
		expect(await gate.gating.access.openDownload(file, await browser.who())).toEqual({ status: 'refused' });
		await gate.db.write(async (tx) => void (await tx.update(grant).set({ revokedAt: null })));
		gate.pass(15 * MINUTE_MS);
		expect(await gate.gating.access.openDownload(file, await browser.who())).toEqual({ status: 'expired' });
	});
});

describe('the same request again', () => {
	test('from a double click sends one mail', async () => {
		const who = await gate.browser().who();
		await Promise.all([gate.gating.forms.submit(gate.form(who)), gate.gating.forms.submit(gate.form(who))]);
		await gate.deliver();
		expect(gate.mails).toHaveLength(1);
		expect(await rows(person)).toBe(1);
		expect(await rows(lead)).toBe(1);
		expect(await rows(event)).toBe(1);
	});

	test('sends a new mail after ten minutes', async () => {
		await steps.submitAndMail();
		gate.pass(11 * MINUTE_MS);
		await steps.submitAndMail();
		expect(gate.mails).toHaveLength(2);
	});

	test('under one Idempotency-Key is stored once, with the same answer', async () => {
		const form = gate.form(await gate.browser().who(), {}, { idempotencyKey: 'key-1' });
		const first = await gate.gating.forms.submit(form);
		gate.pass(30 * MINUTE_MS);
		expect(await gate.gating.forms.submit(form)).toEqual(first);
		expect(await rows(formSubmission)).toBe(1);
	});

	test('with another body under the same key is a conflict', async () => {
		const who = await gate.browser().who();
		await gate.gating.forms.submit(gate.form(who, {}, { idempotencyKey: 'key-1' }));
		for (const answers of [{ company: 'Other' }, { email: 'other@packline.example' }]) {
			await expect(gate.gating.forms.submit(gate.form(who, answers, { idempotencyKey: 'key-1' }))).rejects.toMatchObject({ code: 'conflict' });
		}
	});
});
