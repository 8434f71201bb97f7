import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { STRANGER } from '#gating';
import type { RoomMessage } from '#webinar';
import { createHall, type Hall } from '#tests/support/webinars.ts';

import { event } from '../../gating/schema.ts';
import { interaction, registration } from '../../webinar/schema.ts';

let hall: Hall;
beforeEach(async () => {
	hall = await createHall();
});
afterEach(() => hall.close());

const LIVE = '2026-03-03T10:00:30Z';
const room = async (browser: Awaited<ReturnType<Hall['attend']>>) => {
	const outcome = await hall.hall.room('sizing', await browser.who());
	if (outcome.status !== 'open') throw new Error(outcome.status);
	return outcome.room;
};
const say = async (browser: Awaited<ReturnType<Hall['attend']>>, text: string, clientId?: string) =>
	hall.hall.interact({ slug: 'sizing', visitor: await browser.who(), kind: 'chat', text, clientId });
const vote = async (browser: Awaited<ReturnType<Hall['attend']>>, poll: string, option: number) =>
	hall.hall.interact({ slug: 'sizing', visitor: await browser.who(), kind: 'vote', poll, option });
const kinds = (messages: readonly RoomMessage[]) => messages.map(({ kind }) => kind);

describe('who may come in', () => {
	test('a registrant, from the doors to the end', async () => {
		const ada = await hall.attend('ada@plant.example');
		const statuses: string[] = [];
		for (const instant of ['2026-03-03T09:44:59Z', '2026-03-03T09:45:00Z', '2026-03-03T10:00:00Z', '2026-03-03T10:02:59Z', '2026-03-03T10:03:00Z']) {
			hall.at(instant);
			const outcome = await hall.hall.room('sizing', await ada.who());
			const admission = await hall.hall.admit('sizing', await ada.who());
			statuses.push(
				`${outcome.status === 'open' ? outcome.room.phase : outcome.status} ${admission.status} ${admission.status === 'admitted' ? String(admission.videoId) : ''}`.trim(),
			);
		}
		expect(statuses).toEqual(['not-open refused', 'doors admitted null', 'live admitted video-1', 'live admitted video-1', 'ended refused']);
	});

	test('not a stranger, not who is waiting or has cancelled', async () => {
		hall.at(LIVE);
		expect((await hall.hall.room('sizing', STRANGER)).status).toBe('registration-required');
		expect(await hall.hall.admit('sizing', STRANGER)).toEqual({ status: 'refused' });
		expect(await hall.hall.admit('nothing', STRANGER)).toEqual({ status: 'unknown' });
		const ada = await hall.attend('ada@plant.example');
		await hall.hall.join.cancel(hall.lastToken(), await ada.use());
		expect((await hall.hall.room('sizing', await ada.who())).status).toBe('registration-required');
		expect((await say(ada, 'hello')).status).toBe('refused');
	});
});

describe('moments of the programme', () => {
	test('appear at their second, each once, with two hubs and after a restart', async () => {
		hall.at('2026-03-03T10:00:04Z');
		await hall.hall.tick();
		expect(await hall.hall.stream.since(await hall.occurrenceId(), 0)).toEqual([]);
		const second = hall.secondHub();
		for (const instant of ['2026-03-03T10:00:05Z', '2026-03-03T10:00:45Z']) {
			hall.at(instant);
			await Promise.all([hall.hall.tick(), second.tick(), hall.hall.tick()]);
		}
		hall.at('2026-03-03T10:03:10Z');
		await hall.secondHub().tick();
		const messages = await hall.hall.stream.since(await hall.occurrenceId(), 0);
		expect(messages.map(({ seq, kind, at }) => [seq, kind, at])).toEqual([
			[1, 'chat', '2026-03-03T10:00:05.000Z'],
			[2, 'poll', '2026-03-03T10:00:45.000Z'],
			[3, 'resource', '2026-03-03T10:02:30.000Z'],
			[4, 'poll-closed', '2026-03-03T10:03:00.000Z'],
		]);
		expect(messages[0]).toMatchObject({ isHost: true, author: { en: 'Karin' }, text: { en: 'Good day.' } });
	});
});

