import { count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DomainError } from '#kernel/errors.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

import type { Purpose } from '../../gating/consent/purpose.ts';
import { createEvents, type Events } from '../../gating/event/create-events.ts';
import type { Visitor } from '../../gating/identity/visitor.ts';
import { event, lead, person, visitor as visitors } from '../../gating/schema.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const start = new Date('2026-03-02T22:30:00Z');

const browser = (over: Partial<Visitor> = {}): Visitor => ({
	visitorId: 'visitor-1',
	personId: null,
	isVerified: false,
	consents: new Set<Purpose>(['analytics']),
	hasAnsweredConsent: true,
	givenName: null,
	...over,
});
const view = (id: string, over: object = {}) => ({
	id: `view-${id}-00000`,
	type: 'page.view',
	at: start.toISOString(),
	subject: 'products:p1',
	props: { path: '/products/x' },
	...over,
});

let database: TestDatabase;
let events: Events;
let at: Date;

beforeEach(async () => {
	database = await createTestDatabase();
	at = start;
	events = createEvents({
		db: database.db,
		keys: createKeys([{ id: 'k', key: Buffer.alloc(32, 7) }], systemRandom),
		now: () => at,
		random: systemRandom,
		timeZone: () => 'Europe/Zurich',
	});
});
afterEach(() => database.close());

const send = (list: unknown, over: { visitor?: Visitor; userAgent?: string } = {}) =>
	events.ingest({ events: list, visitor: over.visitor ?? browser(), userAgent: over.userAgent ?? CHROME, receivedAt: at });
const stored = () => database.db.read.select().from(event);

async function aPerson(id: string, scoredDay = '2026-03-02') {
	const numbers = { fit: 0, engagement: 0, total: 0, grade: 'D4', modelVersion: 1 };
	await database.db.write(async (tx) => {
		await tx.insert(lead).values({
			id: `lead-${id}`,
			stage: 'suspect',
			workingState: 'open',
			company: '',
			mailDomain: '',
			...numbers,
			scoredDay,
			hasDecay: false,
			lastActivityAt: start,
			createdAt: start,
		});
		await tx.insert(person).values({ id, leadId: `lead-${id}`, firstLeadId: `lead-${id}`, locale: 'en', timeZone: 'UTC', createdAt: start });
	});
}
const dayOf = async (leadId: string) => (await database.db.read.select({ day: lead.scoredDay }).from(lead).where(eq(lead.id, leadId)))[0]?.day;

describe('a beacon', () => {
	test('is answered when its events are stored, with the local day and the version of the catalogue', async () => {
		expect(await send([view('a')])).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
		expect(await stored()).toEqual([
			{
				id: 'view-a-00000',
				type: 'page.view',
				version: 1,
				at: start,
				receivedAt: start,
				localDay: '2026-03-02',
				visitorId: 'visitor-1',
				personId: null,
				subject: 'products:p1',
				props: { path: '/products/x' },
				basis: 'consent',
			},
		]);
	});

	test('a day begins at midnight of the company', async () => {
		at = new Date('2026-03-02T23:00:00Z');
		await send([view('a', { at: '2026-03-02T22:59:59Z' }), view('b', { at: '2026-03-02T23:00:00Z' })]);
		expect((await stored()).map(({ localDay }) => localDay).sort()).toEqual(['2026-03-02', '2026-03-03']);
	});

	test('counts what it knows already, and names what it refuses by place', async () => {
		await send([view('a')]);
		const answer = await send([view('a'), view('b'), view('b'), view('c', { type: 'page.stare' }), null]);
		expect(answer).toEqual({
			accepted: 1,
			duplicate: 2,
			rejected: [
				{ index: 3, reason: 'unknown-type' },
				{ index: 4, reason: 'malformed' },
			],
		});
		expect(await stored()).toHaveLength(2);
	});

	test('the same event in many requests at once is stored once and accepted once', async () => {
		const answers = await Promise.all(Array.from({ length: 30 }, () => send([view('same'), view('other')])));
		expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2);
		expect(await stored()).toHaveLength(2);
	});

	test('more than a batch at once is stored whole', async () => {
		const many = (request: number) => Array.from({ length: 90 }, (_, index) => view(`${request}-${index}`));
		const answers = await Promise.all(Array.from({ length: 8 }, (_, request) => send(many(request))));
		expect(answers.every(({ accepted }) => accepted === 90)).toBe(true);
		expect(await database.db.read.select({ n: count() }).from(event)).toEqual([{ n: 720 }]);
	});

	test.each([
		['no list', {}],
		['an empty list', []],
		['more than a hundred', Array.from({ length: 101 }, (_, index) => view(`${index}`))],
	])('%s is refused whole', async (_what, list) => {
		await expect(send(list)).rejects.toThrow(DomainError);
		expect(await stored()).toEqual([]);
	});

	test.each([
		['without consent to analytics', { visitor: browser({ consents: new Set() }) }, 'no-consent'],
		['of a browser without identity', { visitor: browser({ visitorId: null, personId: 'p1' }) }, 'no-consent'],
		['of a bot', { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 'bot'],
		['of nobody', { userAgent: '' }, 'bot'],
	])('%s stores nothing', async (_whose, over, reason) => {
		expect(await send([view('a')], over)).toEqual({ accepted: 0, duplicate: 0, rejected: [{ index: 0, reason }] });
		expect(await stored()).toEqual([]);
	});
});

