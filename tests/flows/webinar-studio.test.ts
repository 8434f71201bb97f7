import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { RoomMessage, StudioAct } from '#webinar';
import { audit } from '#kernel/schema.ts';
import { LIVE, poll, studioOf } from '#tests/support/studio.ts';
import { createHall, type Hall } from '#tests/support/webinars.ts';

let hall: Hall;
let studio: Awaited<ReturnType<typeof studioOf>>;
beforeEach(async () => {
	hall = await createHall();
	studio = await studioOf(hall);
});
afterEach(() => hall.close());

const chats = (messages: readonly RoomMessage[]) => messages.flatMap((one) => (one.kind === 'chat' ? [one.text.en] : []));

describe('moderation', () => {
	test('a hidden message is gone for everybody and from replays; shown again it is back in its place', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await studio.does(ada, { kind: 'chat', text: 'rude' });
		await studio.does(ben, { kind: 'chat', text: 'kind' });
		expect(await studio.act({ act: 'hide', seq: 1 })).toEqual({ status: 'done' });
		expect(await studio.act({ act: 'hide', seq: 1 })).toEqual({ status: 'conflict' });
		expect(chats(await studio.seen())).toEqual(['kind']);
		expect(JSON.stringify(await studio.seen())).not.toContain('rude');
		expect((await studio.board()).lines.map(({ showing }) => showing)).toEqual(['hidden', 'shown']);
		await studio.act({ act: 'show', seq: 1 });
		expect(chats(await studio.seen())).toEqual(['rude', 'kind']);
		expect((await studio.seen()).filter(({ kind }) => kind === 'moderation')).toMatchObject([
			{ act: 'hide', of: 1, message: null },
			{ act: 'show', of: 1, message: { text: { en: 'rude' } } },
		]);
	});

	test('held messages are told to their writer and the host alone until they are let through; words of the list hold one', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await studio.act({ act: 'rules', holds: false, words: 'scam\n代开发票' });
		expect(await studio.does(ada, { kind: 'chat', text: 'a ｓｃａｍ' })).toMatchObject({ status: 'accepted', isHeld: true });
		expect(await studio.does(ada, { kind: 'question', text: '代 开 发 票?' })).toMatchObject({ isHeld: true });
		expect(await studio.does(ada, { kind: 'chat', text: 'fine' })).toEqual({ status: 'accepted', seq: 3 });
		await studio.act({ act: 'rules', holds: true, words: '' });
		expect(await studio.does(ada, { kind: 'chat', text: 'anything' })).toMatchObject({ isHeld: true });
		expect(chats(await studio.seen())).toEqual(['fine']);
		const outcome = await hall.hall.room('sizing', await ada.who());
		expect(outcome.status === 'open' && outcome.room.me.unseen.map(({ kind }) => kind)).toEqual(['chat', 'question', 'chat']);
		await studio.act({ act: 'show', seq: 4 });
		expect(chats(await studio.seen())).toEqual(['fine', 'anything']);
	});

	test('who is banned may not talk, vote with words or raise a hand, and may again once it is lifted', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await studio.does(ada, { kind: 'chat', text: 'one' });
		await studio.act({ act: 'ban', seq: 1 });
		const key = await studio.made(poll({ form: 'text' }));
		for (const input of [
			{ kind: 'chat', text: 'two' },
			{ kind: 'question', text: 'two', isPrivate: true },
			{ kind: 'hand', isUp: true },
			{ kind: 'vote', poll: key, text: 'two' },
		] as const)
			expect(await studio.does(ada, input)).toEqual({ status: 'banned' });
		expect((await studio.board()).lines).toMatchObject([{ isBanned: true }]);
		await studio.act({ act: 'lift-ban', seq: 1 });
		expect(await studio.does(ada, { kind: 'chat', text: 'three' })).toMatchObject({ status: 'accepted' });
	});

	test('what a host does is on record, without words', async () => {
		hall.at(LIVE);
		await studio.act({ act: 'say', text: 'Good day to you all' });
		await studio.act({ act: 'rules', holds: true, words: 'secret-word' });
		const entries = await hall.gate.db.read.select().from(audit).where(eq(audit.actor, 'staff:hanna'));
		expect(entries.map(({ action }) => action).sort()).toEqual(['studio.rules', 'studio.say']);
		expect(JSON.stringify(entries)).not.toMatch(/Good day|secret-word/);
		expect(await studio.seen()).toMatchObject([{ kind: 'chat', isHost: true, author: { en: 'Hanna Host' } }]);
	});
});