describe('chat', () => {
	test('reaches listeners in order, is kept sealed, and counts as behaviour', async () => {
		const ada = await hall.attend('ada@plant.example');
		const ben = await hall.attend('ben@plant.example');
		hall.at(LIVE);
		const heard: RoomMessage[] = [];
		const end = hall.hall.stream.subscribe(await hall.occurrenceId(), (message) => heard.push(message));
		for (let line = 1; line <= 3; line++) {
			expect(await say(ada, `secret question ${line}`)).toMatchObject({ status: 'accepted' });
			expect(await say(ben, `answer ${line}`)).toMatchObject({ status: 'accepted' });
		}
		end();
		const texts = heard.map((message) => (message.kind === 'chat' ? message.text.en : message.kind));
		expect([...new Set(texts)]).toEqual(['secret question 1', 'answer 1', 'secret question 2', 'answer 2', 'secret question 3', 'answer 3']);
		expect(heard.at(-1)).toMatchObject({ kind: 'chat', author: { en: 'ben' }, isHost: false });
		expect(JSON.stringify(await hall.gate.db.read.select().from(interaction))).not.toContain('secret');
		expect(hall.gate.bytes()).not.toContain('secret question');
		expect((await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.chat'))).length).toBe(6);
	});

	test('is replayed after a number, without gaps, under load', async () => {
		const people = [];
		for (let at = 0; at < 4; at++) people.push(await hall.attend(`p${at}@plant.example`));
		hall.at(LIVE);
		await Promise.all(people.flatMap((browser, at) => Array.from({ length: 5 }, (_, line) => say(browser, `line ${at}.${line}`))));
		const all = await hall.hall.stream.since(await hall.occurrenceId(), 0);
		expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
		expect((await hall.hall.stream.since(await hall.occurrenceId(), 15)).map(({ seq }) => seq)).toEqual([16, 17, 18, 19, 20]);
	});

	test('a message of another hub arrives with the next tick', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at('2026-03-03T10:00:01Z');
		const heard: RoomMessage[] = [];
		const other = hall.secondHub();
		other.stream.subscribe(await hall.occurrenceId(), (message) => heard.push(message));
		await say(ada, 'hello');
		expect(heard).toEqual([]);
		await other.tick();
		expect(kinds(heard)).toEqual(['chat']);
	});

	test.each([
		['', { status: 'invalid', code: 'empty' }],
		['   ', { status: 'invalid', code: 'empty' }],
		['x'.repeat(501), { status: 'invalid', code: 'too-long' }],
		['x'.repeat(1_048_576), { status: 'invalid', code: 'too-long' }],
		['a\u0000b', { status: 'invalid', code: 'characters' }],
		['a\ud800b', { status: 'invalid', code: 'characters' }],
		['<script>alert(1)</script>', { status: 'accepted' }],
		['说明书在哪里?', { status: 'accepted' }],
	])('takes or refuses %#', async (text, outcome) => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		expect(await say(ada, text)).toMatchObject(outcome);
	});

	test('five lines in ten seconds; a repeated post is written once', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await say(ada, 'once', 'c1');
		expect(await say(ada, 'once', 'c1')).toEqual({ status: 'accepted', seq: null });
		for (let line = 0; line < 3; line++) await say(ada, 'more');
		expect(await say(ada, 'too much')).toEqual({ status: 'slow-down', retryAfterSeconds: 10 });
		hall.gate.pass(10_000);
		expect(await say(ada, 'again')).toMatchObject({ status: 'accepted' });
		expect(await hall.gate.db.read.select({ n: count() }).from(interaction)).toEqual([{ n: 5 }]);
	});
});

describe('a poll', () => {
	test('takes one vote of each, and shows results within a second', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		expect(await vote(ada, 'm2', 0)).toEqual({ status: 'closed' });
		hall.at('2026-03-03T10:00:50Z');
		await hall.hall.tick();
		expect(await vote(ada, 'm2', 2)).toEqual({ status: 'invalid', code: 'option' });
		expect(await vote(ada, 'm2', -1)).toEqual({ status: 'invalid', code: 'option' });
		// Which of the two came first is for the database to say.
		const [first, second, other] = await Promise.all([vote(ada, 'm2', 1), vote(ada, 'm2', 1), vote(ben, 'm2', 0)]);
		expect([first.status, second.status].sort()).toEqual(['accepted', 'already-voted']);
		expect(other.status).toBe('accepted');
		await Promise.all([hall.hall.tick(), hall.secondHub().tick()]);
		await hall.hall.tick();
		const messages = await hall.hall.stream.since(await hall.occurrenceId(), 0);
		expect(messages.filter(({ kind }) => kind === 'poll-results')).toEqual([expect.objectContaining({ poll: 'm2', votes: [1, 1] })]);
		expect((await room(ada)).me).toMatchObject({ name: 'ada', votes: { m2: [1] } });
		expect((await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.poll'))).length).toBe(2);
	});
});

test('an erased person leaves no words in the room, and gives the seat back', async () => {
	const ada = await hall.attend('ada@plant.example');
	const personId = (await ada.who()).personId ?? '';
	hall.at(LIVE);
	await say(ada, 'my plant number is 7');
	const exported = await hall.gate.db.write((tx) => hall.hall.personalData.export(tx, personId));
	expect(JSON.stringify(exported)).toContain('my plant number is 7');
	await hall.gate.db.write((tx) => hall.hall.personalData.erase(tx, personId));
	expect(await hall.hall.stream.since(await hall.occurrenceId(), 0)).toMatchObject([{ kind: 'chat', author: null, text: { en: '' } }]);
	expect((await hall.gate.db.read.select({ state: registration.state }).from(registration))[0]?.state).toBe('cancelled');
});
