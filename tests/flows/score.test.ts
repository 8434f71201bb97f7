import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { job } from '#kernel/schema.ts';
import { createScoredHub, engineer, mara, type ScoredHub } from '#tests/support/scored.ts';

import { append } from '../../gating/consent/ledger.ts';
import { markStale } from '../../gating/event/store.ts';
import { lead, move, person } from '../../gating/schema.ts';

const start = new Date('2026-03-02T08:00:00Z');
let hub: ScoredHub;

beforeEach(async () => {
	hub = await createScoredHub();
});
afterEach(() => hub.close());

describe('what a person does', () => {
	test('is in the score after the next turn of the worker, and the receipt adds up to it', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.did('d1', 'p1');
		expect(await hub.scoring.runDue()).toBe(1);
		const receipt = await hub.leads.receipt(leadId);
		expect(receipt).toMatchObject({
			grade: 'A3',
			total: 6_000,
			modelVersion: 1,
			fit: { total: 5_000 },
			engagement: { total: 1_000, lines: [{ rule: 'paper-downloaded', points: 1_000 }] },
		});
		expect(await hub.rowOf(leadId)).toMatchObject({
			total: 6_000,
			fit: 5_000,
			engagement: 1_000,
			grade: 'A3',
			scoredDay: '2026-03-02',
			hasDecay: true,
			modelVersion: 1,
		});
		expect(await hub.scoring.runDue()).toBe(0);
	});

	test('moves the lead through the stages, with cause and evidence', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'suspect' });
		await hub.did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified' });
		hub.clock.at = new Date(hub.clock.at.getTime() + 1_000);
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql' });
		expect(
			await hub.db.read.select({ from: move.from, to: move.to, cause: move.cause, evidence: move.evidence }).from(move).orderBy(move.id),
		).toEqual([
			{ from: 'suspect', to: 'identified', cause: 'rule:company-industry-title', evidence: { total: 5_500, grade: 'A4', modelVersion: 1 } },
			{ from: 'identified', to: 'mql', cause: 'rule:score-threshold', evidence: { total: 6_500, grade: 'A3', modelVersion: 1 } },
		]);
	});

	test('makes no MQL of a lead in quarantine', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.db.write((tx) => tx.update(lead).set({ workingState: 'quarantine' }).where(eq(lead.id, leadId)));
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified', total: 6_000 });
	});

	test('counts for the lead, whichever of its persons did it', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.aPerson('p2', { email: 'b@bottling.example' }, leadId);
		await hub.did('d1', 'p1');
		await hub.did('d2', 'p2', { subject: 'white_papers:w2' });
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ engagement: 2_000 });
	});

	test('counts for nothing after an objection to profiling, and again after it is taken back', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.did('d1', 'p1');
		const answer = (given: boolean) =>
			hub.db.write(async (tx) => {
				await append(
					tx,
					[{ visitorId: null, personId: 'p1', purpose: 'profiling', given, textHash: '', how: 'preferences', channel: '' }],
					hub.clock.at,
					systemRandom,
				);
				await markStale(tx, ['p1']);
			});
		await answer(false);
		await hub.scoring.runDue();
		expect(await hub.leads.receipt(leadId)).toMatchObject({ total: 5_000, engagement: { total: 0, lines: [], hasObjected: true } });
		expect(await hub.rowOf(leadId)).toMatchObject({ total: 5_000 });
		hub.clock.at = new Date(hub.clock.at.getTime() + 1_000);
		await answer(true);
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ total: 6_000 });
	});

	test('is left without its person once they are erased', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		await hub.db.write(async (tx) => {
			await tx.update(person).set({ dataKey: null, profile: null }).where(eq(person.id, 'p1'));
			await markStale(tx, ['p1']);
		});
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ fit: 0, total: 1_000, stage: 'suspect' });
		expect((await hub.leads.get(leadId, mara))?.persons).toMatchObject([{ profile: null, isErased: true }]);
		expect((await hub.leads.list({}, mara)).items).toMatchObject([{ name: null }]);
	});

	test('can be asked for as of an earlier moment', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.did('d1', 'p1', { at: new Date(start.getTime() + DAY_MS) });
		expect(await hub.leads.receipt(leadId, start)).toMatchObject({ total: 5_000 });
		expect(await hub.leads.receipt('nobody')).toBeNull();
	});
});

describe('at midnight of the company', () => {
	const jobs = () => createJobs({ db: hub.db, now: () => hub.clock.at, log: silentLog, handlers: hub.scoring.jobs });

	test('leads that fade are scored anew, and only they', async () => {
		const fading = await hub.aPerson('p1', engineer);
		const steady = await hub.aPerson('p2', { ...engineer, email: 'x@other.example' });
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		hub.clock.at = new Date('2026-03-02T22:59:59Z');
		expect(await jobs().runDue()).toBe(0);
		hub.clock.at = new Date('2026-03-02T23:00:00Z');
		expect(await jobs().runDue()).toBe(1);
		expect(await hub.rowOf(fading)).toMatchObject({ engagement: 989, scoredDay: '2026-03-03' });
		expect(await hub.rowOf(steady)).toMatchObject({ scoredDay: '2026-03-02' });
	});

	test('the next midnight is planned, once for all workers', async () => {
		await hub.scoring.start();
		hub.clock.at = new Date('2026-03-02T23:00:00Z');
		await jobs().runDue();
		const planned = await hub.db.read.select({ key: job.key, dueAt: job.dueAt }).from(job).orderBy(job.key);
		expect(planned).toEqual([
			{ key: 'scoring.midnight:2026-03-03', dueAt: new Date('2026-03-02T23:00:00Z') },
			{ key: 'scoring.midnight:2026-03-04', dueAt: new Date('2026-03-03T23:00:00Z') },
		]);
	});

	test('an MQL whose interest is gone is one no longer', async () => {
		const leadId = await hub.aPerson('p1', { ...engineer, jobTitle: 'Design engineer', industry: 'mining' });
		for (const id of ['d1', 'd2', 'd3']) await hub.did(id, 'p1', { subject: `white_papers:${id}` });
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', total: 6_000 });
		hub.clock.at = new Date(hub.clock.at.getTime() + 61 * DAY_MS);
		await jobs().runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified' });
	});
});
