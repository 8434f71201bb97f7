import { and, count, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

import { outbox } from '#kernel/schema.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { event, formSubmission } from '../../gating/schema.ts';
import { occurrence, registration } from '../../webinar/schema.ts';

let hall: Hall;
afterEach(() => hall.close());

const waitingMails = async () =>
	(
		await hall.gate.db.read
			.select({ payload: outbox.payload, dueAt: outbox.dueAt })
			.from(outbox)
			.where(and(eq(outbox.kind, 'webinar-mail'), eq(outbox.state, 'waiting')))
	)
		.map(({ payload, dueAt }) => ({ template: String(payload['template']), dueAt: dueAt.toISOString() }))
		.sort((a, b) => a.dueAt.localeCompare(b.dueAt));
const subjects = () => hall.mails.map(({ subject }) => subject);

describe('a stranger registers', () => {
	test('gets the confirmation at once, with calendar entry and personal link', async () => {
		hall = await createHall();
		const browser = hall.gate.browser();
		const outcome = await hall.hall.register(await hall.input(browser));
		expect(outcome).toMatchObject({ status: 'registered', isOwn: false });
		await hall.deliver();
		expect(hall.mails).toHaveLength(1);
		const [mail] = hall.mails;
		expect(mail).toMatchObject({ to: 'ada.keller@packline.example', subject: 'You are registered: Sizing a servo axis' });
		expect(mail?.text).toMatch(/Tuesday,? 3 March 2026 at 11:00 CET/);
		expect(mail?.text).toContain(`https://hub.example/j/${hall.lastToken()}`);
		expect(mail?.calendar?.method).toBe('REQUEST');
		expect(mail?.calendar?.content.replaceAll('\r\n ', '')).toContain(`URL:https://hub.example/j/${hall.lastToken()}`);
	});

	test('in Chinese, with Chinese words in the mail', async () => {
		hall = await createHall();
		await hall.hall.register(await hall.input(hall.gate.browser(), { name: '王磊' }, { locale: 'zh-CN', timeZone: 'Asia/Shanghai' }));
		await hall.deliver();
		expect(hall.mails[0]?.subject).toMatch(/^报名成功/);
		expect(hall.mails[0]?.text).toContain('18:00');
		expect(hall.mails[0]?.text).toContain('https://hub.example/zh-CN/j/');
	});

	test('is told what is missing: company and job title are required', async () => {
		hall = await createHall();
		const outcome = await hall.hall.register(await hall.input(hall.gate.browser(), { company: '', jobTitle: '' }));
		expect(outcome).toMatchObject({ status: 'invalid', errors: [{ field: 'company' }, { field: 'jobTitle' }] });
	});

	test('twice: one registration, the same answer, and the confirmation again, once for the same words', async () => {
		hall = await createHall();
		const once = async () => ({ ...(await hall.hall.register(await hall.input(hall.gate.browser()))), setCookies: [] });
		const first = await once();
		expect(await once()).toEqual(first);
		expect(await once()).toEqual(first);
		await hall.deliver();
		expect(hall.mails).toHaveLength(2);
		expect(await hall.gate.db.read.select({ n: count() }).from(registration)).toEqual([{ n: 1 }]);
		expect(await hall.gate.db.read.$count(formSubmission)).toBe(1);
		hall.gate.pass(60_000);
		await once();
		expect(await hall.gate.db.read.$count(formSubmission)).toBe(2);
	});

	test('keeps nothing personal in the outbox', async () => {
		hall = await createHall();
		await hall.hall.register(await hall.input(hall.gate.browser()));
		const rows = await hall.gate.db.read.select().from(outbox);
		expect(JSON.stringify(rows)).not.toMatch(/keller|packline|hub\.example/i);
	});

	test('a machine that fills the hidden field is answered and forgotten', async () => {
		hall = await createHall();
		expect(await hall.hall.register(await hall.input(hall.gate.browser(), {}, { trap: { honeypot: 'x', challenge: null } }))).toMatchObject({
			status: 'registered',
		});
		expect(await hall.gate.db.read.select({ n: count() }).from(registration)).toEqual([{ n: 0 }]);
	});
});

describe('the personal link', () => {
	test('shown or scanned changes nothing; the button verifies the person and counts the registration', async () => {
		hall = await createHall();
		const browser = hall.gate.browser();
		await hall.hall.register(await hall.input(browser));
		await hall.deliver();
		expect(await hall.hall.join.peek(hall.lastToken(), await browser.who())).toMatchObject({ status: 'ready', slug: 'sizing', name: 'Ada Keller' });
		expect(await hall.gate.db.read.select({ n: count() }).from(event)).toEqual([{ n: 0 }]);

		const outcome = await hall.hall.join.accept(hall.lastToken(), await browser.use());
		if (outcome.status !== 'joined') throw new Error(outcome.status);
		browser.take(outcome.setCookies);
		expect(await browser.who()).toMatchObject({ isVerified: true, givenName: 'Ada' });
		const events = await hall.gate.db.read.select({ type: event.type, subject: event.subject }).from(event);
		expect(events).toContainEqual({ type: 'webinar.registered', subject: 'webinars:w1' });
		await hall.hall.join.accept(hall.lastToken(), await browser.use());
		expect((await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.registered'))).length).toBe(1);
	});

	test('used again does not make a stranger’s later words the registrant’s', async () => {
		hall = await createHall();
		const browser = await hall.attend('ada@plant.example');
		const link = hall.lastToken();
		const { personId } = await browser.who();
		hall.gate.pass(60_000);
		await hall.hall.register(
			await hall.input(hall.gate.browser(), { email: 'ada@plant.example', name: 'Mallory' }, { consents: ['marketing.email'] }),
		);
		expect(await hall.hall.join.accept(link, await browser.use())).toMatchObject({ status: 'joined' });
		expect(await hall.gate.gating.people.contact(personId ?? '')).toMatchObject({ name: 'ada' });
		expect(await hall.gate.gating.consents.of(personId ?? '')).not.toContainEqual(expect.objectContaining({ purpose: 'marketing.email' }));
	});

	test.each(['', 'x', 'eA.AAAA', 'a'.repeat(2_000)])('forged as %j opens nothing', async (token) => {
		hall = await createHall();
		expect(await hall.hall.join.peek(token, await hall.gate.browser().who())).toEqual({ status: 'unknown' });
		expect(await hall.hall.join.accept(token, await hall.gate.browser().use())).toEqual({ status: 'unknown' });
		expect(await hall.hall.join.cancel(token, await hall.gate.browser().use())).toEqual({ status: 'unknown' });
	});

	test('cancels: calendar told, reminders withdrawn, and registering again starts anew', async () => {
		hall = await createHall();
		const browser = hall.gate.browser();
		await hall.hall.register(await hall.input(browser));
		await hall.deliver();
		const uid = /UID:(\S+)/.exec(hall.mails[0]?.calendar?.content ?? '')?.[1];
		expect(await hall.hall.join.cancel(hall.lastToken(), await browser.use())).toEqual({ status: 'cancelled' });
		expect(await hall.hall.join.cancel(hall.lastToken(), await browser.use())).toEqual({ status: 'cancelled' });
		await hall.deliver();
		expect(hall.mails).toHaveLength(2);
		expect(hall.mails[1]?.calendar).toMatchObject({ method: 'CANCEL' });
		expect(hall.mails[1]?.calendar?.content).toContain(`UID:${uid}`);
		expect(await waitingMails()).toEqual([]);

		hall.gate.pass(1_000);
		expect(await hall.hall.register(await hall.input(hall.gate.browser()))).toMatchObject({ status: 'registered' });
		expect((await waitingMails()).map(({ template }) => template)).toEqual(['confirmation', 'reminder-day', 'reminder-hours', 'reminder-start']);
	});
});

describe('reminders', () => {
	test('a day before, two hours before and at the start, each once', async () => {
		hall = await createHall();
		await hall.hall.register(await hall.input(hall.gate.browser()));
		await hall.deliver();
		for (const instant of ['2026-03-02T10:00:01Z', '2026-03-03T08:00:01Z', '2026-03-03T10:00:01Z', '2026-03-03T10:01:00Z']) {
			hall.at(instant);
			await hall.deliver();
		}
		expect(subjects()).toEqual(['You are registered', 'In one day', 'In two hours', 'Starting now'].map((start) => `${start}: Sizing a servo axis`));
	});

	test('golden (f): registered five hours before, no "tomorrow"', async () => {
		hall = await createHall();
		hall.at('2026-03-03T05:00:00Z');
		await hall.hall.register(await hall.input(hall.gate.browser()));
		expect((await waitingMails()).map(({ template }) => template)).toEqual(['confirmation', 'reminder-hours', 'reminder-start']);
	});

	test('a moved webinar moves them, tells everybody, and raises SEQUENCE of the same entry', async () => {
		hall = await createHall();
		await hall.hall.register(await hall.input(hall.gate.browser()));
		await hall.deliver();
		expect(await hall.publish([aWebinar({ startsAt: new Date('2026-03-05T14:00:00Z') })])).toBe(1);
		await hall.deliver();
		expect(subjects()[1]).toBe('New time: Sizing a servo axis');
		const [before, after] = hall.mails.map(({ calendar }) => calendar?.content ?? '');
		expect(/UID:\S+/.exec(after ?? '')?.[0]).toBe(/UID:\S+/.exec(before ?? '')?.[0]);
		expect(Number(/SEQUENCE:(\d+)/.exec(after ?? '')?.[1])).toBeGreaterThan(Number(/SEQUENCE:(\d+)/.exec(before ?? '')?.[1]));
		expect(await waitingMails()).toEqual([
			{ template: 'reminder-day', dueAt: '2026-03-04T14:00:00.000Z' },
			{ template: 'reminder-hours', dueAt: '2026-03-05T12:00:00.000Z' },
			{ template: 'reminder-start', dueAt: '2026-03-05T14:00:00.000Z' },
		]);
	});

	test('a webinar taken off line is called off after ten minutes; put back before, nobody hears of it', async () => {
		hall = await createHall();
		await hall.hall.register(await hall.input(hall.gate.browser()));
		await hall.deliver();
		await hall.publish([]);
		await hall.deliver();
		hall.gate.pass(5 * 60_000);
		await hall.publish([aWebinar()]);
		hall.gate.pass(6 * 60_000);
		await hall.deliver();
		expect(subjects()).toHaveLength(1);
		expect((await waitingMails()).map(({ template }) => template)).toEqual(['reminder-day', 'reminder-hours', 'reminder-start']);

		await hall.hall.syncSchedule({ ...hall.deps.content(), webinars: [], revision: 0 });
		hall.gate.pass(11 * 60_000);
		await hall.deliver();
		expect(subjects(), 'content that was not read yet calls nothing off').toHaveLength(1);

		await hall.publish([]);
		hall.gate.pass(11 * 60_000);
		await hall.deliver();
		expect(subjects()[1]).toBe('Called off: Sizing a servo axis');
		expect(await waitingMails()).toEqual([]);
	});
});

test('a confirmation held up on its way survives a change of the schedule, and says the new time', async () => {
	hall = await createHall();
	await hall.hall.register(await hall.input(hall.gate.browser()));
	await hall.publish([]);
	await hall.publish([aWebinar()]);
	await hall.deliver();
	expect(subjects()).toEqual(['You are registered: Sizing a servo axis']);
	expect(hall.mails[0]?.calendar?.content).toContain('DTSTART:20260303T100000Z');
});

test('on demand: a watch link and no calendar file', async () => {
	hall = await createHall([aWebinar({ mode: 'on-demand', startsAt: null })]);
	expect(await hall.hall.register(await hall.input(hall.gate.browser()))).toMatchObject({ status: 'registered' });
	await hall.deliver();
	expect(hall.mails).toHaveLength(1);
	expect(hall.mails[0]).toMatchObject({ subject: 'Your recording: Sizing a servo axis' });
	expect(hall.mails[0]?.calendar).toBeUndefined();
	expect(hall.mails[0]?.text).toContain('/j/');
});

test('a daily webinar has its next days, and copying the schedule again changes nothing', async () => {
	hall = await createHall([aWebinar({ repeats: 'daily', startsAt: new Date('2026-03-01T10:00:00Z') })]);
	const starts = async () =>
		(await hall.gate.db.read.select({ startsAt: occurrence.startsAt }).from(occurrence)).map(({ startsAt }) => startsAt.toISOString()).sort();
	expect(await starts()).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z', '2026-03-04T10:00:00.000Z']);
	expect(await hall.publish([aWebinar({ repeats: 'daily', startsAt: new Date('2026-03-01T10:00:00Z') })])).toBe(0);
	hall.gate.pass(86_400_000);
	expect(await hall.publish([aWebinar({ repeats: 'daily', startsAt: new Date('2026-03-01T10:00:00Z') })])).toBe(1);
	expect((await starts()).at(-1)).toBe('2026-03-05T10:00:00.000Z');
});
