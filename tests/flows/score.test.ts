import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Snapshot, WhitePaper } from '#cms/content.ts';
import { listAudit } from '#kernel/audit.ts';
import { DAY_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { createKeys } from '#kernel/keys.ts';
import { silentLog } from '#kernel/log.ts';
import { job } from '#kernel/schema.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

import { append } from '../../gating/consent/ledger.ts';
import { createEvents, type Events } from '../../gating/event/create-events.ts';
import type { ServerEvent } from '../../gating/event/record.ts';
import { markStale } from '../../gating/event/store.ts';
import { ensureLead } from '../../gating/identity/lead.ts';
import { sealProfile, writeLookups } from '../../gating/identity/person.ts';
import type { Profile } from '../../gating/identity/profile.ts';
import { createLeads, type Leads } from '../../gating/lead/create-leads.ts';
import type { Reader } from '../../gating/lead/reader.ts';
import { lead, move, person } from '../../gating/schema.ts';
import { createScoring, type Scoring } from '../../gating/scoring/create-scoring.ts';

const keys = createKeys([{ id: 'k', key: Buffer.alloc(32, 7) }], systemRandom);
const start = new Date('2026-03-02T08:00:00Z');
const mara: Reader = { actor: 'staff:u1', origin: '192.0.2.0', seesPeople: true };
const analyst: Reader = { ...mara, actor: 'staff:u2', seesPeople: false };
const engineer: Profile = { name: 'Anna Keller', email: 'anna.keller@bottling.example', company: 'Bottling AG', jobTitle: 'Senior design engineer', region: 'Bern', industry: 'packaging' };
const paper = { type: 'white_papers', id: 'w1', slug: 'servo', title: { en: 'Choosing servo motors', 'zh-CN': '伺服电机选型' } } as WhitePaper;
const snapshot = { whitePapers: [paper], cases: [], articles: [], products: [], webinars: [], pages: [] } as unknown as Snapshot;

let database: TestDatabase;
let events: Events;
let scoring: Scoring;
let leads: Leads;
let at: Date;

beforeEach(async () => {
	database = await createTestDatabase();
	at = start;
	const deps = { db: database.db, keys, now: () => at, random: systemRandom, timeZone: () => 'Europe/Zurich' };
	events = createEvents(deps);
	scoring = createScoring(deps);
	leads = createLeads({ ...deps, content: () => snapshot, scoring });
	await scoring.start();
});
afterEach(() => database.close());

async function aPerson(id: string, profile: Profile, intoLead: string | null = null): Promise<string> {
	return database.db.write(async (tx) => {
		const dataKey = keys.newDataKey();
		const leadId = await ensureLead(tx, intoLead, { company: profile.company ?? '', mailDomain: profile.email?.split('@')[1] ?? '' }, at, systemRandom);
		await tx.insert(person).values({ id, leadId, dataKey, profile: sealProfile(keys, dataKey, profile), locale: 'en', timeZone: 'UTC', createdAt: at });
		await writeLookups(tx, keys, id, profile);
		return leadId;
	});
}
const did = (id: string, personId: string, over: Partial<ServerEvent> = {}) =>
	database.db.write((tx) => events.record(tx, { id, type: 'download', at, personId, visitorId: null, subject: 'white_papers:w1', props: {}, ...over } as ServerEvent));
const rowOf = async (leadId: string) => (await database.db.read.select().from(lead).where(eq(lead.id, leadId)))[0];

describe('what a person does', () => {
	test('is in the score after the next turn of the worker, and the receipt adds up to it', async () => {
		const leadId = await aPerson('p1', engineer);
		await did('d1', 'p1');
		expect(await scoring.runDue()).toBe(1);
		const receipt = await leads.receipt(leadId);
		expect(receipt).toMatchObject({ grade: 'A3', total: 6_000, modelVersion: 1, fit: { total: 5_000 }, engagement: { total: 1_000, lines: [{ rule: 'paper-downloaded', points: 1_000 }] } });
		expect(await rowOf(leadId)).toMatchObject({ total: 6_000, fit: 5_000, engagement: 1_000, grade: 'A3', scoredDay: '2026-03-02', hasDecay: true, modelVersion: 1 });
		expect(await scoring.runDue()).toBe(0);
	});

	test('moves the lead through the stages, with cause and evidence', async () => {
		const leadId = await aPerson('p1', engineer);
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'suspect' });
		await did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'identified' });
		at = new Date(at.getTime() + 1_000);
		await did('d1', 'p1');
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'mql' });
		expect(await database.db.read.select({ from: move.from, to: move.to, cause: move.cause, evidence: move.evidence }).from(move).orderBy(move.id)).toEqual([
			{ from: 'suspect', to: 'identified', cause: 'rule:company-industry-title', evidence: { total: 5_500, grade: 'A4', modelVersion: 1 } },
			{ from: 'identified', to: 'mql', cause: 'rule:score-threshold', evidence: { total: 6_500, grade: 'A3', modelVersion: 1 } },
		]);
	});

	test('makes no MQL of a lead in quarantine', async () => {
		const leadId = await aPerson('p1', engineer);
		await database.db.write((tx) => tx.update(lead).set({ workingState: 'quarantine' }).where(eq(lead.id, leadId)));
		await did('d1', 'p1');
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'identified', total: 6_000 });
	});

	test('counts for the lead, whichever of its persons did it', async () => {
		const leadId = await aPerson('p1', engineer);
		await aPerson('p2', { email: 'b@bottling.example' }, leadId);
		await did('d1', 'p1');
		await did('d2', 'p2', { subject: 'white_papers:w2' });
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ engagement: 2_000 });
	});

	test('counts for nothing after an objection to profiling, and again after it is taken back', async () => {
		const leadId = await aPerson('p1', engineer);
		await did('d1', 'p1');
		const answer = (given: boolean) =>
			database.db.write(async (tx) => {
				await append(tx, [{ visitorId: null, personId: 'p1', purpose: 'profiling', given, textHash: '', how: 'preferences', channel: '' }], at, systemRandom);
				await markStale(tx, ['p1']);
			});
		await answer(false);
		await scoring.runDue();
		expect(await leads.receipt(leadId)).toMatchObject({ total: 5_000, engagement: { total: 0, lines: [], hasObjected: true } });
		expect(await rowOf(leadId)).toMatchObject({ total: 5_000 });
		at = new Date(at.getTime() + 1_000);
		await answer(true);
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ total: 6_000 });
	});

	test('is left without its person once they are erased', async () => {
		const leadId = await aPerson('p1', engineer);
		await did('d1', 'p1');
		await scoring.runDue();
		await database.db.write(async (tx) => {
			await tx.update(person).set({ dataKey: null, profile: null }).where(eq(person.id, 'p1'));
			await markStale(tx, ['p1']);
		});
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ fit: 0, total: 1_000, stage: 'suspect' });
		expect((await leads.get(leadId, mara))?.persons).toMatchObject([{ profile: null, isErased: true }]);
		expect((await leads.list({}, mara)).items).toMatchObject([{ name: null }]);
	});

	test('can be asked for as of an earlier moment', async () => {
		const leadId = await aPerson('p1', engineer);
		await did('d1', 'p1', { at: new Date(start.getTime() + DAY_MS) });
		expect(await leads.receipt(leadId, start)).toMatchObject({ total: 5_000 });
		expect(await leads.receipt('nobody')).toBeNull();
	});
});

