import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Moment } from '#cms/content.ts';
import type { RoomAct, RoomMessage, StudioAct } from '#webinar';
import { HOST, LIVE, poll, studioOf, type Viewer } from '#tests/support/studio.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { handOver } from '../../gating/schema.ts';
import { commitmentOf, winnersOf } from '../../webinar/interaction/draw/fair.ts';
import { drawEntry, interaction, pollVote } from '../../webinar/schema.ts';

let hall: Hall;
let studio: Awaited<ReturnType<typeof studioOf>>;
beforeEach(async () => {
	hall = await createHall();
	studio = await studioOf(hall);
});
afterEach(() => hall.close());

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
		const people: Viewer[] = [];
		for (let at = 0; at < 4; at++) people.push(await hall.attend(`p${at}@plant.example`));
		const watcher = await hall.attend('watcher@plant.example');
		hall.at(LIVE);
		const key = await studio.made(poll());
		for (const browser of people) await studio.does(browser, { kind: 'vote', poll: key, options: [0] });
		const id = await studio.made(plan());
		expect(await studio.act({ act: 'run-draw', draw: id })).toEqual({ status: 'conflict' });
		expect(await hall.hall.draws.own('sizing', id, await watcher.who())).toMatchObject({
			status: 'open',
			isEligible: false,
			steps: [{ kind: 'polls', done: 0 }],
		});
		await studio.act({ act: 'commit-draw', draw: id });
		const before = (await hall.hall.draws.proof('sizing', id))!;
		expect(before).toMatchObject({ state: 'committed', seed: '', winners: [] });
		expect(before.entries).toHaveLength(4);
		expect(JSON.stringify(await studio.seen())).not.toContain('seed');
		// Too late to take part.
		await studio.does(watcher, { kind: 'vote', poll: key, options: [0] });
		await studio.act({ act: 'run-draw', draw: id });
		const proof = (await hall.hall.draws.proof('sizing', id))!;
		expect(commitmentOf(proof.seed, proof.entries)).toBe(before.commitment);
		expect([...winnersOf(proof.seed, proof.entries, proof.prizes)].sort((a, b) => a.entry.localeCompare(b.entry))).toEqual(
			[...proof.winners].sort((a, b) => a.entry.localeCompare(b.entry)),
		);
		expect(proof.winners).toHaveLength(4);
		expect(JSON.stringify(proof)).not.toMatch(/plant\.example|"p0"/);
		expect((await hall.hall.drawWinners(studio.occurrenceId)).map(({ prize }) => prize.en)).toEqual(['Kit', 'Kit', 'Cap', 'Cap']);
		expect(await hall.hall.draws.own('sizing', id, await watcher.who())).toEqual({ status: 'not-in' });
		expect(await hall.hall.draws.proof('other', id)).toBeNull();
		expect(await studio.act({ act: 'run-draw', draw: id })).toEqual({ status: 'conflict' });
	});

	test('with nobody eligible it is void, and says so', async () => {
		await hall.attend('ada@plant.example');
		hall.at(LIVE);
		const id = await studio.made(plan({ rule: { minMinutes: 60 } }));
		expect(await studio.act({ act: 'commit-draw', draw: id })).toEqual({ status: 'done', id: 'void' });
		expect(await hall.hall.draws.proof('sizing', id)).toMatchObject({ state: 'void', entries: [], winners: [] });
	});

	test('a winner says where the prize goes under an agreement of its own; it is sealed, and gone after ninety days or with the person', async () => {
		const ada = await hall.attend('ada@plant.example');
		const ben = await hall.attend('ben@plant.example');
		hall.at(LIVE);
		const id = await studio.made(plan({ rule: {}, prizes: [{ name: 'Kit', stock: 2 }] }));
		await studio.act({ act: 'commit-draw', draw: id });
		await studio.act({ act: 'run-draw', draw: id });
		const claim = async (browser: Viewer, address: string, agrees: boolean) =>
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
		const demo = await studio.made({ act: 'call', action: 'demo', text: 'See it run', target: null });
		const buy = await studio.made({ act: 'call', action: 'buy', text: 'Order', target: null });
		expect(await studio.does(ada, { kind: 'call', call: 'nothing' })).toEqual({ status: 'closed' });
		for (let press = 0; press < 3; press++) await studio.does(ada, { kind: 'call', call: demo });
		await studio.does(ada, { kind: 'call', call: buy });
		expect(await studio.does(ada, { kind: 'resource', target: 'white_papers/p1' })).toMatchObject({ status: 'accepted' });
		expect(await studio.does(ada, { kind: 'resource', target: 'white_papers/else' })).toEqual({ status: 'closed' });
		expect((await studio.types()).filter((type) => /demo|buy|resource/.test(type)).sort()).toEqual([
			'webinar.buy',
			'webinar.demo',
			'webinar.resource',
		]);
		expect(await hall.gate.db.read.select({ cause: handOver.cause, demand: handOver.demand }).from(handOver)).toEqual([
			{ cause: 'demand', demand: 'demo' },
		]);
	});

	test('a raised hand is for the host; reactions of a second are one line', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(LIVE);
		await studio.does(ada, { kind: 'hand', isUp: true });
		await studio.does(ada, { kind: 'hand', isUp: true });
		for (let press = 0; press < 4; press++) await studio.does(press % 2 ? ada : ben, { kind: 'reaction', reaction: 'applause' });
		await hall.hall.tick();
		expect((await studio.seen()).filter(({ kind }) => kind === 'reactions' || kind === 'hand')).toMatchObject([{ counts: { applause: 4 } }]);
		const { hands } = await studio.board();
		expect(hands).toMatchObject([{ name: { en: 'ada' } }]);
		await studio.act({ act: 'lower-hand', registrationId: hands[0]!.registrationId });
		expect((await studio.board()).hands).toEqual([]);
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
		expect(await studio.does(ben, { kind: 'chat', text: 'me too' })).toMatchObject({ status: 'accepted' });
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
			for (const input of acts) expect(await studio.does(ada, input)).toEqual({ status: 'refused' });
		}
		hall.at(LIVE);
		for (const input of acts) expect(await hall.hall.interact({ slug: 'other', visitor: await ada.who(), ...input })).toEqual({ status: 'unknown' });
		expect(await hall.gate.db.read.$count(interaction)).toBe(0);
		expect(await hall.gate.db.read.$count(pollVote)).toBe(0);
		await expect(
			hall.hall.stage.requireHost({ ...HOST, role: 'sales' }, { actor: 'staff:x', origin: '' }, studio.occurrenceId),
		).rejects.toMatchObject({
			code: 'forbidden',
		});
	});
});

