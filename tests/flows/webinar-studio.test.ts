import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Staff } from '#gating';
import type { RoomAct, RoomMessage, StudioAct } from '#webinar';
import { audit } from '#kernel/schema.ts';
import { createHall, type Hall } from '#tests/support/webinars.ts';

import { event, handOver } from '../../gating/schema.ts';
import { commitmentOf, winnersOf } from '../../webinar/interaction/draw/fair.ts';
import { drawEntry, interaction, pollVote } from '../../webinar/schema.ts';

let hall: Hall;
let occurrenceId: string;
beforeEach(async () => {
	hall = await createHall();
	occurrenceId = await hall.occurrenceId();
});
afterEach(() => hall.close());

type Browser = Awaited<ReturnType<Hall['attend']>>;
const LIVE = '2026-03-03T10:00:30Z';
const HOST: Staff = { id: 'hanna', name: 'Hanna Host', role: 'host' };
const host = () => hall.hall.stage.requireHost(HOST, { actor: 'staff:hanna', origin: '' }, occurrenceId);
const act = async (does: StudioAct) => hall.hall.studio.act(await host(), does);
const does = async (browser: Browser, input: RoomAct) => hall.hall.interact({ slug: 'sizing', visitor: await browser.who(), ...input });
const board = async () => (await hall.hall.studio.board(occurrenceId))!;
const seen = () => hall.hall.stream.since(occurrenceId, 0);
const chats = (messages: readonly RoomMessage[]) => messages.flatMap((one) => (one.kind === 'chat' ? [one.text.en] : []));
const types = async () => (await hall.gate.db.read.select({ type: event.type }).from(event)).map(({ type }) => type);
const poll = (over: Partial<Extract<StudioAct, { act: 'plan-poll' }>> = {}): StudioAct => ({
	...{
		act: 'plan-poll',
		opens: true,
		form: 'single',
		question: 'Which?',
		options: ['A', 'B', 'C'],
		correct: [],
		points: 10,
		seconds: 0,
		shows: 'live',
	},
	...over,
});
const made = async (does: StudioAct): Promise<string> => {
	const outcome = await act(does);
	if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
	return outcome.id ?? '';
};

describe('moderation', () => {
	test('a hidden message is gone for everybody and from replays; shown again it is back in its place', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await does(ada, { kind: 'chat', text: 'rude' });
		await does(ben, { kind: 'chat', text: 'kind' });
		expect(await act({ act: 'hide', seq: 1 })).toEqual({ status: 'done' });
		expect(await act({ act: 'hide', seq: 1 })).toEqual({ status: 'conflict' });
		expect(chats(await seen())).toEqual(['kind']);
		expect(JSON.stringify(await seen())).not.toContain('rude');
		expect((await board()).lines.map(({ showing }) => showing)).toEqual(['hidden', 'shown']);
		await act({ act: 'show', seq: 1 });
		expect(chats(await seen())).toEqual(['rude', 'kind']);
		expect((await seen()).filter(({ kind }) => kind === 'moderation')).toMatchObject([
			{ act: 'hide', of: 1, message: null },
			{ act: 'show', of: 1, message: { text: { en: 'rude' } } },
		]);
	});

	test('held messages are told to their writer and the host alone until they are let through; words of the list hold one', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await act({ act: 'rules', holds: false, words: 'scam\n代开发票' });
		expect(await does(ada, { kind: 'chat', text: 'a ｓｃａｍ' })).toMatchObject({ status: 'accepted', isHeld: true });
		expect(await does(ada, { kind: 'question', text: '代 开 发 票?' })).toMatchObject({ isHeld: true });
		expect(await does(ada, { kind: 'chat', text: 'fine' })).toEqual({ status: 'accepted', seq: 3 });
		await act({ act: 'rules', holds: true, words: '' });
		expect(await does(ada, { kind: 'chat', text: 'anything' })).toMatchObject({ isHeld: true });
		expect(chats(await seen())).toEqual(['fine']);
		const outcome = await hall.hall.room('sizing', await ada.who());
		expect(outcome.status === 'open' && outcome.room.me.unseen.map(({ kind }) => kind)).toEqual(['chat', 'question', 'chat']);
		await act({ act: 'show', seq: 4 });
		expect(chats(await seen())).toEqual(['fine', 'anything']);
	});

	test('who is banned may not talk, vote with words or raise a hand, and may again once it is lifted', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await does(ada, { kind: 'chat', text: 'one' });
		await act({ act: 'ban', seq: 1 });
		const key = await made(poll({ form: 'text' }));
		for (const input of [
			{ kind: 'chat', text: 'two' },
			{ kind: 'question', text: 'two', isPrivate: true },
			{ kind: 'hand', isUp: true },
			{ kind: 'vote', poll: key, text: 'two' },
		] as const)
			expect(await does(ada, input)).toEqual({ status: 'banned' });
		expect((await board()).lines).toMatchObject([{ isBanned: true }]);
		await act({ act: 'lift-ban', seq: 1 });
		expect(await does(ada, { kind: 'chat', text: 'three' })).toMatchObject({ status: 'accepted' });
	});

	test('what a host does is on record, without words', async () => {
		hall.at(LIVE);
		await act({ act: 'say', text: 'Good day to you all' });
		await act({ act: 'rules', holds: true, words: 'secret-word' });
		const entries = await hall.gate.db.read.select().from(audit).where(eq(audit.actor, 'staff:hanna'));
		expect(entries.map(({ action }) => action).sort()).toEqual(['studio.rules', 'studio.say']);
		expect(JSON.stringify(entries)).not.toMatch(/Good day|secret-word/);
		expect(await seen()).toMatchObject([{ kind: 'chat', isHost: true, author: { en: 'Hanna Host' } }]);
	});
});

