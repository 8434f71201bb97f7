import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

import type { Webinar } from '#cms/content.ts';
import { systemRandom } from '#kernel/id.ts';
import { silentLog as log } from '#kernel/log.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { outbox } from '#kernel/schema.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

let hall: Hall;
afterEach(() => hall.close());

const worker = (handlers = hall.hall.handlers) =>
	createOutbox({ db: hall.gate.db, now: () => hall.gate.clock.at, random: systemRandom, log, handlers });
const reminders = () => hall.mails.filter(({ subject }) => /^(In|Starting|还有|现在)/.test(subject));
const registered = async (people: number, over: Partial<Webinar> = {}, timeZone = 'Europe/Berlin', locale: 'en' | 'zh-CN' = 'en') => {
	hall = await createHall([aWebinar(over)]);
	for (let at = 0; at < people; at += 1)
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: `p${at}@plant${at}.example` }, { timeZone, locale }));
	await hall.deliver();
};

describe('golden: each reminder exactly once', () => {
	test('by two workers that race for the same rows', async () => {
		await registered(30);
		hall.at('2026-03-02T10:00:01Z');
		const [one, other] = [worker(), worker(hall.secondHub().handlers)];
		const tried = await Promise.all([one.runDue(), other.runDue(), one.runDue(), other.runDue()]);
		expect(tried.reduce((sum, n) => sum + n, 0)).toBe(30);
		expect(reminders()).toHaveLength(30);
		expect(new Set(reminders().map(({ to }) => to)).size).toBe(30);
	});

	test('by a worker that dies between taking a row and sending: another one sends it once its claim has run out', async () => {
		await registered(1);
		hall.at('2026-03-02T10:00:01Z');
		// It takes the row and is never heard of again.
		const dying = worker({ 'webinar-mail': () => new Promise<void>(() => undefined) });
		void dying.runDue();
		await expect.poll(async () => (await hall.gate.db.read.select().from(outbox).where(eq(outbox.attempts, 1))).length).toBeGreaterThan(1);
		await worker().runDue();
		expect(reminders()).toEqual([]);
		hall.gate.pass(121_000);
		await worker().runDue();
		await worker().runDue();
		expect(reminders().map(({ subject }) => subject)).toEqual(['In one day: Sizing a servo axis']);
	});

	test('a mail server that fails is tried again, and the mark that comes next makes the last one void', async () => {
		await registered(1);
		hall.gate.refuse('p0@plant0.example', new Error('421 try later'));
		hall.at('2026-03-02T10:00:01Z');
		for (let at = 0; at < 8; at += 1) {
			await hall.deliver();
			hall.gate.pass(4 * 3_600_000);
		}
		expect(reminders()).toEqual([]);
		expect(await hall.gate.db.read.$count(outbox, eq(outbox.state, 'dead'))).toBe(0);
	});

	test('names its kind, so that limits on how much somebody is sent can be put in', async () => {
		await registered(1);
		const rows = await hall.gate.db.read.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.kind, 'webinar-mail'));
		const kinds = rows.map(({ payload }) => `${String(payload['template'])}: ${String(payload['class'])}`);
		expect(kinds.sort()).toEqual(['confirmation: answer', 'reminder-day: reminder', 'reminder-hours: reminder', 'reminder-start: reminder']);
	});
});

describe('in the zone and language of the registrant', () => {
	test('across the change of clocks a day is 24 hours, and the words say the local hour', async () => {
		// Clocks in Europe go forward in the night before.
		await registered(1, { startsAt: new Date('2026-03-29T08:00:00Z') });
		hall.at('2026-03-28T08:00:01Z');
		await hall.deliver();
		expect(reminders()[0]?.text).toMatch(/Sunday,? 29 March 2026 at 10:00 CEST/);
	});

	test('a start at 23:30 there says that day, not the next', async () => {
		await registered(1, { startsAt: new Date('2026-03-10T15:30:00Z') }, 'Asia/Shanghai', 'zh-CN');
		hall.at('2026-03-09T15:30:01Z');
		await hall.deliver();
		expect(reminders()[0]?.subject).toBe('还有一天：Sizing a servo axis(中)');
		expect(reminders()[0]?.text).toContain('2026年3月10日');
		expect(reminders()[0]?.text).toContain('23:30');
	});
});
