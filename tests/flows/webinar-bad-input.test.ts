import { count } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Log } from '#kernel/log.ts';
import { LIVE, poll, studioOf, type Viewer } from '#tests/support/studio.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';
import type { RoomAct } from '#webinar';

import { event } from '../../gating/schema.ts';
import { interaction, pollVote, roomSignal, stay } from '../../webinar/schema.ts';

/** What nobody should send to a live room: each is refused, put on record without words, and changes nothing. */
describe('golden: bad input of a live room', () => {
	let hall: Hall;
	let lines: string[];
	/** The same hall through a hub that keeps its log. */
	let hub: ReturnType<Hall['secondHub']>;
	let studio: Awaited<ReturnType<typeof studioOf>>;
	let ada: Viewer;

	beforeEach(async () => {
		const one = aWebinar({ mode: 'live' });
		hall = await createHall([one]);
		studio = await studioOf(hall);
		await hall.publish([one, aWebinar({ id: 'w2', slug: 'other', mode: 'live' })]);
		ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await hall.hall.stage.goLive(await studio.host());
		lines = [];
		const write = (details: object, message: string): void => void lines.push(`${message} ${JSON.stringify(details)}`);
		const log: Log = { error: write, warn: write, info: write, debug: () => undefined };
		hub = hall.secondHub({ log });
	});
	afterEach(() => hall.close());

	const rows = async (): Promise<readonly number[]> => {
		const { read } = hall.gate.db;
		return Promise.all([interaction, pollVote, roomSignal, stay, event].map(async (table) => (await read.select({ n: count() }).from(table))[0]!.n));
	};
	/** Expects that `work` leaves every table as it is, and a line that says `about`. */
	const refused = async (about: string, work: () => Promise<void>): Promise<void> => {
		const before = await rows();
		await work();
		expect(await rows()).toEqual(before);
		expect(lines.join('\n')).toContain(about);
		expect(lines.join('\n')).not.toMatch(/ada@|plant\.example|secret words/);
	};
	const does = async (input: RoomAct) => hub.interact({ slug: 'sizing', visitor: await ada.who(), ...input });
	const signal = () => {
		const at = new Date(LIVE);
		const told = { id: 'EV_1', type: 'participant_left', room: studio.occurrenceId, job: null, identity: 'x', sessionId: 's', joinedAt: at, at };
		return hall.rooms.signed(told);
	};

	test('a forged webhook', () =>
		refused('did not sign', async () => {
			const { body, authorization } = signal();
			expect(await hub.roomSignal(body.replace('EV_1', 'EV_22'), authorization)).toBe('forbidden');
			expect(await hub.roomSignal(body, '')).toBe('forbidden');
		}));

	test('a replayed webhook', async () => {
		const { body, authorization } = signal();
		await hub.roomSignal(body, authorization);
		await refused('came once more', async () => {
			for (let n = 0; n < 3; n++) expect(await hub.roomSignal(body, authorization)).toBe('accepted');
		});
	});

	test('the token of another webinar, or of somebody else', async () => {
		const ben = await hall.attend('ben@plant.example');
		hall.at(LIVE);
		const begun = await hub.beat({ slug: 'sizing', visitor: await ada.who(), token: null, isLeaving: false });
		if (begun.status !== 'counted') throw new Error(begun.status);
		const { token } = begun;
		await refused('a proof of presence was refused', async () => {
			hall.gate.pass(5_000);
			expect(await hub.beat({ slug: 'other', visitor: await ada.who(), token, isLeaving: false })).toEqual({ status: 'refused' });
			expect(await hub.beat({ slug: 'sizing', visitor: await ben.who(), token, isLeaving: false })).toEqual({ status: 'refused' });
		});
		expect((await hub.stage.tokens.forViewer('other', await ada.who())).status).toBe('refused');
	});

	test('a second vote, and one after the end of the poll', async () => {
		const key = await studio.made(poll());
		expect((await does({ kind: 'vote', poll: key, option: 1 })).status).toBe('accepted');
		await refused('"status":"already-voted"', async () => {
			expect(await does({ kind: 'vote', poll: key, option: 2 })).toEqual({ status: 'already-voted' });
		});
		const late = await hall.attend('late@plant.example');
		hall.at(LIVE);
		await studio.act({ act: 'close-poll', poll: key });
		await refused('"status":"closed"', async () => {
			expect(await hub.interact({ slug: 'sizing', visitor: await late.who(), kind: 'vote', poll: key, option: 2 })).toEqual({ status: 'closed' });
		});
	});

	test('a message of 1 MB', () =>
		refused('"code":"too-long"', async () => {
			expect(await does({ kind: 'chat', text: 'secret words '.repeat(80_660) })).toEqual({ status: 'invalid', code: 'too-long' });
		}));

	test('a thousand messages of one person in a second: five are taken, and the flood is one line of the log', async () => {
		for (let n = 0; n < 5; n++) expect((await does({ kind: 'chat', text: `line ${n}` })).status).toBe('accepted');
		await refused('"status":"slow-down"', async () => {
			const outcomes = await Promise.all(Array.from({ length: 995 }, () => does({ kind: 'chat', text: 'secret words' })));
			expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['slow-down']));
		});
		expect(lines.filter((line) => line.includes('slow-down'))).toHaveLength(1);
	});

	test('a link of a host’s side that leaked and was taken back', async () => {
		const host = await studio.host();
		const { token } = await hub.stage.speakers.add(host, 'Jin Park');
		const [speaker] = await hub.stage.speakers.list(studio.occurrenceId);
		await hub.stage.speakers.revoke(host, speaker?.seatId ?? '');
		await refused('a link of a speaker was refused', async () => {
			expect(await hub.stage.speakers.enter(token)).toEqual({ status: 'refused' });
			expect((await hub.stage.tokens.forSpeaker(token)).status).toBe('refused');
		});
	});

	test('the address of the studio in hands that do not host', () =>
		refused('', async () => {
			const sales = { id: 's1', name: 'Sam', role: 'sales' as const };
			const opened = hub.stage.requireHost(sales, { actor: 'staff:s1', origin: '' }, studio.occurrenceId);
			await expect(opened).rejects.toMatchObject({ code: 'forbidden' });
		}));
});