describe('questions', () => {
	test('each votes once and never for their own; the queue goes by votes; an answer in text reaches everybody', async () => {
		const [ada, ben, eve] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example'), await hall.attend('eve@plant.example')];
		hall.at(LIVE);
		await does(ada, { kind: 'question', text: 'First?' });
		await does(ben, { kind: 'question', text: 'Second?' });
		const [first, second] = (await board()).questions.map(({ id }) => id) as [string, string];
		expect(await does(ben, { kind: 'upvote', question: second })).toEqual({ status: 'already-voted' });
		const both = await Promise.all([does(eve, { kind: 'upvote', question: second }), does(eve, { kind: 'upvote', question: second })]);
		expect(both.map(({ status }) => status).sort()).toEqual(['accepted', 'already-voted']);
		expect(await does(ada, { kind: 'upvote', question: 'nothing' })).toEqual({ status: 'closed' });
		await hall.hall.tick();
		await hall.hall.tick();
		expect((await seen()).filter(({ kind }) => kind === 'question-votes')).toMatchObject([{ votes: { [second]: 1 } }]);
		expect((await board()).questions.map(({ id, votes }) => [id, votes])).toEqual([
			[second, 1],
			[first, 0],
		]);
		await act({ act: 'question', question: second, speaker: 'karin', state: 'answering' });
		await act({ act: 'question', question: second, answer: 'Twice the torque.' });
		expect((await hall.hall.questionsOf(occurrenceId))[0]).toMatchObject({
			text: 'Second?',
			state: 'answered',
			speaker: 'karin',
			answer: 'Twice the torque.',
			votes: 1,
		});
		expect(await does(ada, { kind: 'upvote', question: second })).toEqual({ status: 'closed' });
		expect(await types()).toContain('webinar.question');
	});

	test('a private one is for the host alone', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await does(ada, { kind: 'question', text: 'Between us?', isPrivate: true });
		const id = (await board()).questions[0]?.id ?? '';
		await act({ act: 'question', question: id, answer: 'Yes.' });
		expect(await seen()).toEqual([]);
		expect(await does(ben, { kind: 'upvote', question: id })).toEqual({ status: 'closed' });
		expect(hall.gate.bytes()).not.toContain('Between us?');
	});
});

