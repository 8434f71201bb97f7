import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { audit, job } from '#kernel/schema.ts';
import { createScoredHub, engineer, type ScoredHub } from '#tests/support/scored.ts';

import { lead, leadScore, move, scoringModel } from '../../gating/schema.ts';

const mara = { actor: 'staff:m', origin: '', name: 'Mara Vogel' };
const sven = { actor: 'staff:s', origin: '', name: 'Sven Holt' };
let hub: ScoredHub;
const jobs = () => createJobs({ db: hub.db, now: () => hub.clock.at, log: silentLog, handlers: hub.scoring.jobs });

beforeEach(async () => {
	hub = await createScoredHub();
});
afterEach(() => hub.close());

const models = () => hub.scoring.models;
/** A draft in which a paper counts 30 points instead of 10. */
async function dearerPapers(): Promise<number> {
	const { revision, model } = await models().begin(mara);
	const rule = { ...model.engagement.find(({ name }) => name === 'paper-downloaded'), points: 3_000 };
	const saved = await models().edit(revision, { kind: 'rule', part: 'engagement', was: 'paper-downloaded', rule }, mara);
	return saved.draft.revision;
}
async function signed(): Promise<number> {
	const revision = await dearerPapers();
	await models().sign(revision, 'marketing', 'm', mara);
	await models().sign(revision, 'sales', 's', sven);
	return revision;
}

describe('a draft', () => {
	test('tells what it changes, and raises the version of the rule', async () => {
		await dearerPapers();
		const draft = await models().draft();
		expect(draft?.changes).toMatchObject([{ kind: 'changed', from: { points: 1_000, version: 1 }, to: { points: 3_000, version: 2 } }]);
		expect(hub.scoring.model().version).toBe(1);
	});

	test('tells the second of two editors what the first changed, and stores nothing', async () => {
		const { revision } = await models().begin(mara);
		await dearerPapers();
		const late = await models().edit(revision, { kind: 'remove', part: 'fit', name: 'mail-free' }, sven);
		expect(late).toMatchObject({ status: 'changed', draft: { editorName: 'Mara Vogel' }, theirs: [{ kind: 'changed' }] });
		expect((await models().draft())?.model.fit.some(({ name }) => name === 'mail-free')).toBe(true);
		const again = await models().edit(late.draft.revision, { kind: 'remove', part: 'fit', name: 'mail-free' }, sven);
		expect(again).toMatchObject({ status: 'saved', draft: { changes: [{ kind: 'removed' }, { kind: 'changed' }] } });
	});

	test.each([
		['a negative limit', { cap: -5 }, 'cap', 'cap-range'],
		['an unknown event', { event: 'page.stare' }, 'event', 'unknown-event'],
		['a name that is taken', { name: 'form-submitted' }, 'name', 'taken'],
		['a fraction of a hundredth', { points: 0.5 }, 'points', 'number'],
		['points beyond all measure', { points: 200_000 }, 'points', 'points-range'],
	])('refuses %s at its field', async (_what, wrong, field, code) => {
		const { revision, model } = await models().begin(mara);
		const at = model.engagement.findIndex(({ name }) => name === 'paper-downloaded');
		const rule = { ...model.engagement[at], ...wrong };
		const saving = models().edit(revision, { kind: 'rule', part: 'engagement', was: 'paper-downloaded', rule }, mara);
		const index = code === 'taken' ? at + 1 : at;
		await expect(saving).rejects.toMatchObject({ code: 'invalid', fields: [{ field: `engagement.${index}.${field}`, code }] });
	});

	test('refuses thresholds that nobody can reach, and 10,000 rules', async () => {
		const { revision, model } = await models().begin(mara);
		const { grades } = model;
		const high = models().edit(revision, { kind: 'thresholds', grades, mql: { from: 900_000, until: 1 } }, mara);
		await expect(high).rejects.toMatchObject({ fields: [{ field: 'mql.from', code: 'unreachable' }] });
		const fit = Array.from({ length: 10_000 }, (_, at) => ({ ...model.fit[0], name: `rule-${at}` }));
		await expect(models().save(revision, { ...model, fit }, mara)).rejects.toMatchObject({ fields: [{ field: 'fit', code: 'too-many-rules' }] });
	});
});

describe('sign-off', () => {
	test('needs two people, one for each side, and ends with the next save', async () => {
		const revision = await dearerPapers();
		await models().sign(revision, 'marketing', 'm', mara);
		await expect(models().sign(revision, 'sales', 'm', mara)).rejects.toMatchObject({ fields: [{ code: 'same-person' }] });
		await expect(models().publish(revision, mara)).rejects.toMatchObject({ fields: [{ code: 'not-signed' }] });
		await models().edit(revision, { kind: 'remove', part: 'fit', name: 'mail-free' }, mara);
		expect((await models().draft())?.signOffs).toEqual([]);
		await expect(models().sign(revision, 'sales', 's', sven)).rejects.toMatchObject({ fields: [{ code: 'changed' }] });
	});

	test('is not given to a draft that changes nothing', async () => {
		const { revision } = await models().begin(mara);
		await expect(models().sign(revision, 'sales', 's', sven)).rejects.toMatchObject({ fields: [{ code: 'unchanged' }] });
	});
});

