import ICAL from 'ical.js';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

import type { Webinar } from '#cms/content.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { occurrence, registration } from '../../webinar/schema.ts';

let hall: Hall;
afterEach(() => hall.close());

const none = { en: '', 'zh-CN': '' };
const SECOND = '2026-03-05T10:00:00Z';
const twice = (over: Partial<Webinar> = {}): Webinar =>
	aWebinar({ sessions: [{ startsAt: new Date(SECOND), capacity: 2, place: none }], capacity: 1, ...over });
const sessions = async () =>
	(await hall.gate.db.read.select().from(occurrence)).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()).map((row) => row.id);
const states = async () =>
	(await hall.gate.db.read.select({ state: registration.state, occurrenceId: registration.occurrenceId }).from(registration)).map((row) => row);
const subjects = () => hall.mails.map(({ subject }) => subject);
const entryOf = (at: number) => {
	const content = hall.mails.at(at)?.calendar?.content ?? '';
	const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
	const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
	return {
		method: calendar.getFirstPropertyValue('method'),
		uid: event.uid,
		sequence: event.sequence,
		starts: event.startDate.toJSDate().toISOString(),
	};
};

describe('several sessions of one programme', () => {
	test('each has seats of its own, and the visitor chooses', async () => {
		hall = await createHall([twice()]);
		const [first = '', second = ''] = await sessions();
		expect((await hall.hall.view('sizing'))?.upcoming).toMatchObject([
			{ id: first, seats: 'open', capacity: 1 },
			{ id: second, seats: 'open', capacity: 2 },
		]);
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ada@plant.example' }, { occurrenceId: first }));
		expect(await hall.hall.view('sizing')).toMatchObject({ seats: 'open', upcoming: [{ seats: 'waiting' }, { seats: 'open' }] });
		const outcome = await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ben@plant.example' }, { occurrenceId: second }));
		expect(outcome).toMatchObject({ status: 'registered', occurrenceId: second });
		// Who names no date gets one with a free seat.
		expect(await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'cleo@plant.example' }))).toMatchObject({
			status: 'registered',
			occurrenceId: second,
		});
	});

	test('one held elsewhere has the zone of its place, in pages and mails; the others that of the webinar', async () => {
		const elsewhere = (timeZone: string) => twice({ sessions: [{ startsAt: new Date(SECOND), capacity: 2, place: none, timeZone }] });
		hall = await createHall([elsewhere('Asia/Shanghai')]);
		const [, second = ''] = await sessions();
		expect((await hall.hall.view('sizing'))?.upcoming.map(({ timeZone }) => timeZone)).toEqual(['Europe/Zurich', 'Asia/Shanghai']);
		await hall.attend('ada@plant.example', { occurrenceId: second, timeZone: 'Asia/Shanghai' });
		expect(hall.mails.at(-1)?.text).toContain('18:00');
		expect(await hall.publish([elsewhere('Asia/Tokyo')])).toBe(1);
		expect((await hall.hall.view('sizing'))?.upcoming[1]).toMatchObject({ id: second, timeZone: 'Asia/Tokyo' });
	});

	test('a date that the editor changes moves its own session; one that is struck is called off; the other stays', async () => {
		hall = await createHall([twice()]);
		const [first = '', second = ''] = await sessions();
		await hall.attend('ada@plant.example', { occurrenceId: first });
		await hall.attend('ben@plant.example', { occurrenceId: second });
		await hall.publish([twice({ sessions: [{ startsAt: new Date('2026-03-06T10:00:00Z'), capacity: 2, place: none }] })]);
		await hall.deliver();
		expect(hall.mails.at(-1)).toMatchObject({ to: 'ben@plant.example', subject: 'New time: Sizing a servo axis' });
		await hall.publish([twice({ sessions: [] })]);
		hall.gate.pass(11 * 60_000);
		await hall.deliver();
		expect(hall.mails.at(-1)).toMatchObject({ to: 'ben@plant.example', subject: 'Called off: Sizing a servo axis' });
		expect(hall.mails.filter(({ to }) => to === 'ada@plant.example')).toHaveLength(1);
	});

	test('a session may begin when another one did that was moved away', async () => {
		hall = await createHall([aWebinar()]);
		await hall.publish([aWebinar({ startsAt: new Date(SECOND) })]);
		await hall.publish([
			twice({ startsAt: new Date(SECOND), sessions: [{ startsAt: new Date('2026-03-03T10:00:00Z'), capacity: null, place: none }] }),
		]);
		expect((await hall.hall.view('sizing'))?.upcoming.map(({ startsAt }) => startsAt.toISOString())).toEqual([
			'2026-03-03T10:00:00.000Z',
			'2026-03-05T10:00:00.000Z',
		]);
	});
});

