import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { csvOf, settings } from '#tests/support/imports.ts';

import type { Agent } from '../../gating/lifecycle/agent.ts';
import { bulk as bulkTable, lead, staffMember } from '../../gating/schema.ts';

const mara: Agent = { actor: 'staff:m', origin: '', seesPeople: true, staffId: 'm', sells: false, ownOnly: false };
const sam: Agent = { ...mara, actor: 'staff:s', staffId: 's', sells: true, ownOnly: true };
let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
	await gate.db.write(async (tx) => {
		for (const id of ['m', 's', 't'])
			await tx.insert(staffMember).values({ id, name: id, role: id === 'm' ? 'marketer' : 'sales', seenAt: gate.clock.at });
	});
});
afterEach(() => gate.close());

const bulk = () => gate.gating.bulk;
/** So many leads from a list. Returns their ids. */
async function leads(count: number): Promise<string[]> {
	const rows = Array.from({ length: count }, (_, at) => [`Ada Number${at}`, `ada${at}@firm${at}.example`, '', `Firm ${at}`, '']);
	const id = await gate.gating.imports.upload(csvOf(rows), 'List', 'en', mara);
	await gate.gating.imports.check(id, settings(), mara);
	await gate.gating.imports.work(id);
	await gate.gating.imports.run(id, mara);
	await gate.gating.imports.work(id);
	return (await gate.db.read.select({ id: lead.id }).from(lead).orderBy(lead.id)).map((row) => row.id);
}
const runJobs = () => createJobs({ db: gate.db, now: () => gate.clock.at, log: silentLog, handlers: gate.gating.jobs }).runDue();
const owners = async () => (await gate.db.read.select({ owner: lead.owner }).from(lead).orderBy(lead.id)).map(({ owner }) => owner);
const chosen = (ids: readonly string[]) => ({ kind: 'chosen', ids }) as const;
const assign = (value: string) => ({ kind: 'assign', value, reason: '' });

