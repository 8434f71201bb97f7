import { count, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

import type { Webinar } from '#cms/content.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { registration } from '../../webinar/schema.ts';

let hall: Hall;
afterEach(() => hall.close());

describe('seats', () => {
	test('200 at once for 50 seats: exactly 50 are registered, 25 wait, the rest are told', async () => {
		hall = await createHall([aWebinar({ capacity: 50 })]);
		const inputs = await Promise.all(Array.from({ length: 200 }, (_, at) => hall.input(hall.gate.browser(), { email: `p${at}@plant${at}.example` })));
		const outcomes = await Promise.all(inputs.map((input) => hall.hall.register(input)));
		const of = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
		expect({ registered: of('registered'), waiting: of('waiting'), full: of('full') }).toEqual({ registered: 50, waiting: 25, full: 125 });
		const [row] = await hall.gate.db.read.select({ n: count() }).from(registration).where(eq(registration.state, 'registered'));
		expect(row?.n).toBe(50);
	});

	/** Ada has the only seat, Ben and Cleo wait in this order. */
	const fullHall = async (over: Partial<Webinar> = {}) => {
		hall = await createHall([aWebinar({ capacity: 1, ...over })]);
		const owner = hall.gate.browser();
		await hall.hall.register(await hall.input(owner, { email: 'ada@plant.example' }));
		await hall.deliver();
		const link = hall.lastToken();
		for (const email of ['ben@plant.example', 'cleo@plant.example']) {
			hall.gate.pass(1_000);
			expect(await hall.hall.register(await hall.input(hall.gate.browser(), { email }))).toMatchObject({ status: 'waiting' });
		}
		await hall.deliver();
		return { owner, link };
	};
	const told = (start: string) => hall.mails.filter(({ subject }) => subject.startsWith(start)).map(({ to }) => to);
	/** The personal link of the newest mail to somebody. */
	const linkOf = (email: string) => /\/j\/(\S+)/.exec(hall.mails.findLast(({ to }) => to === email)?.text ?? '')?.[1] ?? '';

	test('a free seat is offered to whoever waits longest, and is theirs with the button of the mail', async () => {
		const { owner, link } = await fullHall();
		await hall.hall.join.cancel(link, await owner.use());
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual(['ben@plant.example']);
		// A quarter of the 25 hours that are left.
		expect(hall.mails.findLast(({ to }) => to === 'ben@plant.example')?.text).toContain('16:14');
		expect(await hall.hall.join.peek(linkOf('ben@plant.example'), await hall.gate.browser().who())).toMatchObject({
			status: 'offered',
			offeredUntil: new Date('2026-03-02T15:14:02Z'),
		});
		expect(await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'dora@plant.example' }))).toMatchObject({ status: 'waiting' });

		const use = await hall.gate.browser().use('ben@plant.example');
		expect(await hall.hall.join.take(linkOf('ben@plant.example'), use)).toMatchObject({ status: 'joined' });
		await hall.deliver();
		expect(told('You are registered')).toEqual(['ada@plant.example', 'ben@plant.example']);
		expect(hall.mails.findLast(({ subject }) => subject.startsWith('You are registered'))?.calendar?.method).toBe('REQUEST');
		expect(await hall.hall.join.take(linkOf('ben@plant.example'), use)).toMatchObject({ status: 'joined' });
		await hall.deliver();
		expect(told('You are registered')).toHaveLength(2);
	});

	test('an offer that nobody takes goes to the next, and cannot be taken any more', async () => {
		const { owner, link } = await fullHall();
		await hall.hall.join.cancel(link, await owner.use());
		await hall.deliver();
		hall.at('2026-03-02T15:15:00Z');
		const late = linkOf('ben@plant.example');
		expect(await hall.hall.join.take(late, await hall.gate.browser().use('ben@plant.example'))).toEqual({ status: 'lapsed' });
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual(['ben@plant.example', 'cleo@plant.example']);
		expect(await hall.hall.join.take(late, await hall.gate.browser().use('ben@plant.example'))).toEqual({ status: 'lapsed' });
		expect(await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ben@plant.example' }))).toMatchObject({ status: 'waiting' });
	});

	test('who cancels an offer, or a place in line, is no longer asked', async () => {
		const { owner, link } = await fullHall();
		await hall.hall.join.cancel(link, await owner.use());
		await hall.deliver();
		await hall.hall.join.cancel(linkOf('ben@plant.example'), await hall.gate.browser().use('ben@plant.example'));
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual(['ben@plant.example', 'cleo@plant.example']);
		hall.at('2026-03-02T15:20:00Z');
		await hall.deliver();
		expect(told('A seat is free for you')).toHaveLength(2);
	});

	test('shortly before the start a seat is given without asking', async () => {
		const { owner, link } = await fullHall();
		hall.at('2026-03-03T09:10:00Z');
		await hall.hall.join.cancel(link, await owner.use());
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual([]);
		expect(told('You are registered')).toEqual(['ada@plant.example', 'ben@plant.example']);
	});

	test('the seat of somebody who is erased is offered', async () => {
		await fullHall();
		const [first] = await hall.gate.db.read
			.select({ personId: registration.personId })
			.from(registration)
			.where(eq(registration.state, 'registered'));
		await hall.gate.db.write((tx) => hall.hall.personalData.erase(tx, first?.personId ?? ''));
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual(['ben@plant.example']);
	});

	test('more seats in the CMS are offered to the line; without a limit everybody in it is let in', async () => {
		await fullHall();
		await hall.publish([aWebinar({ capacity: 2 })]);
		await hall.deliver();
		expect(told('A seat is free for you')).toEqual(['ben@plant.example']);
		await hall.publish([aWebinar({ capacity: null })]);
		await hall.deliver();
		expect(told('You are registered')).toEqual(['ada@plant.example', 'cleo@plant.example']);
	});

	test('after the end it is closed', async () => {
		hall = await createHall();
		hall.at('2026-03-03T10:03:00Z');
		expect(await hall.hall.register(await hall.input(hall.gate.browser()))).toEqual({ status: 'closed' });
		expect(await hall.hall.view('sizing')).toMatchObject({ status: 'ended', seats: 'closed' });
	});
});
