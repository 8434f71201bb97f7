import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { anyModel } from '#tests/support/models.ts';
import { runs } from '#tests/support/runs.ts';
import { createScoredHub, type ScoredHub } from '#tests/support/scored.ts';

import { EVENT_TYPES } from '../../gating/event/catalog.ts';
import { previewStep, scoreStep } from '../../gating/scoring/bulk-run.ts';
import { type BulkParams, type BulkRow, scoreEverybody } from '../../gating/scoring/bulk.ts';
import { DEFAULT_MODEL } from '../../gating/scoring/default-model.ts';
import { gather, surgeDaysOf } from '../../gating/scoring/evidence.ts';
import { mayMove, numbersOf, receiptOf } from '../../gating/scoring/judge.ts';
import type { ScoringModel } from '../../gating/scoring/model.ts';
import type { Surroundings } from '../../gating/scoring/surroundings.ts';
import { account, accountMember, consent, event, lead, person, scoreLedger } from '../../gating/schema.ts';

const PERSONS = 60;
const EVENTS = 1_500;
const now = new Date('2026-11-02T21:30:00Z');
const timeZone = 'Asia/Shanghai';
const surroundings: Surroundings = {
	content: new Map([
		['white_papers:a', { topics: ['emc'], stageRole: 'decision' }],
		['products:b', { topics: [], stageRole: 'awareness' }],
	]),
	competitorDomains: ['kestrel.example'],
};
const ring = [{ id: 'k', key: Buffer.alloc(32, 7) }];
const TITLES = ['Design engineer', 'Einkauf', '研究生', 'Head of maintenance', ''];
const MAILS = ['p@bottling.example', 'info@works.example', 'x@gmail.com', 'spy@lab.kestrel.example'];
const SUBJECTS = ['white_papers:a', 'white_papers:z', 'products:b', 'quote', ''];

let hub: ScoredHub;
/** Whole numbers under `of`, the same at every run. */
let seed = 7;
const pick = (of: number): number => (seed = (seed * 48_271) % 2_147_483_647) % of;

beforeAll(async () => {
	hub = await createScoredHub();
	for (let at = 0; at < PERSONS; at++) {
		hub.clock.at = new Date(now.getTime() - (500 + pick(50)) * DAY_MS);
		const others = at > 5 && pick(4) === 0 ? await hub.db.read.select({ id: lead.id }).from(lead) : [];
		const jobTitle = TITLES[pick(TITLES.length)]!;
		const profile = { email: MAILS[pick(MAILS.length)]!, region: pick(2) === 0 ? 'Bern' : '上海', ...(jobTitle !== '' && { jobTitle }) };
		await hub.aPerson(
			`p${at}`,
			{ ...profile, ...(pick(2) === 0 && { company: 'Bottling', industry: 'packaging' }) },
			others[pick(Math.max(1, others.length))]?.id ?? null,
		);
	}
	await hub.db.write(async (tx) => {
		for (let at = 0; at < EVENTS; at++) await tx.insert(event).values(anEvent(at));
		for (let at = 0; at < 4; at++) await tx.insert(account).values(anAccount(at));
		for (let at = 0; at < PERSONS; at += 2)
			await tx
				.insert(accountMember)
				.values({ personId: `p${at}`, accountId: `a${pick(4)}`, firstAccountId: null, cause: 'domain', companyKey: '', at: now });
		for (let at = 0; at < 40; at++) await tx.insert(consent).values(anAnswer(at));
		for (let at = 0; at < 12; at++) await tx.insert(scoreLedger).values(aLine(at));
		await tx.update(person).set({ dataKey: null, profile: null }).where(eq(person.id, 'p3'));
	});
});
afterAll(() => hub.close());

