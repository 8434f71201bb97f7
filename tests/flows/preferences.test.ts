import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS, SECOND_MS } from '#kernel/clock.ts';
import { silentLog } from '#kernel/log.ts';
import { smtpMailer } from '#kernel/mailer.ts';
import { systemRandom } from '#kernel/id.ts';
import { createOutbox, enqueue } from '#kernel/outbox.ts';
import { signToken } from '#kernel/signed-token.ts';
import { aSite, createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { startMailServer } from '#tests/support/smtp.ts';
import { createHall } from '#tests/support/webinars.ts';

import { personByMail } from '../../gating/identity/person.ts';

const ADA = 'ada.keller@packline.example';

const personOf = async (gate: Gate, email = ADA): Promise<string> => (await personByMail(gate.db.read, gate.keys, email))?.id ?? '';
const ownToken = (text: string | undefined): string => /\/u\/([^/\s]+)/.exec(text ?? '')?.[1] ?? '';

/** Mail of the kind that somebody may stop, as mailings will send it. */
const newsOutbox = (gate: Gate) =>
	createOutbox({
		db: gate.db,
		now: () => gate.clock.at,
		random: systemRandom,
		log: silentLog,
		handlers: {
			news: ({ id, payload }) =>
				gate.gating.messages.deliver({
					personId: String(payload['personId']),
					purpose: 'marketing.email',
					locale: 'en',
					compose: ({ label, url }) => ({
						to: ADA,
						subject: 'News',
						text: `${label}: ${url}\n`,
						html: `<p>${label}</p>`,
						messageId: `<${id}@x.example>`,
					}),
				}),
		},
	});
const queueNews = (gate: Gate, personId: string, key: string) =>
	gate.db.write((tx) => enqueue(tx, { kind: 'news', key, payload: { personId }, dueAt: gate.clock.at }, gate.clock.at, systemRandom));

describe('the page behind the link in each mail', () => {
	let gate: Gate;
	let site = aSite();
	beforeEach(async () => {
		site = aSite();
		gate = await createGate({ content: () => site });
	});
	afterEach(() => gate.close());

	/** A confirmed person who wants news. */
	const known = async (): Promise<string> => {
		const steps = stepsOf(gate);
		const { browser, token } = await steps.submitAndMail(gate.browser(), {}, { consents: ['marketing.email', 'profiling'] });
		await steps.confirm(browser, token);
		gate.pass(SECOND_MS);
		return personOf(gate);
	};

	test('is in the foot of the first mail, for whoever the mail went to, and lasts more than a year', async () => {
		await stepsOf(gate).submitAndMail();
		const token = ownToken(gate.mails[0]?.text);
		expect(gate.mails[0]?.html).toContain(`https://hub.example/u/${token}`);
		gate.pass(399 * DAY_MS);
		expect(await gate.gating.preferences.open(token)).toEqual({ status: 'open', personId: await personOf(gate), isProved: false });
		gate.pass(2 * DAY_MS);
		expect(await gate.gating.preferences.open(token)).toEqual({ status: 'expired' });
		expect(await gate.gating.preferences.open(`${token}x`)).toEqual({ status: 'unknown' });
	});

	test('a link of another kind does not open it', async () => {
		const personId = await known();
		for (const purpose of ['confirm', 'download', 'join', 'stop'] as const)
			expect(await gate.gating.preferences.open(signToken(gate.keys, purpose, personId, null))).toEqual({ status: 'unknown' });
	});

	test('shows each purpose with the words that were agreed to, also after the editors changed them', async () => {
		const personId = await known();
		const choices = await gate.gating.preferences.choices(personId, 'en');
		const of = (purpose: string) => choices.find((choice) => choice.purpose === purpose);
		expect(of('marketing.email')).toMatchObject({
			isHeld: true,
			state: 'given',
			how: 'form:paper-default',
			text: 'What marketing.email is for.',
			newText: null,
		});
		site = aSite({ consents: site.consents.map((text) => ({ ...text, text: { ...text.text, en: 'Other words.' } })) });
		const [later] = (await gate.gating.preferences.choices(personId, 'en')).filter(({ purpose }) => purpose === 'marketing.email');
		expect(later).toMatchObject({ text: 'What marketing.email is for.', newText: 'Other words.' });
		expect(of('reminders')).toMatchObject({ isHeld: true, state: 'standing', at: null });
		expect(of('personalisation')).toMatchObject({ isHeld: false, state: 'never' });
		expect(choices.map(({ purpose }) => purpose)).not.toContain('necessary');
	});

	test('ends and gives each purpose by itself, at once', async () => {
		const personId = await known();
		const offered = ['profiling', 'reminders', 'marketing.email', 'personalisation', 'telepathy'];
		const input = { personId, visitorId: null, offered, how: 'link', locale: 'en' } as const;
		expect(await gate.gating.preferences.change({ ...input, chosen: ['personalisation', 'reminders', 'telepathy'] })).toEqual(
			['personalisation', 'profiling', 'marketing.email'].sort((a, b) => offered.indexOf(a) - offered.indexOf(b)),
		);
		gate.pass(SECOND_MS);
		const states = new Map((await gate.gating.consents.of(personId)).map((state) => [state.purpose, state]));
		expect(states.get('marketing.email')).toMatchObject({ given: false, textHash: '', how: 'link' });
		expect(states.get('personalisation')?.textHash).not.toBe('');
		expect(states.has('reminders')).toBe(false);
		expect(await gate.gating.preferences.change({ ...input, chosen: ['personalisation', 'reminders'] })).toEqual([]);
	});

	test('hides the mailbox, so that a forwarded link tells nobody whose it is', async () => {
		expect(await gate.gating.preferences.maskedMail(await known())).toBe('a•••@packline.example');
	});

	test('lets data be fetched and erased only by a link mailed within the hour', async () => {
		const personId = await known();
		await gate.gating.preferences.mailLink(personId, 'proof', 'en');
		await gate.gating.preferences.mailLink(personId, 'proof', 'en');
		const before = gate.mails.length;
		await gate.deliver();
		expect(gate.mails.slice(before).map(({ to, subject }) => [to, subject])).toEqual([[ADA, 'Confirm that it is you']]);
		const proof = ownToken(gate.mails.at(-1)?.text);
		expect(await gate.gating.preferences.open(proof)).toEqual({ status: 'open', personId, isProved: true });
		gate.pass(HOUR_MS + SECOND_MS);
		expect(await gate.gating.preferences.open(proof)).toEqual({ status: 'expired' });
	});

	test('a lost link is mailed again to whoever has the address, and to nobody else', async () => {
		await known();
		const before = gate.mails.length;
		await gate.gating.preferences.mailLinkTo(' Ada.Keller@PACKLINE.example ', 'zh-CN');
		await gate.gating.preferences.mailLinkTo('nobody@packline.example', 'en');
		await gate.deliver();
		expect(gate.mails.slice(before).map(({ to }) => to)).toEqual([ADA]);
		expect(gate.mails.at(-1)?.text).toContain('https://hub.example/zh-CN/u/');
	});

	test('opens for nobody once the person is erased', async () => {
		const personId = await known();
		const token = ownToken(gate.mails[0]?.text);
		await gate.gating.preferences.mailLink(personId, 'link', 'en');
		await gate.gating.privacy.erase(personId, `person:${personId}`);
		expect(await gate.gating.preferences.open(token)).toEqual({ status: 'unknown' });
		const before = gate.mails.length;
		await gate.deliver();
		expect(gate.mails).toHaveLength(before);
	});

	test('takes everything along, as JSON and as one page in either language, and says so in the audit log', async () => {
		const personId = await known();
		const data = JSON.stringify(await gate.gating.privacy.export(personId, `person:${personId}`));
		expect(data).toContain('Ada Keller');
		const page = await gate.gating.privacy.readable(personId, `person:${personId}`, 'en');
		expect(page).toContain('<dt>Name</dt><dd>Ada Keller</dd>');
		expect(page).not.toMatch(/(?:src|href)=|url\(|@import/);
		expect(await gate.gating.privacy.readable(personId, `person:${personId}`, 'zh-CN')).toContain('<dt>姓名</dt><dd>Ada Keller</dd>');
		const { entries } = await gate.gating.report.audit({ subject: `person:${personId}`, cursor: null, limit: 10 });
		expect(entries.filter(({ action, actor }) => action === 'person.export' && actor === `person:${personId}`)).toHaveLength(3);
	});

	test('what is typed cannot become markup in the page taken along', async () => {
		const steps = stepsOf(gate);
		const { browser, token } = await steps.submitAndMail(gate.browser(), { name: '<script>alert(1)</script>' });
		await steps.confirm(browser, token);
		const personId = await personOf(gate);
		expect(await gate.gating.privacy.readable(personId, 'test', 'en')).not.toContain('<script');
	});

	test('ending news also holds back what is queued already, with a reason; what answers the person goes', async () => {
		const personId = await known();
		const outbox = newsOutbox(gate);
		await queueNews(gate, personId, 'news:1');
		await gate.gating.preferences.change({ personId, visitorId: null, offered: ['marketing.email'], chosen: [], how: 'link', locale: 'en' });
		const before = gate.mails.length;
		await outbox.runDue();
		expect(gate.mails).toHaveLength(before);
		expect(await outbox.dropped()).toMatchObject([{ key: 'news:1', state: 'dropped', lastError: 'no-consent' }]);
		expect(await outbox.deadLetters()).toEqual([]);
		await stepsOf(gate).submitAndMail(gate.browser(), {}, { subject: 'white_papers:p2' });
		expect(gate.mails).toHaveLength(before + 1);
	});

	test('mail to somebody erased meanwhile is held back too', async () => {
		const personId = await known();
		await queueNews(gate, personId, 'news:2');
		await gate.gating.privacy.erase(personId, 'test');
		const outbox = newsOutbox(gate);
		await outbox.runDue();
		expect(await outbox.dropped()).toMatchObject([{ key: 'news:2', lastError: 'erased' }]);
	});
});

test('one click in a mail program ends news; showing the page ends nothing (RFC 8058)', async () => {
	const server = await startMailServer();
	const mailer = smtpMailer({ url: server.url, from: 'Halden Drives <hello@halden-drives.example>' });
	const gate = await createGate({ mailer });
	try {
		const outcome = await gate.gating.forms.submit(gate.form(await gate.browser().who(), {}, { consents: ['marketing.email'] }));
		expect(outcome.status).toBe('confirmation-sent');
		await gate.deliver();
		const confirmation = await server.mailTo(ADA);
		expect(confirmation.headers.has('list')).toBe(false);
		expect(confirmation.text).toContain('https://hub.example/u/');
		gate.pass(SECOND_MS);
		await gate.gating.access.confirm(/\/c\/(\S+)/.exec(confirmation.text ?? '')?.[1] ?? '', await gate.browser().use(ADA));

		const personId = await personOf(gate);
		const outbox = newsOutbox(gate);
		await queueNews(gate, personId, 'news:1');
		await outbox.runDue();
		const news = await server.mailTo(ADA, ({ subject }) => subject === 'News');
		expect(news.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
		const list = news.headers.get('list') as unknown as { readonly unsubscribe: { readonly url: string } };
		expect(list.unsubscribe.url).toMatch(/^https:\/\/hub\.example\/u\/stop\//);

		const token = list.unsubscribe.url.split('/').at(-1) ?? '';
		const wants = async () => (await gate.gating.preferences.choices(personId, 'en')).find(({ purpose }) => purpose === 'marketing.email')?.isHeld;
		for (let again = 0; again < 3; again++) expect(await gate.gating.preferences.peekStop(token)).toEqual({ personId, purpose: 'marketing.email' });
		expect(await wants()).toBe(true);
		gate.pass(SECOND_MS);
		expect(await gate.gating.preferences.stop(token)).toEqual({ personId, purpose: 'marketing.email' });
		expect(await wants()).toBe(false);
		expect(await gate.gating.preferences.stop(token)).toEqual({ personId, purpose: 'marketing.email' });
		expect(await gate.gating.preferences.stop(ownToken(confirmation.text))).toBeNull();
		await queueNews(gate, personId, 'news:2');
		await outbox.runDue();
		expect(server.received.filter(({ subject }) => subject === 'News')).toHaveLength(1);
	} finally {
		await mailer.close();
		await gate.close();
		await server.stop();
	}
});

test('reminders of a webinar can be stopped; its confirmation and news of another time cannot', async () => {
	const hall = await createHall();
	try {
		await hall.attend(ADA);
		const confirmation = hall.mails[0];
		expect(confirmation?.headers).not.toHaveProperty('List-Unsubscribe');
		hall.at('2026-03-02T10:00:30Z');
		await hall.deliver();
		const reminder = hall.mails.at(-1);
		expect(reminder?.subject).toContain('Sizing a servo axis');
		const token = /\/u\/stop\/([^>]+)>/.exec(reminder?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
		await hall.gate.gating.preferences.stop(token);
		const sent = hall.mails.length;
		hall.at('2026-03-03T08:00:30Z');
		await hall.deliver();
		expect(hall.mails).toHaveLength(sent);
	} finally {
		await hall.close();
	}
});
