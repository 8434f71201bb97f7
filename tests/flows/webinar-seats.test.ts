import { count, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

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

	test('a free seat goes to whoever waits longest', async () => {
		hall = await createHall([aWebinar({ capacity: 1 })]);
		const owner = hall.gate.browser();
		await hall.hall.register(await hall.input(owner, { email: 'first@plant.example' }));
		await hall.deliver();
		const first = hall.lastToken();
		for (const email of ['second@plant.example', 'third@plant.example']) {
			hall.gate.pass(1_000);
			expect(await hall.hall.register(await hall.input(hall.gate.browser(), { email }))).toMatchObject({ status: 'waiting' });
		}
		await hall.deliver();
		await hall.hall.join.cancel(first, await owner.use());
		await hall.deliver();
		const confirmed = hall.mails.filter(({ subject }) => subject.startsWith('You are registered')).map(({ to }) => to);
		expect(confirmed).toEqual(['first@plant.example', 'second@plant.example']);
		expect(await hall.hall.view('sizing')).toMatchObject({ seats: 'waiting' });
	});

	test('the seat of somebody who is erased goes to whoever waits', async () => {
		hall = await createHall([aWebinar({ capacity: 1 })]);
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'first@plant.example' }));
		const [first] = await hall.gate.db.read.select({ personId: registration.personId }).from(registration);
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'second@plant.example' }));
		await hall.deliver();
		await hall.gate.db.write((tx) => hall.hall.personalData.erase(tx, first?.personId ?? ''));
		await hall.deliver();
		expect(hall.mails.at(-1)).toMatchObject({ to: 'second@plant.example', subject: 'You are registered: Sizing a servo axis' });
	});

	test('more seats in the CMS let the waiting in', async () => {
		hall = await createHall([aWebinar({ capacity: 1 })]);
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'first@plant.example' }));
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'second@plant.example' }));
		await hall.publish([aWebinar({ capacity: 2 })]);
		await hall.deliver();
		expect(hall.mails.at(-1)).toMatchObject({ to: 'second@plant.example', subject: 'You are registered: Sizing a servo axis' });
	});

	test('after the end it is closed', async () => {
		hall = await createHall();
		hall.at('2026-03-03T10:03:00Z');
		expect(await hall.hall.register(await hall.input(hall.gate.browser()))).toEqual({ status: 'closed' });
		expect(await hall.hall.view('sizing')).toMatchObject({ status: 'ended', seats: 'closed' });
	});
});