describe('the log', () => {
	test('golden: has no gaps and no doubles, and a reader with any pattern of disconnects sees each line once, in order', async () => {
		const people: Viewer[] = [];
		for (let at = 0; at < 5; at++) people.push(await hall.attend(`p${at}@plant.example`));
		hall.at(LIVE);
		const heard: number[] = [];
		const line: { end: (() => void) | null } = { end: null };
		const connect = async (): Promise<void> => {
			const take = ({ seq }: RoomMessage): void => {
				if (seq > (heard.at(-1) ?? 0)) heard.push(seq);
			};
			for (const message of await hall.hall.stream.since(studio.occurrenceId, heard.at(-1) ?? 0)) take(message);
			line.end = hall.hall.stream.subscribe(studio.occurrenceId, take);
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
			if (turn === 2) await studio.does(who, { kind: 'hand', isUp: random(2) === 1 });
			if (turn === 3) await studio.act({ act: 'say', text: `host ${round}` });
			if (turn >= 4)
				await Promise.all([
					studio.does(who, { kind: 'chat', text: `a ${round}` }),
					studio.does(people[random(5)]!, { kind: 'question', text: `b ${round}`, isPrivate: random(2) === 1 }),
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

test('what editors planned happens by itself: a quiz, a call, and a draw that is fixed before it is drawn', async () => {
	const text = (en: string) => ({ en, 'zh-CN': en });
	const plain = { author: null, options: [], target: null };
	const moments: Moment[] = [
		{
			...{ ...plain, atSeconds: 5, kind: 'poll', key: 'quiz', text: text('Which?'), options: [text('A'), text('B')] },
			poll: { form: 'quiz', correct: [1], points: 10, seconds: 0, shows: 'live' },
		},
		{ ...plain, atSeconds: 6, kind: 'call', key: 'demo', text: text('See it run'), action: 'demo' },
		{
			...{ ...plain, atSeconds: 10, kind: 'draw', key: 'kits', text: text('Kits') },
			draw: { minMinutes: 0, polls: 1, quizPoints: 0, prizes: [{ name: text('Kit'), stock: 1 }], seconds: 30 },
		},
	];
	const own = await createHall([aWebinar({ moments })]);
	const ada = await own.attend('ada@plant.example');
	own.at('2026-03-03T10:00:12Z');
	await own.hall.tick();
	const visitor = await ada.who();
	expect(await own.hall.interact({ slug: 'sizing', visitor, kind: 'vote', poll: 'quiz', options: [1] })).toMatchObject({ status: 'accepted' });
	for (const at of ['2026-03-03T10:00:31Z', '2026-03-03T10:00:41Z']) {
		own.at(at);
		await own.hall.tick();
	}
	const lines = await own.hall.stream.since(await own.occurrenceId(), 0);
	expect(lines.flatMap((line) => (line.kind === 'draw' ? [[line.state, line.entries, line.winners.length]] : []))).toEqual([
		['planned', 0, 0],
		['committed', 1, 0],
		['drawn', 1, 1],
	]);
	expect(lines.filter(({ kind }) => kind === 'call')).toHaveLength(1);
	own.at('2026-03-03T10:03:10Z');
	await own.hall.tick();
	expect((await own.hall.quizResults(await own.occurrenceId())).map(({ points }) => points)).toEqual([10]);
	await own.close();
});