describe('polls and quiz', () => {
	test('several answers, a sentence and a cloud; results that are kept until it is closed', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		const several = await made(poll({ form: 'multiple', shows: 'closed' }));
		const cloud = await made(poll({ form: 'cloud', options: [] }));
		await does(ada, { kind: 'vote', poll: several, options: [0, 2] });
		await does(ben, { kind: 'vote', poll: several, options: [2] });
		await does(ada, { kind: 'vote', poll: cloud, text: 'Heat, dust' });
		hall.gate.pass(1_000);
		await does(ben, { kind: 'vote', poll: cloud, text: 'heat' });
		await hall.hall.tick();
		const results = async (key: string) => (await seen()).filter((one) => one.kind === 'poll-results' && one.poll === key);
		expect(await results(several)).toEqual([]);
		expect((await board()).polls.find(({ key }) => key === several)?.votes).toEqual([1, 0, 2]);
		expect((await results(cloud)).at(-1)).toMatchObject({
			answers: 2,
			words: [
				{ text: 'Heat', count: 2 },
				{ text: 'dust', count: 1 },
			],
		});
		await act({ act: 'close-poll', poll: several });
		expect((await results(several)).at(-1)).toMatchObject({ votes: [1, 0, 2], answers: 2 });
		expect(await does(await hall.attend('eve@plant.example'), { kind: 'vote', poll: several, options: [1] })).toEqual({ status: 'closed' });
		expect(await act({ act: 'close-poll', poll: several })).toEqual({ status: 'conflict' });
		expect(await hall.hall.pollResults(occurrenceId)).toMatchObject([
			{ form: 'multiple', votes: [1, 0, 2] },
			{ form: 'cloud', answers: 2 },
		]);
		expect(hall.gate.bytes()).not.toContain('Heat, dust');
	});

	test('a quiz closes by the hub’s clock, ranks by points, then by time', async () => {
		const [ada, ben, eve] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example'), await hall.attend('eve@plant.example')];
		hall.at(LIVE);
		const key = await made(poll({ form: 'quiz', correct: [1], seconds: 10, shows: 'closed' }));
		hall.gate.pass(2_000);
		await does(ben, { kind: 'vote', poll: key, options: [1] });
		hall.gate.pass(2_000);
		await does(ada, { kind: 'vote', poll: key, options: [1] });
		await does(eve, { kind: 'vote', poll: key, options: [0] });
		expect(JSON.stringify(await seen())).not.toContain('correct');
		hall.gate.pass(6_000);
		expect(await does(await hall.attend('late@plant.example'), { kind: 'vote', poll: key, options: [1] })).toEqual({ status: 'closed' });
		await Promise.all([hall.hall.tick(), hall.secondHub().tick()]);
		const told = await seen();
		expect(told.filter(({ kind }) => kind === 'poll-closed')).toMatchObject([{ correct: [1], at: '2026-03-03T10:00:40.000Z' }]);
		expect(told.filter(({ kind }) => kind === 'ranking')).toMatchObject([
			{
				rows: [
					{ rank: 1, name: { en: 'ben' }, points: 10, tookMs: 2_000 },
					{ rank: 2, name: { en: 'ada' }, tookMs: 4_000 },
				],
			},
		]);
		expect((await hall.hall.quizResults(occurrenceId)).map(({ rank, points }) => [rank, points])).toEqual([
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
		expect(await act(input)).toMatchObject({ status: 'invalid', ...expected });
	});
});

describe('a draw', () => {
	const plan = (over: Partial<Extract<StudioAct, { act: 'plan-draw' }>> = {}): StudioAct => ({
		...{
			act: 'plan-draw',
			title: 'Kits',
			rule: { polls: 1 },
			prizes: [
				{ name: 'Kit', stock: 2 },
				{ name: 'Cap', stock: 5 },
			],
		},
		...over,
	});

	test('golden: the commitment comes first, the seed after, and anybody can work the winners out again', async () => {
		const people: Browser[] = [];
		for (let at = 0; at < 4; at++) people.push(await hall.attend(`p${at}@plant.example`));
		const watcher = await hall.attend('watcher@plant.example');
		hall.at(LIVE);
		const key = await made(poll());
		for (const browser of people) await does(browser, { kind: 'vote', poll: key, options: [0] });
		const id = await made(plan());
		expect(await act({ act: 'run-draw', draw: id })).toEqual({ status: 'conflict' });
		expect(await hall.hall.draws.own('sizing', id, await watcher.who())).toMatchObject({
			status: 'open',
			isEligible: false,
			steps: [{ kind: 'polls', done: 0 }],
		});
		await act({ act: 'commit-draw', draw: id });
		const before = (await hall.hall.draws.proof('sizing', id))!;
		expect(before).toMatchObject({ state: 'committed', seed: '', winners: [] });
		expect(before.entries).toHaveLength(4);
		expect(JSON.stringify(await seen())).not.toContain('seed');
		// Too late to take part.
		await does(watcher, { kind: 'vote', poll: key, options: [0] });
		await act({ act: 'run-draw', draw: id });
		const proof = (await hall.hall.draws.proof('sizing', id))!;
		expect(commitmentOf(proof.seed, proof.entries)).toBe(before.commitment);
		expect([...winnersOf(proof.seed, proof.entries, proof.prizes)].sort((a, b) => a.entry.localeCompare(b.entry))).toEqual(
			[...proof.winners].sort((a, b) => a.entry.localeCompare(b.entry)),
		);
		expect(proof.winners).toHaveLength(4);
		expect(JSON.stringify(proof)).not.toMatch(/plant\.example|"p0"/);
		expect((await hall.hall.drawWinners(occurrenceId)).map(({ prize }) => prize.en)).toEqual(['Kit', 'Kit', 'Cap', 'Cap']);
		expect(await hall.hall.draws.own('sizing', id, await watcher.who())).toEqual({ status: 'not-in' });
		expect(await hall.hall.draws.proof('other', id)).toBeNull();
		expect(await act({ act: 'run-draw', draw: id })).toEqual({ status: 'conflict' });
	});

	test('with nobody eligible it is void, and says so', async () => {
		await hall.attend('ada@plant.example');
		hall.at(LIVE);
		const id = await made(plan({ rule: { minMinutes: 60 } }));
		expect(await act({ act: 'commit-draw', draw: id })).toEqual({ status: 'done', id: 'void' });
		expect(await hall.hall.draws.proof('sizing', id)).toMatchObject({ state: 'void', entries: [], winners: [] });
	});

	test('a winner says where the prize goes under an agreement of its own; it is sealed, and gone after ninety days or with the person', async () => {
		const ada = await hall.attend('ada@plant.example');
		const ben = await hall.attend('ben@plant.example');
		hall.at(LIVE);
		const id = await made(plan({ rule: {}, prizes: [{ name: 'Kit', stock: 2 }] }));
		await act({ act: 'commit-draw', draw: id });
		await act({ act: 'run-draw', draw: id });
		const claim = async (browser: Browser, address: string, agrees: boolean) =>
			hall.hall.draws.claim({ drawId: id, visitor: await browser.who(), address, agrees, locale: 'en' });
		expect(await claim(ada, '', true)).toMatchObject({ status: 'invalid', field: 'address' });
		expect(await claim(ada, 'Mill Lane 7', false)).toMatchObject({ status: 'invalid', field: 'agrees' });
		expect(await claim(hall.gate.browser(), 'Mill Lane 7', true)).toEqual({ status: 'unknown' });
		expect(await claim(ada, 'Mill Lane 7', true)).toEqual({ status: 'claimed' });
		expect(await claim(ben, 'Sea Road 9', true)).toEqual({ status: 'claimed' });
		const personId = (await ada.who()).personId ?? '';
		expect(await hall.gate.gating.consents.of(personId)).toContainEqual(
			expect.objectContaining({ purpose: 'prizes', given: true, how: `draw:${id}` }),
		);
		expect(hall.gate.bytes()).not.toContain('Mill Lane');
		const own = await hall.hall.draws.own('sizing', id, await ada.who());
		const entry = own.status === 'won' ? own.entry : '';
		expect(await hall.hall.draws.addressOf(id, entry)).toBe('Mill Lane 7');
		await hall.gate.db.write((tx) => hall.hall.personalData.erase(tx, personId));
		expect(await hall.hall.draws.addressOf(id, entry)).toBeNull();
		expect((await hall.hall.draws.proof('sizing', id))?.winners).toHaveLength(2);
		hall.gate.pass(91 * 86_400_000);
		await hall.hall.draws.forget();
		expect((await hall.gate.db.read.select({ sealed: drawEntry.sealed }).from(drawEntry)).every(({ sealed }) => sealed === null)).toBe(true);
	});
});

describe('signals', () => {
	test('who follows a call for a demonstration is with sales at once; buying and reading are events of their own', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		const demo = await made({ act: 'call', action: 'demo', text: 'See it run', target: null });
		const buy = await made({ act: 'call', action: 'buy', text: 'Order', target: null });
		expect(await does(ada, { kind: 'call', call: 'nothing' })).toEqual({ status: 'closed' });
		for (let press = 0; press < 3; press++) await does(ada, { kind: 'call', call: demo });
		await does(ada, { kind: 'call', call: buy });
		expect(await does(ada, { kind: 'resource', target: 'white_papers/p1' })).toMatchObject({ status: 'accepted' });
		expect(await does(ada, { kind: 'resource', target: 'white_papers/else' })).toEqual({ status: 'closed' });
		expect((await types()).filter((type) => /demo|buy|resource/.test(type)).sort()).toEqual(['webinar.buy', 'webinar.demo', 'webinar.resource']);
		expect(await hall.gate.db.read.select({ cause: handOver.cause, demand: handOver.demand }).from(handOver)).toEqual([
			{ cause: 'demand', demand: 'demo' },
		]);
	});

	test('a raised hand is for the host; reactions of a second are one line', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await does(ada, { kind: 'hand', isUp: true });
		await does(ada, { kind: 'hand', isUp: true });
		for (let press = 0; press < 4; press++) await does(press % 2 ? ada : ben, { kind: 'reaction', reaction: 'applause' });
		await hall.hall.tick();
		expect((await seen()).filter(({ kind }) => kind === 'reactions' || kind === 'hand')).toMatchObject([{ counts: { applause: 4 } }]);
		const { hands } = await board();
		expect(hands).toMatchObject([{ name: { en: 'ada' } }]);
		await act({ act: 'lower-hand', registrationId: hands[0]!.registrationId });
		expect((await board()).hands).toEqual([]);
	});
});