describe('everybody scored in one pass', () => {
	test('golden: has the numbers that each receipt has, under any model and at any time', async () => {
		await fc.assert(
			fc.asyncProperty(anyModel, fc.integer({ min: -40 * 24, max: 300 * 24 }), async (model, hours) => {
				const at = new Date(now.getTime() + hours * 3_600_000);
				expect(await inOnePass(model, at)).toEqual(await oneByOne(model, at));
			}),
			{ numRuns: runs(40) },
		);
	});

	test('golden: the model that ships too', async () => expect(await inOnePass(DEFAULT_MODEL, now)).toEqual(await oneByOne(DEFAULT_MODEL, now)));

	test('a preview says of each where it would go, in steps', async () => {
		const params = paramsOf({ ...DEFAULT_MODEL, mql: { from: 100, until: 50 } }, now);
		const changes = [];
		for (
			let step = await previewStep(hub.db.read, { run: 'r1', begin: params });
			step;
			step = await previewStep(hub.db.read, { run: 'r1', begin: null })
		)
			changes.push(...step.changes);
		expect(changes).toHaveLength((await oneByOne(DEFAULT_MODEL, now)).length);
	});

	test('a run that a new thread does not know is told so, not begun in the middle', async () => {
		await expect(scoreStep(hub.db.read, { run: 'of another thread', begin: null })).rejects.toThrow('begins anew');
	});
});

const paramsOf = (model: ScoringModel, at: Date): BulkParams => ({ ring, next: { version: 9, model }, surroundings, timeZone, at, eventsAtOnce: 100, leadsAtOnce: 7 }); // prettier-ignore

async function inOnePass(model: ScoringModel, at: Date) {
	const rows: BulkRow[] = [];
	for await (const step of scoreEverybody(hub.db.read, paramsOf(model, at))) rows.push(...step.rows);
	return rows.map(({ from: _from, ...row }) => row);
}

async function oneByOne(model: ScoringModel, at: Date) {
	const ids = (await hub.db.read.select({ id: lead.id }).from(lead).orderBy(lead.id)).map(({ id }) => id);
	const options = { at, competitorDomains: surroundings.competitorDomains, surgeDays: surgeDaysOf([model]) };
	const rows = [];
	for (const id of ids) {
		const [evidence] = await gather(hub.db.read, hub.keys, [id], options);
		if (!evidence) continue;
		const receipt = receiptOf(evidence, { live: { version: 9, model }, at, timeZone, surroundings });
		rows.push({ leadId: id, ...numbersOf(receipt, at, timeZone), moves: mayMove(evidence, receipt.total, model.mql) });
	}
	return rows;
}

function anEvent(at: number): typeof event.$inferInsert {
	const type = EVENT_TYPES[pick(12)]!;
	const when = new Date(now.getTime() - pick(300 * 24 * 60) * 60_000);
	const path = ['/p/careers', '/zh-CN/p/careers/jobs', '/p/"odd"', '/products'][pick(4)]!;
	const props = { path, seconds: pick(120), depth: pick(100) };
	return {
		...{ id: `e${at}`, type, version: 1, at: when, receivedAt: when, localDay: when.toISOString().slice(0, 10), visitorId: null },
		...{ personId: pick(20) === 0 ? null : `p${pick(PERSONS)}`, subject: SUBJECTS[pick(SUBJECTS.length)]!, props, basis: 'consent' },
	};
}

const anAccount = (at: number): typeof account.$inferInsert => ({
	...{
		id: `a${at}`,
		name: `A ${at}`,
		nameKey: `a${at}`,
		nameFolded: `a${at}`,
		nameOf: null,
		owner: '',
		industry: 'metal-forming',
		website: '',
		maySuggest: false,
	},
	...{ status: ['prospect', 'customer', 'competitor', 'partner'][at]!, size: ['1-9', '50-249', '5000+', ''][at]!, country: 'CN', createdAt: now },
});

function anAnswer(at: number): typeof consent.$inferInsert {
	const purpose = ['profiling', 'marketing.email', 'analytics'][pick(3)]!;
	const when = new Date(now.getTime() - pick(100) * DAY_MS);
	return {
		id: `c${at}`,
		visitorId: null,
		personId: `p${pick(PERSONS)}`,
		purpose,
		given: pick(3) === 0,
		textHash: '',
		how: 'form',
		channel: '',
		at: when,
	};
}

function aLine(at: number): typeof scoreLedger.$inferInsert {
	const when = new Date(now.getTime() - pick(100) * DAY_MS);
	const fade = pick(2) === 0 ? 45 : null;
	return {
		...{
			id: `l${at}`,
			personId: `p${pick(PERSONS)}`,
			dispositionId: `d${at}`,
			rule: 'returned-by-sales',
			ruleVersion: 1,
			points: -pick(4_000),
			at: when,
		},
		...{ halfLifeDays: fade, reason: 'too-early', by: 'staff:s', undoneAt: pick(4) === 0 ? now : null },
	};
}