describe('golden: a registrant changes the session', () => {
	test('keeps link and calendar entry, frees the old seat, and is reminded of the new date only', async () => {
		hall = await createHall([twice()]);
		const [first = '', second = ''] = await sessions();
		const browser = await hall.attend('ada@plant.example', { occurrenceId: first });
		const link = hall.lastToken();
		const before = entryOf(-1);
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ben@plant.example' }, { occurrenceId: first }));
		await hall.deliver();

		expect(await hall.hall.join.change(link, second, await browser.use())).toEqual({ status: 'changed' });
		await hall.deliver();
		expect(subjects()).toContain('Your new date: Sizing a servo axis');
		expect(subjects()).toContain('A seat is free for you: Sizing a servo axis');
		const at = hall.mails.findIndex(({ subject }) => subject.startsWith('Your new date'));
		expect(entryOf(at)).toMatchObject({ method: 'REQUEST', uid: before.uid, starts: '2026-03-05T10:00:00.000Z' });
		expect(entryOf(at).sequence).toBeGreaterThan(before.sequence);

		hall.at('2026-03-03T10:01:00Z');
		await hall.deliver();
		expect(subjects().filter((subject) => /^(In|Starting)/.test(subject))).toEqual([]);
		for (const instant of ['2026-03-04T10:00:00Z', '2026-03-05T08:00:00Z', SECOND]) {
			hall.at(instant);
			await hall.deliver();
		}
		expect(subjects().filter((subject) => /^(In|Starting)/.test(subject))).toEqual([
			'In one day: Sizing a servo axis',
			'In two hours: Sizing a servo axis',
			'Starting now: Sizing a servo axis',
		]);
	});

	test('to and fro: each time a later version of the entry, and reminders once', async () => {
		hall = await createHall([twice()]);
		const [first = '', second = ''] = await sessions();
		const browser = await hall.attend('ada@plant.example', { occurrenceId: first });
		const link = hall.lastToken();
		const sequences = [entryOf(-1).sequence];
		for (const to of [second, first, second]) {
			expect(await hall.hall.join.change(link, to, await browser.use())).toEqual({ status: 'changed' });
			await hall.deliver();
			sequences.push(entryOf(-1).sequence);
		}
		await hall.hall.join.cancel(link, await browser.use());
		await hall.deliver();
		sequences.push(entryOf(-1).sequence);
		expect(entryOf(-1).method).toBe('CANCEL');
		expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
		expect(await states()).toEqual([{ state: 'cancelled', occurrenceId: second }]);
	});

	test.each([
		['full', 'full'],
		['of another webinar', 'unknown'],
		['made up', 'unknown'],
	])('keeps the seat when the other date is %s', async (what, status) => {
		hall = await createHall([twice(), aWebinar({ id: 'w2', slug: 'other', startsAt: new Date('2026-03-04T10:00:00Z') })]);
		const [first = '', other = '', second = ''] = await sessions();
		await hall.attend('ben@plant.example', { occurrenceId: first });
		const browser = await hall.attend('ada@plant.example', { occurrenceId: second });
		const target = what === 'full' ? first : what === 'made up' ? 'nowhere' : other;
		expect(await hall.hall.join.change(hall.lastToken(), target, await browser.use())).toEqual({ status });
		expect(await states()).toContainEqual({ state: 'registered', occurrenceId: second });
	});
});

describe('the host decides', () => {
	const host = { actor: 'staff:s1', origin: '' };
	const pendings = async () =>
		(
			await hall.gate.db.read
				.select({ id: registration.id })
				.from(registration)
				.where(eq(registration.state, 'pending'))
				.orderBy(registration.registeredAt)
		).map(({ id }) => id);

	test('approved in the order they came: seats first, then the line; who is declined is told', async () => {
		hall = await createHall([aWebinar({ needsApproval: true, capacity: 1 })]);
		for (const name of ['ada', 'ben', 'cleo']) {
			hall.gate.pass(1_000);
			const outcome = await hall.hall.register(await hall.input(hall.gate.browser(), { email: `${name}@plant.example` }));
			expect(outcome).toMatchObject({ status: 'pending', isOwn: false });
		}
		await hall.deliver();
		expect(subjects()).toEqual(Array(3).fill('We have your registration: Sizing a servo axis'));
		expect(hall.mails.every(({ calendar }) => calendar === undefined)).toBe(true);
		const id = await hall.occurrenceId();
		const [ada = '', ben = '', cleo = ''] = await pendings();
		expect(await hall.hall.decide(id, [cleo], 'decline', host)).toBe(1);
		expect(await hall.hall.decide(id, [ben, ada], 'approve', host)).toBe(2);
		expect(await hall.hall.decide(id, [ben, ada], 'approve', host)).toBe(0);
		await hall.deliver();
		const last = (name: string) => hall.mails.findLast(({ to }) => to === `${name}@plant.example`);
		expect(last('ada')).toMatchObject({ subject: 'You are registered: Sizing a servo axis', calendar: { method: 'REQUEST' } });
		expect(last('ben')?.subject).toBe('Waiting list: Sizing a servo axis');
		expect(last('cleo')?.subject).toBe('Your registration: Sizing a servo axis');
	});

	test('whoever is declined after they had a seat loses it, and the entry in their calendar; the line moves up', async () => {
		hall = await createHall([aWebinar({ needsApproval: true, capacity: 1 })]);
		for (const name of ['ada', 'ben']) {
			hall.gate.pass(1_000);
			await hall.hall.register(await hall.input(hall.gate.browser(), { email: `${name}@plant.example` }));
		}
		const id = await hall.occurrenceId();
		const ids = await pendings();
		await hall.hall.decide(id, ids, 'approve', host);
		await hall.deliver();
		await hall.hall.decide(id, ids.slice(0, 1), 'decline', host);
		await hall.deliver();
		expect(hall.mails.find(({ subject }) => subject.startsWith('Your registration'))).toMatchObject({ calendar: { method: 'CANCEL' } });
		expect(subjects()).toContain('A seat is free for you: Sizing a servo axis');
	});

	test('ids of another occurrence change nothing', async () => {
		hall = await createHall([twice({ needsApproval: true })]);
		const [first = '', second = ''] = await sessions();
		await hall.hall.register(await hall.input(hall.gate.browser(), {}, { occurrenceId: first }));
		expect(await hall.hall.decide(second, await pendings(), 'approve', host)).toBe(0);
		expect(await pendings()).toHaveLength(1);
	});
});