describe('attention', () => {
	const attention = (id: string, beat: string) => ({
		id: `attention-${id}`,
		type: 'content.attention',
		at: at.toISOString(),
		subject: 'white_papers:w1',
		props: { beat, depth: 70 },
	});
	const beat = (token: string | null) => {
		const answer = events.beat({ token, subject: 'white_papers:w1', visitor: browser() });
		if (answer.status === 'refused') throw new Error('refused');
		return answer.token;
	};
	const pass = (seconds: number) => (at = new Date(at.getTime() + seconds * 1_000));

	test('is stored once with the seconds its beats prove', async () => {
		let token = beat(null);
		for (let beats = 0; beats < 4; beats++) {
			pass(15);
			token = beat(token);
		}
		expect(await send([attention('one-', token), attention('two-', token)])).toEqual({ accepted: 1, duplicate: 1, rejected: [] });
		expect(await stored()).toMatchObject([{ type: 'content.attention', at, props: { seconds: 60, depth: 70 } }]);
	});

	test('of another browser, or made up, is refused', async () => {
		const token = beat(null);
		expect((await send([attention('one-', token)], { visitor: browser({ visitorId: 'visitor-2' }) })).rejected).toEqual([
			{ index: 0, reason: 'forged-beat' },
		]);
		expect((await send([attention('one-', 'AAAA.BBBB')])).rejected).toEqual([{ index: 0, reason: 'forged-beat' }]);
	});

	test('needs consent', () =>
		expect(events.beat({ token: null, subject: 'white_papers:w1', visitor: browser({ consents: new Set() }) })).toEqual({ status: 'refused' }));
});

describe('whose an event is', () => {
	test('a known browser’s events are its person’s, and their lead is to be scored anew', async () => {
		await aPerson('p1');
		await send([view('a')], { visitor: browser({ personId: 'p1' }) });
		expect(await stored()).toMatchObject([{ personId: 'p1' }]);
		expect(await dayOf('lead-p1')).toBe('');
	});

	test('a browser that joined while its events were on the way loses none of them', async () => {
		await aPerson('p1');
		await database.db.write((tx) =>
			tx.insert(visitors).values({ id: 'visitor-1', hash: 'h', personId: 'p1', joinedAt: start, createdAt: start, firstTouch: {} }),
		);
		await send([view('a')]);
		expect(await stored()).toMatchObject([{ personId: 'p1' }]);
		expect(await dayOf('lead-p1')).toBe('');
	});

	test('joining brings the anonymous history, and only that', async () => {
		await aPerson('p1');
		await aPerson('p2');
		await send([view('a'), view('b')]);
		await send([view('c')], { visitor: browser({ personId: 'p2' }) });
		await send([view('d')], { visitor: browser({ visitorId: 'visitor-2' }) });
		expect(await database.db.write((tx) => events.adoptHistory(tx, 'visitor-1', 'p1'))).toBe(2);
		expect((await stored()).map(({ id, personId }) => [id.slice(5, 6), personId]).sort()).toEqual([
			['a', 'p1'],
			['b', 'p1'],
			['c', 'p2'],
			['d', null],
		]);
		expect(await dayOf('lead-p1')).toBe('');
	});
});

describe('an event of the hub', () => {
	const download = {
		id: 'grant-1:1',
		type: 'download',
		at: start,
		personId: 'p1',
		visitorId: null,
		subject: 'white_papers:w1',
		props: { locale: 'en' },
	} as const;

	test('is kept on its own basis, once', async () => {
		await aPerson('p1');
		expect(await database.db.write((tx) => events.record(tx, download))).toBe(true);
		expect(await database.db.write((tx) => events.record(tx, download))).toBe(false);
		expect(await stored()).toMatchObject([{ type: 'download', basis: 'necessary', props: { locale: 'en' } }]);
		expect(await dayOf('lead-p1')).toBe('');
	});

	test('goes with the body that it is part of', async () => {
		const failed = database.db.write(async (tx) => {
			await events.record(tx, download);
			throw new Error('the fact did not happen');
		});
		await expect(failed).rejects.toThrow('did not happen');
		expect(await stored()).toEqual([]);
	});
});

test('a query is known by its hash alone, whatever its case and spaces', () => {
	expect(events.hashQuery('  Servo   MOTOR ')).toBe(events.hashQuery('servo motor'));
	expect(events.hashQuery('servo')).not.toBe(events.hashQuery('motor'));
});