describe('limits', () => {
	test('a thousand messages of one person in a second: five are taken, and nobody else waits', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		const visitor = await ada.who();
		const outcomes = await Promise.all(
			Array.from({ length: 1_000 }, (_, at) => hall.hall.interact({ slug: 'sizing', visitor, kind: 'chat', text: `line ${at}` })),
		);
		expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(5);
		expect(await does(ben, { kind: 'chat', text: 'me too' })).toMatchObject({ status: 'accepted' });
		expect(await hall.gate.db.read.$count(interaction)).toBe(6);
	});

	test('nobody acts in the room of another webinar, before the doors or after the end', async () => {
		const ada = await hall.attend('ada@plant.example');
		const acts: readonly RoomAct[] = [
			{ kind: 'chat', text: 'x' },
			{ kind: 'question', text: 'x' },
			{ kind: 'vote', poll: 'm2', option: 0 },
			{ kind: 'hand', isUp: true },
			{ kind: 'reaction', reaction: 'idea' },
		];
		for (const instant of ['2026-03-03T09:44:00Z', '2026-03-03T10:03:00Z']) {
			hall.at(instant);
			for (const input of acts) expect(await does(ada, input)).toEqual({ status: 'refused' });
		}
		hall.at(LIVE);
		for (const input of acts) expect(await hall.hall.interact({ slug: 'other', visitor: await ada.who(), ...input })).toEqual({ status: 'unknown' });
		expect(await hall.gate.db.read.$count(interaction)).toBe(0);
		expect(await hall.gate.db.read.$count(pollVote)).toBe(0);
		await expect(hall.hall.stage.requireHost({ ...HOST, role: 'sales' }, { actor: 'staff:x', origin: '' }, occurrenceId)).rejects.toMatchObject({
			code: 'forbidden',
		});
	});
});