describe('publishing', () => {
	const many = async (count: number) => {
		const ids: string[] = [];
		for (let at = 0; at < count; at++) {
			ids.push(await hub.aPerson(`p${at}`, { ...engineer, email: `p${at}@bottling.example` }));
			await hub.did(`d${at}`, `p${at}`);
		}
		await hub.scoring.runDue();
		return ids;
	};
	const totals = async () => [...new Set((await hub.db.read.select({ total: lead.total, version: lead.modelVersion }).from(lead)).map((row) => `${row.version}:${row.total}`))]; // prettier-ignore

	test('golden (c): scores everybody aside, and switches everybody at once', async () => {
		const ids = await many(5);
		await models().publish(await signed(), mara);
		const seen = new Set(await totals());
		await jobs().runDue();
		expect([...seen]).toEqual(['1:6000']);
		expect(await totals()).toEqual(['2:8000']);
		expect(hub.scoring.model().version).toBe(2);
		expect((await hub.leads.receipt(ids[0] ?? ''))?.total).toBe(8_000);
		expect(await hub.db.read.select().from(leadScore)).toEqual([]);
		expect((await models().versions())[0]).toMatchObject({
			version: 2,
			isLive: true,
			authorName: 'Mara Vogel',
			marketing: 'Mara Vogel',
			sales: 'Sven Holt',
		});
		expect((await hub.db.read.select({ action: audit.action }).from(audit)).map(({ action }) => action)).toEqual(
			expect.arrayContaining(['scoring.draft', 'scoring.save', 'scoring.sign', 'scoring.publish', 'scoring.live']),
		);
	});

	test('whoever acts meanwhile is scored by both versions', async () => {
		const [first = ''] = await many(2);
		await models().publish(await signed(), mara);
		await hub.did('later', 'p0', { subject: 'white_papers:w2' });
		await hub.scoring.runDue();
		expect(await hub.rowOf(first)).toMatchObject({ total: 7_000, modelVersion: 1 });
		expect(await hub.db.read.select({ total: leadScore.total }).from(leadScore)).toEqual([{ total: 8_000 }]);
		await jobs().runDue();
		expect((await hub.rowOf(first))?.total).toBe((await hub.leads.receipt(first))?.total);
	});

	test('moves those whom it takes to another stage, with the version as evidence', async () => {
		const [id = ''] = await many(1);
		await hub.did('f', 'p0', { type: 'form.submitted', props: { form: 'x' } });
		await hub.scoring.runDue();
		const revision = (await models().begin(mara)).revision;
		const { grades } = hub.scoring.model().model;
		const saved = await models().edit(revision, { kind: 'thresholds', grades, mql: { from: 9_000, until: 8_900 } }, mara);
		await models().sign(saved.draft.revision, 'marketing', 'm', mara);
		await models().sign(saved.draft.revision, 'sales', 's', sven);
		expect(await hub.rowOf(id)).toMatchObject({ stage: 'mql' });
		await models().publish(saved.draft.revision, mara);
		await jobs().runDue();
		expect(await hub.rowOf(id)).toMatchObject({ stage: 'identified', modelVersion: 2 });
		const moves = await hub.db.read.select({ to: move.to, evidence: move.evidence }).from(move).where(eq(move.leadId, id));
		expect(moves).toContainEqual({ to: 'identified', evidence: expect.objectContaining({ modelVersion: 2 }) as unknown });
	});

	test('cancelled, it changes nobody; the number is not used again', async () => {
		await many(2);
		const version = await models().publish(await signed(), mara);
		await models().cancel(version, mara);
		await jobs().runDue();
		expect(await totals()).toEqual(['1:6000']);
		expect(
			(
				await hub.db.read
					.select({ state: job.state })
					.from(job)
					.where(eq(job.key, `scoring.publish:${version}`))
			)[0]?.state,
		).toBe('cancelled');
		expect(await models().publish(await signed(), mara)).toBe(version + 1);
	});

	test('an older version is brought back as a new one', async () => {
		await many(2);
		await models().publish(await signed(), mara);
		await jobs().runDue();
		expect(await models().rollBack(1, sven)).toBe(3);
		await jobs().runDue();
		expect(await totals()).toEqual(['3:6000']);
		expect((await models().versions())[0]).toMatchObject({ kind: 'roll-back', base: 1, authorName: 'Sven Holt', changes: [{ kind: 'changed' }] });
		expect((await hub.db.read.select().from(scoringModel).where(eq(scoringModel.isLive, true))).length).toBe(1);
	});
});

describe('a preview', () => {
	test('counts who would move, names examples, and changes nobody', async () => {
		const id = await hub.aPerson('p1', engineer);
		await hub.aPerson('p2', { ...engineer, email: 'x@other.example' });
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		await dearerPapers();
		await models().preview();
		expect(await models().previewProgress()).toMatchObject({ state: 'waiting' });
		await jobs().runDue();
		expect(await models().previewProgress()).toBeNull();
		expect((await models().draft())?.preview).toMatchObject({
			leads: 2,
			changed: 1,
			grades: { 'A3>A2': 1, 'A4>A4': 1 },
			stages: { 'mql>mql': 1, 'suspect>suspect': 1 },
			gains: [{ leadId: id, from: { total: 6_000 }, to: { total: 8_000 } }],
			losses: [],
		});
		expect(await models().compare(id)).toMatchObject({ now: { total: 6_000 }, then: { total: 8_000 } });
		expect(await hub.rowOf(id)).toMatchObject({ total: 6_000 });
	});
});