describe('at midnight of the company', () => {
	const jobs = () => createJobs({ db: database.db, now: () => at, log: silentLog, handlers: scoring.jobs });

	test('leads that fade are scored anew, and only they', async () => {
		const fading = await aPerson('p1', engineer);
		const steady = await aPerson('p2', { ...engineer, email: 'x@other.example' });
		await did('d1', 'p1');
		await scoring.runDue();
		at = new Date('2026-03-02T22:59:59Z');
		expect(await jobs().runDue()).toBe(0);
		at = new Date('2026-03-02T23:00:00Z');
		expect(await jobs().runDue()).toBe(1);
		expect(await rowOf(fading)).toMatchObject({ engagement: 989, scoredDay: '2026-03-03' });
		expect(await rowOf(steady)).toMatchObject({ scoredDay: '2026-03-02' });
	});

	test('the next midnight is planned, once for all workers', async () => {
		await scoring.start();
		at = new Date('2026-03-02T23:00:00Z');
		await jobs().runDue();
		const planned = await database.db.read.select({ key: job.key, dueAt: job.dueAt }).from(job).orderBy(job.key);
		expect(planned).toEqual([
			{ key: 'scoring.midnight:2026-03-03', dueAt: new Date('2026-03-02T23:00:00Z') },
			{ key: 'scoring.midnight:2026-03-04', dueAt: new Date('2026-03-03T23:00:00Z') },
		]);
	});

	test('an MQL whose interest is gone is one no longer', async () => {
		const leadId = await aPerson('p1', { ...engineer, jobTitle: 'Design engineer', industry: 'mining' });
		for (const id of ['d1', 'd2', 'd3']) await did(id, 'p1', { subject: `white_papers:${id}` });
		await scoring.runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'mql', total: 6_000 });
		at = new Date(at.getTime() + 61 * DAY_MS);
		await jobs().runDue();
		expect(await rowOf(leadId)).toMatchObject({ stage: 'identified' });
	});
});