describe('an act on many leads', () => {
	test('golden: undoing it changes back exactly what it changed, and nothing that changed since', async () => {
		const [a, b, c, d] = (await leads(4)) as [string, string, string, string];
		await gate.gating.work.give(b, 't', mara);
		await gate.gating.work.give(c, 's', mara);
		const id = await bulk().order(assign('s'), chosen([a, b, c]), mara);
		expect(await owners()).toEqual(['s', 's', 's', null]);
		expect((await bulk().get(id))?.counts).toMatchObject({ done: 2, skipped: 1, waiting: 0 });
		await gate.gating.work.give(a, 't', mara);
		await gate.gating.work.give(d, 't', mara);
		await bulk().undo(id, mara);
		expect(await owners()).toEqual(['t', 't', 's', 't']);
		expect(await bulk().get(id)).toMatchObject({ state: 'undone', undoneBy: 'staff:m', counts: { undone: 1, kept: 1, skipped: 1 } });
		await expect(bulk().undo(id, mara)).rejects.toMatchObject({ code: 'conflict' });
	});

	test('puts a tag on those that had none, and takes it off those only', async () => {
		const [a, b] = (await leads(2)) as [string, string];
		await gate.gating.tags.put('key-account', { leadId: a }, mara);
		const id = await bulk().order({ kind: 'tag', value: 'key-account', reason: '' }, chosen([a, b]), mara);
		await bulk().undo(id, mara);
		const holds = async (leadId: string) => (await gate.gating.tags.ofLead(leadId)).marked.some((one) => one.holds && one.code === 'key-account');
		expect([await holds(a), await holds(b)]).toEqual([true, false]);
	});

	test('rules leads out with a reason, and brings them back where nobody has decided since', async () => {
		const [a, b] = (await leads(2)) as [string, string];
		const states = async () => (await gate.db.read.select({ state: lead.workingState }).from(lead).orderBy(lead.id)).map(({ state }) => state);
		const before = await states();
		await expect(bulk().order({ kind: 'disqualified', value: '', reason: '' }, chosen([a]), mara)).rejects.toMatchObject({
			fields: [{ field: 'reason' }],
		});
		const id = await bulk().order({ kind: 'disqualified', value: '', reason: 'not-target' }, chosen([a, b]), mara);
		expect(await states()).toEqual(['disqualified', 'disqualified']);
		gate.pass(1_000);
		await gate.gating.work.dispose(b, { kind: 'reopened', reason: '', feedback: '' }, mara);
		await bulk().undo(id, mara);
		expect(await states()).toEqual([before[0], 'open']);
		expect((await bulk().get(id))?.counts).toMatchObject({ undone: 1, kept: 1 });
	});

	test('puts their companies on a target list', async () => {
		const ids = await leads(3);
		const none = { status: '', industry: '', size: '', country: '' };
		const listId = await gate.gating.accounts.targets.add({ name: 'Spring', rule: none }, mara);
		const on = async () => (await gate.gating.accounts.list({ listId })).count;
		const id = await bulk().order({ kind: 'target-list', value: listId, reason: '' }, chosen(ids), mara);
		expect(await on()).toBe(3);
		await bulk().undo(id, mara);
		expect(await on()).toBe(0);
	});

	test('passes over leads of somebody else, for who works only their own', async () => {
		const [a, b] = (await leads(2)) as [string, string];
		await gate.gating.work.give(a, 't', mara);
		const id = await bulk().order(assign('s'), chosen([a, b]), sam);
		expect(await owners()).toEqual(['t', 's']);
		expect((await bulk().get(id))?.counts).toMatchObject({ done: 1, skipped: 1 });
		const other = await bulk().order(assign('t'), chosen([b]), mara);
		await expect(bulk().undo(other, sam)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test.each([
		['no lead', assign('s'), [], 'leads'],
		['nobody on the staff', assign('x'), ['a'], 'value'],
		['a tag there is none of', { kind: 'tag', value: 'x', reason: '' }, ['a'], 'value'],
		['no list', { kind: 'target-list', value: '', reason: '' }, ['a'], 'value'],
		['an act that is none', { kind: 'erase', value: '', reason: '' }, ['a'], 'kind'],
	])('with %s is refused', async (_what, act, ids, field) => {
		await expect(bulk().order(act, chosen(ids), mara)).rejects.toMatchObject({ code: 'invalid', fields: [{ field }] });
	});
});

describe('an act on all that match', () => {
	test('is a job over the leads of that moment, of which nobody’s words are kept', async () => {
		const ids = await leads(60);
		const id = await bulk().order(assign('s'), { kind: 'all', query: { owner: null, q: 'Firm', createdSince: new Date(0) } }, mara);
		expect((await bulk().get(id))?.state).toBe('collecting');
		await runJobs();
		expect(await bulk().get(id)).toMatchObject({ state: 'done', total: ids.length, counts: { done: ids.length } });
		expect((await owners()).every((owner) => owner === 's')).toBe(true);
		expect(JSON.stringify(await gate.db.read.select().from(bulkTable).where(eq(bulkTable.id, id)))).not.toContain('Firm');
		await bulk().undo(id, mara);
		expect((await bulk().get(id))?.state).toBe('undoing');
		await runJobs();
		expect(await bulk().get(id)).toMatchObject({ state: 'undone', counts: { undone: ids.length } });
		expect((await owners()).every((owner) => owner === null)).toBe(true);
	});

	test('can be cancelled; what is done stays and can be undone', async () => {
		await leads(55);
		const id = await bulk().order(assign('s'), { kind: 'all', query: {} }, mara);
		await bulk().cancel(id, mara);
		await runJobs();
		expect(await bulk().get(id)).toMatchObject({ state: 'cancelled', counts: { done: 0 } });
		expect((await owners()).every((owner) => owner === null)).toBe(true);
		await expect(bulk().cancel(id, mara)).rejects.toMatchObject({ code: 'conflict' });
	});
});

describe('saved views', () => {
	const views = () => gate.gating.views;
	test('are for who saved them, or for everybody; somebody begins with one', async () => {
		const own = await views().save({ name: 'Hot', query: 'grade=A1', isShared: false }, mara);
		const shared = await views().save({ name: 'Team', query: 'stage=mql', isShared: true }, mara);
		expect((await views().list('s')).map(({ id, isOwn }) => [id, isOwn])).toEqual([[shared, false]]);
		expect((await views().list('m')).map(({ id }) => id)).toEqual([own, shared]);
		await views().beginWith(shared, sam);
		expect(await views().list('s')).toMatchObject([{ isDefault: true }]);
		await expect(views().beginWith(own, sam)).rejects.toMatchObject({ code: 'not-found' });
		await expect(views().remove(shared, sam)).rejects.toMatchObject({ code: 'not-found' });
		expect(await views().save({ name: 'Team', query: 'stage=sql', isShared: true }, mara)).toBe(shared);
		await views().remove(shared, mara);
		expect(await views().list('s')).toEqual([]);
		await expect(views().save({ name: ' ', query: '', isShared: false }, mara)).rejects.toMatchObject({ code: 'invalid' });
	});
});

test('golden: a number of the funnel, its list, its file and an act on it are of the same leads', async () => {
	await leads(5);
	const { funnel, leads: list, exports } = gate.gating;
	gate.pass(1_000);
	const [moved] = (await list.list({}, mara)).items;
	await gate.gating.work.dispose(moved?.id ?? '', { kind: 'nurture', reason: '', feedback: '' }, mara);
	const report = await funnel.read(funnel.usual());
	const numbers = Object.entries(report.counts).filter(([cell]) => cell.startsWith('at.') || cell.startsWith('came.'));
	expect(numbers.length).toBeGreaterThan(2);
	for (const [cell, count] of numbers) {
		const query = { funnel: funnel.cellOf(report, cell) };
		const ids = (await list.list(query, mara)).items.map(({ id }) => id).sort();
		expect([cell, ids.length]).toEqual([cell, count]);
		const made = await exports.order({ list: 'leads', format: 'csv', columns: ['stage'], query, locale: 'en' }, mara);
		await runJobs();
		const file = await exports.open(made, mara);
		const rows = (await text((await file?.read()) ?? Readable.from([]))).trim().split(/\r?\n/).slice(1);
		expect(rows.map((row) => row.split(',')[0]).sort()).toEqual(ids);
		const act = await bulk().order({ kind: 'tag', value: 'key-account', reason: '' }, { kind: 'all', query }, mara);
		await runJobs();
		expect((await bulk().get(act))?.total).toBe(count);
	}
	await expect(list.list({ funnel: 'made up' }, mara)).rejects.toMatchObject({ code: 'invalid' });
});