describe('questions', () => {
	test('each votes once and never for their own; the queue goes by votes; an answer in text reaches everybody', async () => {
		const [ada, ben, eve] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example'), await hall.attend('eve@plant.example')];
		hall.at(LIVE);
		await studio.does(ada, { kind: 'question', text: 'First?' });
		await studio.does(ben, { kind: 'question', text: 'Second?' });
		const [first, second] = (await studio.board()).questions.map(({ id }) => id) as [string, string];
		expect(await studio.does(ben, { kind: 'upvote', question: second })).toEqual({ status: 'already-voted' });
		const both = await Promise.all([studio.does(eve, { kind: 'upvote', question: second }), studio.does(eve, { kind: 'upvote', question: second })]);
		expect(both.map(({ status }) => status).sort()).toEqual(['accepted', 'already-voted']);
		expect(await studio.does(ada, { kind: 'upvote', question: 'nothing' })).toEqual({ status: 'closed' });
		await hall.hall.tick();
		await hall.hall.tick();
		expect((await studio.seen()).filter(({ kind }) => kind === 'question-votes')).toMatchObject([{ votes: { [second]: 1 } }]);
		expect((await studio.board()).questions.map(({ id, votes }) => [id, votes])).toEqual([
			[second, 1],
			[first, 0],
		]);
		await studio.act({ act: 'question', question: second, speaker: 'karin', state: 'answering' });
		await studio.act({ act: 'question', question: second, answer: 'Twice the torque.' });
		expect((await hall.hall.questionsOf(studio.occurrenceId))[0]).toMatchObject({
			text: 'Second?',
			state: 'answered',
			speaker: 'karin',
			answer: 'Twice the torque.',
			votes: 1,
		});
		expect(await studio.does(ada, { kind: 'upvote', question: second })).toEqual({ status: 'closed' });
		expect(await studio.types()).toContain('webinar.question');
	});

	test('one that nobody answered is offered after the end, and its answer is mailed, once', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		for (const text of ['Left open?', 'Answered?', 'Dismissed?']) await studio.does(ada, { kind: 'question', text });
		const { questions } = hall.hall.aftermath;
		const idOf = async (text: string) => (await studio.board()).questions.find((one) => one.text?.en === text)!.id;
		const left = await idOf('Left open?');
		await studio.act({ act: 'question', question: await idOf('Answered?'), answer: 'Yes.' });
		await studio.act({ act: 'question', question: await idOf('Dismissed?'), state: 'dismissed' });
		expect(await questions.list(studio.occurrenceId, true)).toEqual([]);
		hall.at('2026-03-03T11:00:00Z');
		const by = { actor: 'staff:hanna', origin: '' };
		expect(await questions.list(studio.occurrenceId, true)).toMatchObject([{ id: left, question: 'Left open?', wasLive: true, answeredAt: null }]);
		await questions.answer(left, 'It is answered now.', by);
		await expect(questions.answer(left, 'Again', by)).rejects.toMatchObject({ code: 'conflict' });
		expect(await questions.list(studio.occurrenceId, true)).toMatchObject([
			{ question: 'Left open?', answer: 'It is answered now.', wasLive: false },
		]);
		await hall.deliver();
		expect(hall.mails.filter(({ text }) => text?.includes('It is answered now.'))).toHaveLength(1);
	});

	test('a private one is for the host alone', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await studio.does(ada, { kind: 'question', text: 'Between us?', isPrivate: true });
		const id = (await studio.board()).questions[0]?.id ?? '';
		await studio.act({ act: 'question', question: id, answer: 'Yes.' });
		expect(await studio.seen()).toEqual([]);
		expect(await studio.does(ben, { kind: 'upvote', question: id })).toEqual({ status: 'closed' });
		expect(hall.gate.bytes()).not.toContain('Between us?');
	});
});