describe('the list', () => {
	async function threeLeads() {
		const ids = [await aPerson('p1', engineer), await aPerson('p2', { name: '王小明', email: 'wang@pumps.example', company: 'Pumps Ltd' }), await aPerson('p3', { ...engineer, name: 'Ann Moser', email: 'am@bottling.example' })];
		await did('d1', 'p1');
		await scoring.runDue();
		return ids;
	}

	test('is sorted by score and goes on where the page ended', async () => {
		const [anna, wang, ann] = await threeLeads();
		const first = await leads.list({ limit: 2 }, mara);
		expect(first.items.map(({ id, name, total }) => [id, name, total])).toEqual([[anna, 'Anna Keller', 6_000], [ann, 'Ann Moser', 5_000]]);
		const second = await leads.list({ limit: 2, cursor: first.nextCursor ?? '' }, mara);
		expect(second).toMatchObject({ items: [{ id: wang, company: 'Pumps Ltd' }], nextCursor: null });
	});

	test.each(['score', 'activity', 'company'] as const)('sorted by %s shows each lead once over its pages', async (sort) => {
		const ids = await threeLeads();
		const seen: string[] = [];
		for (let cursor: string | null | undefined; cursor !== null; ) {
			const page = await leads.list({ sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) }, mara);
			seen.push(...page.items.map(({ id }) => id));
			cursor = page.nextCursor;
		}
		expect(seen.toSorted()).toEqual(ids.toSorted());
	});

	test.each([
		['ann', ['Ann Moser', 'Anna Keller']],
		['ann kel', ['Anna Keller']],
		['小明', ['王小明']],
		['ANNA.KELLER@bottling.example', ['Anna Keller']],
		['@bottling.example', ['Ann Moser', 'Anna Keller']],
		['zed', []],
		['bottling', ['Ann Moser', 'Anna Keller']],
		['Pump', ['王小明']],
		['%', []],
	])('finds %s', async (q, names) => {
		await threeLeads();
		expect((await leads.list({ q }, mara)).items.map(({ name }) => name).sort()).toEqual(names);
	});

	test('is filtered by stage and grade', async () => {
		const [anna] = await threeLeads();
		expect((await leads.list({ stage: 'mql' }, mara)).items.map(({ id }) => id)).toEqual([anna]);
		expect((await leads.list({ grade: 'A3', stage: 'suspect' }, mara)).items).toEqual([]);
	});

	test('shows an analyst no names and finds nobody by name', async () => {
		await threeLeads();
		const { items } = await leads.list({}, analyst);
		expect(items.map(({ name, jobTitle }) => [name, jobTitle])).toEqual([[null, null], [null, null], [null, null]]);
		expect((await leads.list({ q: 'anna' }, analyst)).items).toEqual([]);
		expect(await listAudit(database.db.read, { limit: 5 })).toEqual([]);
	});

	test.each(['x', 'eyJ9', Buffer.from('["leads:company","a","b"]').toString('base64url')])('refuses the cursor %s', async (cursor) => {
		await expect(leads.list({ cursor }, mara)).rejects.toThrow(DomainError);
	});
});

describe('a lead’s page', () => {
	test('shows the person, the receipt and the moves, and leaves a line in the audit log', async () => {
		const leadId = await aPerson('p1', engineer);
		await did('d1', 'p1');
		await scoring.runDue();
		const view = await leads.get(leadId, mara);
		expect(view).toMatchObject({ stage: 'mql', company: 'Bottling AG', colleagues: 0, persons: [{ personId: 'p1', profile: engineer, isErased: false }], receipt: { total: 6_000 }, moves: [{ to: 'mql' }] });
		expect(await listAudit(database.db.read, { subject: `lead:${leadId}`, limit: 5 })).toMatchObject([{ actor: 'staff:u1', action: 'lead.read', origin: '192.0.2.0' }]);
		expect(await leads.forPerson('p1')).toBe(leadId);
	});

	test('shows an analyst the numbers only', async () => {
		const leadId = await aPerson('p1', engineer);
		const view = await leads.get(leadId, analyst);
		expect(view?.persons).toMatchObject([{ profile: null }]);
		expect(JSON.stringify(view)).not.toContain('Keller');
	});

	test('lists what happened, newest first, with the titles of content', async () => {
		const leadId = await aPerson('p1', engineer);
		for (let index = 0; index < 60; index++) await did(`d${index}`, 'p1', { at: new Date(start.getTime() + Math.floor(index / 2) * 1_000), subject: index === 59 ? 'white_papers:gone' : 'white_papers:w1' });
		const first = await leads.timeline(leadId, mara);
		expect(first?.items[0]).toMatchObject({ type: 'download', subject: 'white_papers:gone', content: null });
		expect(first?.items[1]).toMatchObject({ content: { slug: 'servo', title: { en: 'Choosing servo motors' } } });
		const second = await leads.timeline(leadId, mara, first?.nextCursor ?? '');
		expect(new Set([...(first?.items ?? []), ...(second?.items ?? [])].map(({ id }) => id)).size).toBe(60);
		expect(second?.nextCursor).toBeNull();
		expect(await leads.timeline('nobody', mara)).toBeNull();
	});

	test('of nobody is nothing, and is not on record', async () => {
		expect(await leads.get('nobody', mara)).toBeNull();
		expect(await listAudit(database.db.read, { limit: 5 })).toEqual([]);
	});
});