describe('the log', () => {
	test('golden: has no gaps and no doubles, and a reader with any pattern of disconnects sees each line once, in order', async () => {
		const people: Browser[] = [];
		for (let at = 0; at < 5; at++) people.push(await hall.attend(`p${at}@plant.example`));
		hall.at(LIVE);
		const heard: number[] = [];
		const line: { end: (() => void) | null } = { end: null };
		const connect = async (): Promise<void> => {
			const take = ({ seq }: RoomMessage): void => {
				if (seq > (heard.at(-1) ?? 0)) heard.push(seq);
			};
			for (const message of await hall.hall.stream.since(occurrenceId, heard.at(-1) ?? 0)) take(message);
			line.end = hall.hall.stream.subscribe(occurrenceId, take);
		};
		let state = 7;
		const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
		for (let round = 0; round < 60; round++) {
			const who = people[random(people.length)]!;
			const turn = random(6);
			if (turn === 0) {
				line.end?.();
				line.end = null;
			}
			if (turn === 1 && line.end === null) await connect();
			if (turn === 2) await does(who, { kind: 'hand', isUp: random(2) === 1 });
			if (turn === 3) await act({ act: 'say', text: `host ${round}` });
			if (turn >= 4)
				await Promise.all([
					does(who, { kind: 'chat', text: `a ${round}` }),
					does(people[random(5)]!, { kind: 'question', text: `b ${round}`, isPrivate: random(2) === 1 }),
				]);
			if (random(4) === 0) await hall.secondHub().tick();
			hall.gate.pass(1_000);
		}
		line.end?.();
		await connect();
		const all = await hall.gate.db.read.select().from(interaction).orderBy(interaction.seq);
		expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(heard).toEqual(all.filter(({ audience }) => audience === 'all').map(({ seq }) => seq));
		expect(all.length).toBeGreaterThan(40);
	});
});