describe('polls and quiz', () => {
	test('several answers, a sentence and a cloud; results that are kept until it is closed', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		const eve = await hall.attend('eve@plant.example');
		hall.at(LIVE);
		const several = await studio.made(poll({ form: 'multiple', shows: 'closed' }));
		hall.gate.pass(1_000);
		const cloud = await studio.made(poll({ form: 'cloud', options: [] }));
		await studio.does(ada, { kind: 'vote', poll: several, options: [0, 2] });
		await studio.does(ben, { kind: 'vote', poll: several, options: [2] });
		await studio.does(ada, { kind: 'vote', poll: cloud, text: 'Heat, dust' });
		hall.gate.pass(1_000);
		await studio.does(ben, { kind: 'vote', poll: cloud, text: 'heat' });
		await hall.hall.tick();
		const results = async (key: string) => (await studio.seen()).filter((one) => one.kind === 'poll-results' && one.poll === key);
		expect(await results(several)).toEqual([]);
		expect((await studio.board()).polls.find(({ key }) => key === several)?.votes).toEqual([1, 0, 2]);
		expect((await results(cloud)).at(-1)).toMatchObject({
			answers: 2,
			words: [
				{ text: 'Heat', count: 2 },
				{ text: 'dust', count: 1 },
			],
		});
		await studio.act({ act: 'close-poll', poll: several });
		expect((await results(several)).at(-1)).toMatchObject({ votes: [1, 0, 2], answers: 2 });
		expect(await studio.does(eve, { kind: 'vote', poll: several, options: [1] })).toEqual({ status: 'closed' });
		expect(await studio.act({ act: 'close-poll', poll: several })).toEqual({ status: 'conflict' });
		expect(await hall.hall.pollResults(studio.occurrenceId)).toMatchObject([
			{ form: 'multiple', votes: [1, 0, 2] },
			{ form: 'cloud', answers: 2 },
		]);
		expect(hall.gate.bytes()).not.toContain('Heat, dust');
	});

	test('a quiz closes by the hub’s clock, ranks by points, then by time', async () => {
		const [ada, ben, eve] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example'), await hall.attend('eve@plant.example')];
		const late = await hall.attend('late@plant.example');
		hall.at(LIVE);
		const key = await studio.made(poll({ form: 'quiz', correct: [1], seconds: 10, shows: 'closed' }));
		hall.gate.pass(2_000);
		await studio.does(ben, { kind: 'vote', poll: key, options: [1] });
		hall.gate.pass(2_000);
		await studio.does(ada, { kind: 'vote', poll: key, options: [1] });
		await studio.does(eve, { kind: 'vote', poll: key, options: [0] });
		expect(JSON.stringify(await studio.seen())).not.toContain('correct');
		hall.gate.pass(6_000);
		expect(await studio.does(late, { kind: 'vote', poll: key, options: [1] })).toEqual({ status: 'closed' });
		await Promise.all([hall.hall.tick(), hall.secondHub().tick()]);
		const told = await studio.seen();
		expect(told.filter(({ kind }) => kind === 'poll-closed')).toMatchObject([{ correct: [1], at: '2026-03-03T10:00:40.000Z' }]);
		expect(told.filter(({ kind }) => kind === 'ranking')).toMatchObject([
			{
				rows: [
					{ rank: 1, name: { en: 'ben' }, points: 10, tookMs: 2_000 },
					{ rank: 2, name: { en: 'ada' }, tookMs: 4_000 },
				],
			},
		]);
		expect((await hall.hall.quizResults(studio.occurrenceId)).map(({ rank, points }) => [rank, points])).toEqual([
			[1, 10],
			[2, 10],
		]);
	});

	test.each([
		[poll({ question: ' ' }), { field: 'question', code: 'empty' }],
		[poll({ options: ['only one'] }), { field: 'options', code: 'choice' }],
		[poll({ form: 'quiz', correct: [7] }), { field: 'correct', code: 'required' }],
		[{ act: 'plan-draw', title: 'x', rule: {}, prizes: [] } as StudioAct, { field: 'prizes', code: 'choice' }],
		[{ act: 'say', text: 'x'.repeat(1_001) } as StudioAct, { field: 'text', code: 'too-long' }],
	])('what a host leaves out is named: %#', async (input, expected) => {
		hall.at(LIVE);
		expect(await studio.act(input)).toMatchObject({ status: 'invalid', ...expected });
	});
});
