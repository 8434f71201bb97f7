import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { createScoredHub, engineer, mara, type ScoredHub } from '#tests/support/scored.ts';

import { type Agent, agentOf, systemAgent } from '../../gating/lifecycle/agent.ts';
import { type DispositionKind, DISPOSITION_KINDS, ruleOf } from '../../gating/lifecycle/disposition.ts';
import { workData } from '../../gating/lifecycle/personal-data.ts';
import { QUEUES } from '../../gating/lifecycle/queue.ts';
import { lead, move, scoreLedger, workMove } from '../../gating/schema.ts';
import { DEFAULT_SHEET } from '../../gating/screening/default-sheet.ts';

const staff = (id: string, role: 'sales' | 'marketer'): Agent => agentOf({ id, name: id, role }, { ...mara, actor: `staff:${id}` });
const sam = staff('sam', 'sales');
const sue = staff('sue', 'sales');
const max = staff('max', 'marketer');
const crm = systemAgent({ ...mara, actor: 'api:crm' }, true);

let hub: ScoredHub;
let leadId: string;
beforeEach(async () => {
	hub = await createScoredHub();
	leadId = await hub.aPerson('p1', engineer);
	await hub.did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
	await hub.scoring.runDue();
});
afterEach(() => hub.close());

const later = () => (hub.clock.at = new Date(hub.clock.at.getTime() + 60_000));
const call = (agent: Agent, outcome = 'reached', note = '') => {
	later();
	return hub.work.log(leadId, { kind: 'call', outcome, at: hub.clock.at, note, nextActionAt: null }, agent);
};
const decide = (kind: DispositionKind, agent: Agent, more: Partial<Parameters<ScoredHub['work']['dispose']>[1]> = {}) => {
	later();
	return hub.work.dispose(leadId, { kind, reason: '', feedback: '', ...more }, agent);
};
const answers = (over: Readonly<Record<string, string>> = {}) =>
	DEFAULT_SHEET.questions.map(({ key, options }) => ({
		question: key,
		verdict: over[key] ?? 'credible',
		choice: options[0]?.key ?? '',
		words: `Answer to ${key}`,
	}));
const accept = async (agent: Agent) => decide('accepted', agent, { interactionId: await call(agent), feedback: 'Two lines in spring' });
const fieldsOf = (refused: Promise<unknown>) => refused.then(() => null).catch((error: { fields?: unknown }) => error.fields);

test('golden (b): a mark after a call in which somebody was reached makes an MQL, and is its cause', async () => {
	const missed = await call(max, 'no-answer');
	expect(await fieldsOf(decide('marked', max))).toEqual([{ field: 'interactionId', code: 'reached' }]);
	expect(await fieldsOf(decide('marked', max, { interactionId: missed }))).toEqual([{ field: 'interactionId', code: 'reached' }]);
	const id = await decide('marked', max, { interactionId: await call(max) });
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', mqlCause: 'marked-by-hand', workingState: 'open' });
	const [moved] = (await hub.leads.get(leadId, mara))?.moves ?? [];
	expect(moved).toMatchObject({ from: 'identified', to: 'mql', cause: 'rule:marked-by-hand', evidence: { disposition: id } });
	await hub.work.undo(id, max);
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified', mqlCause: null });
});

test('golden (b): credible need, budget and ability make an MQL; a credible "no budget" does not', async () => {
	await hub.work.screening.answer(leadId, { sheet: 'default', answers: answers({ budget: 'unclear' }) }, max);
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified' });
	expect((await hub.work.view(leadId, mara, max))?.ticks).toEqual({ need: true, budget: false, ability: true });
	const budget = (choice: string) => ({ sheet: 'default', answers: [{ question: 'budget', verdict: 'credible', choice, words: '' }] });
	later();
	await hub.work.screening.answer(leadId, budget('none'), max);
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified' });
	later();
	await hub.work.screening.answer(leadId, budget('approved'), max);
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', mqlCause: 'need-budget-ability' });
});

describe('golden (b): SQL', () => {
	test('is given by a sales person on a talk of their own and their feedback, and by nothing else', async () => {
		const talk = await call(max);
		await expect(decide('accepted', max, { interactionId: talk, feedback: 'Good' })).rejects.toMatchObject({ code: 'forbidden' });
		await expect(decide('accepted', crm, { interactionId: talk, feedback: 'Good' })).rejects.toMatchObject({ code: 'conflict' });
		expect(await fieldsOf(decide('accepted', sam, { interactionId: talk, feedback: 'Good' }))).toEqual([
			{ field: 'interactionId', code: 'own-reached' },
		]);
		expect(await fieldsOf(decide('accepted', sam, { interactionId: await call(sam) }))).toEqual([{ field: 'feedback', code: 'required' }]);
		await accept(sam);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'sql', workingState: 'sales', owner: 'sam' });
	});

	test('belongs to whom accepted it: another sales person neither works nor returns it', async () => {
		await accept(sam);
		await expect(decide('returned', sue, { reason: 'no-need' })).rejects.toMatchObject({ code: 'forbidden' });
		await expect(call(sue)).rejects.toMatchObject({ code: 'forbidden' });
		expect((await hub.work.view(leadId, mara, sue))?.possible).toEqual([]);
	});

	test('goes on to opportunity, customer and a new opportunity, by sales or the CRM', async () => {
		await accept(sam);
		await decide('opportunity', crm);
		await decide('won', sam);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'customer', workingState: 'nurture' });
		await decide('opportunity', crm);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'opportunity', workingState: 'sales' });
		const [moved] = (await hub.leads.get(leadId, mara))?.moves ?? [];
		expect(moved).toMatchObject({ cause: 'api:crm', evidence: { kind: 'opportunity', entry: 2 } });
	});
});

describe('golden (b): a return', () => {
	test('keeps fit, is one dated line of engagement, goes to nurture and is judged again; undone, everything is as before', async () => {
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		await accept(sam);
		const before = (await hub.work.view(leadId, mara, sam))!;
		const receipt = (await hub.leads.receipt(leadId))!;
		const id = await decide('returned', sam, { reason: 'no-budget', feedback: 'Frozen until next year' });

		const after = (await hub.leads.receipt(leadId))!;
		expect(after.fit).toEqual(receipt.fit);
		expect(after.engagement.total).toBe(0);
		expect(after.engagement.lines.filter(({ rule }) => rule !== 'returned-by-sales')).toEqual(receipt.engagement.lines);
		expect(after.engagement.lines.filter(({ rule }) => rule === 'returned-by-sales')).toMatchObject([
			{ at: hub.clock.at, points: -receipt.engagement.total, what: { params: { reason: 'no-budget' } } },
		]);
		expect(await hub.db.read.select({ by: scoreLedger.by, reason: scoreLedger.reason }).from(scoreLedger)).toEqual([
			{ by: 'staff:sam', reason: 'no-budget' },
		]);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified', workingState: 'nurture', total: after.total });

		await hub.work.undo(id, sam);
		expect(await hub.leads.receipt(leadId)).toEqual(receipt);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: before.stage, workingState: before.workingState, owner: before.owner });
	});

	test('what was found out before it counts no more; what is found out after it brings the lead back into the queue of calls', async () => {
		await hub.work.screening.answer(leadId, { sheet: 'default', answers: answers() }, max);
		await decide('handed-over', max, { owner: 'sam' });
		await decide('returned', sam, { reason: 'no-need' });
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'identified', workingState: 'nurture', owner: 'sam' });
		await decide('marked', max, { interactionId: await call(staff('max', 'marketer')) });
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'open' });
		expect((await hub.work.view(leadId, mara, max))?.queue).toBe('screening');
	});

	test('needs a reason of the list, and only the newest decision is taken back', async () => {
		await accept(sam);
		expect(await fieldsOf(decide('returned', sam))).toEqual([{ field: 'reason', code: 'required' }]);
		expect(await fieldsOf(decide('returned', sam, { reason: 'weather' }))).toEqual([{ field: 'reason', code: 'choice' }]);
		const first = await decide('working', sam);
		await decide('returned', sam, { reason: 'other' });
		await expect(hub.work.undo(first, sam)).rejects.toMatchObject({ code: 'conflict' });
	});
});

test('a hand-over waits for a credible answer to each core question, unless somebody says why not', async () => {
	await decide('marked', max, { interactionId: await call(max) });
	await hub.work.screening.answer(leadId, { sheet: 'default', answers: answers({ decider: 'not-obtained' }) }, max);
	expect((await hub.work.view(leadId, mara, max))?.openCore).toEqual(['decider']);
	expect(await fieldsOf(decide('handed-over', max, { owner: 'sam' }))).toEqual([{ field: 'feedback', code: 'core-missing' }]);
	await decide('handed-over', max, { owner: 'sam', feedback: 'The board meets on Friday' });
	expect(await hub.rowOf(leadId)).toMatchObject({ workingState: 'sales', owner: 'sam', stage: 'mql' });
	const [moved] = await hub.db.read.select().from(workMove).where(eq(workMove.leadId, leadId));
	expect(moved).toMatchObject({ from: 'open', to: 'sales', cause: 'staff:max', evidence: { overridden: ['decider'] } });
});

test('who is disqualified keeps the stage reached', async () => {
	await decide('marked', max, { interactionId: await call(max) });
	await decide('disqualified', max, { reason: 'left-company' });
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'disqualified' });
	await decide('reopened', max);
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'open' });
});

test('a planned step is overdue once its time has come, and done by the next logged contact', async () => {
	const at = new Date(hub.clock.at.getTime() + DAY_MS);
	await hub.work.log(leadId, { kind: 'call', outcome: 'callback', at: hub.clock.at, note: 'Ask for Ms Li', nextActionAt: at }, max);
	expect(await hub.work.view(leadId, mara, max)).toMatchObject({ isOverdue: false, nextActionAt: at, interactions: [{ note: 'Ask for Ms Li' }] });
	hub.clock.at = at;
	expect((await hub.work.queue({ queue: 'open', viewer: null }, mara)).items).toMatchObject([{ id: leadId, isOverdue: true }]);
	await call(max);
	expect(await hub.work.view(leadId, mara, max)).toMatchObject({ isOverdue: false, nextActionAt: null });
});

test('a definition of the target takes a suspect out of it, and back', async () => {
	const other = await hub.aPerson('p2', { name: 'Rio', industry: 'textile' });
	await hub.scoring.recompute([other]);
	const wide = { industries: [], sizes: [], countries: [], regions: [], jobRoles: [] };
	await hub.work.publishTarget({ ...wide, industries: ['packaging'] }, 0, mara);
	await hub.scoring.runDue();
	expect([(await hub.rowOf(other))?.stage, (await hub.rowOf(leadId))?.stage]).toEqual(['raw', 'identified']);
	await expect(hub.work.publishTarget(wide, 0, mara)).rejects.toMatchObject({ code: 'conflict' });
	await hub.work.publishTarget(wide, 1, mara);
	await hub.scoring.runDue();
	expect((await hub.rowOf(other))?.stage).toBe('suspect');
});

test('whatever is decided in whatever order, each lead is in exactly one queue, and every move was allowed and logged', async () => {
	const agents = [sam, sue, max, crm];
	const ids = [leadId, await hub.aPerson('p2', { ...engineer, email: 'b@bottling.example' }), await hub.aPerson('p3', { name: 'C' })];
	await hub.did('f2', 'p2', { type: 'form.submitted', props: { form: 'paper-default' } });
	await hub.scoring.runDue();
	const step = fc.tuple(fc.nat(ids.length - 1), fc.constantFrom(...DISPOSITION_KINDS), fc.nat(agents.length - 1), fc.boolean());
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
			for (const [which, kind, who, isUndone] of steps) {
				const agent = agents[who]!;
				leadId = ids[which]!;
				const interactionId = await call(agent).catch(() => undefined);
				const done = await decide(kind, agent, { reason: ruleOf(kind).reasons?.[0] ?? '', feedback: 'Because', interactionId, owner: 'sue' }).catch(
					(error: { code?: string }) => {
						expect(['forbidden', 'conflict', 'invalid']).toContain(error.code);
						return null;
					},
				);
				if (done !== null && isUndone) await hub.work.undo(done, sam).catch(() => null);
			}
			const seen: string[] = [];
			for (const queue of QUEUES) {
				const page = await hub.work.queue({ queue, viewer: 'sam' }, mara);
				expect(page.items).toHaveLength(page.counts[queue]);
				seen.push(...page.items.map(({ id }) => id));
			}
			expect(seen.sort()).toEqual([...ids].sort());
			for (const id of ids) {
				const moves = await hub.db.read.select().from(move).where(eq(move.leadId, id)).orderBy(asc(move.at), asc(move.id));
				expect(moves.at(-1)?.to ?? 'suspect').toBe((await hub.rowOf(id))?.stage);
				for (const one of moves.filter(({ to }) => to === 'sql')) expect(one.cause).toMatch(/^staff:(sam|sue)$|^undone:/);
				const states = await hub.db.read.select().from(workMove).where(eq(workMove.leadId, id)).orderBy(asc(workMove.at), asc(workMove.id));
				expect(states.at(-1)?.to ?? 'open').toBe((await hub.rowOf(id))?.workingState);
			}
			expect(await hub.db.read.$count(lead)).toBe(ids.length);
		}),
		{ numRuns: 12 },
	);
});

test('a repeated request under one key is one contact, and another body under it is refused', async () => {
	const act = async () => ({ status: 201, body: await call(max) });
	const first = await hub.work.once({ scope: 's', key: 'k', hash: 'a' }, act);
	expect(await hub.work.once({ scope: 's', key: 'k', hash: 'a' }, act)).toEqual({ ...first, outcome: 'replayed' });
	expect(await hub.work.once({ scope: 's', key: 'k', hash: 'b' }, act)).toEqual({ outcome: 'conflict' });
	expect((await hub.work.view(leadId, mara, max))?.interactions).toHaveLength(1);
});

test('what was noted of a person is in their export, and goes with them', async () => {
	await call(sam, 'reached', 'Wants ten axes');
	await accept(sam);
	await hub.work.screening.answer(leadId, { sheet: 'default', answers: answers() }, sam);
	const source = workData({ keys: hub.keys });
	const told = JSON.stringify(await hub.db.write((tx) => source.export(tx, 'p1')));
	for (const words of ['Wants ten axes', 'Two lines in spring', 'Answer to decider']) expect(told).toContain(words);
	await hub.db.write((tx) => source.erase(tx, 'p1'));
	const view = await hub.work.view(leadId, mara, sam);
	expect(view?.interactions.every(({ note }) => note === '')).toBe(true);
	expect(view?.dispositions.every(({ feedback }) => feedback === '')).toBe(true);
	expect([...((await hub.work.screening.view(leadId, mara))?.answers.values() ?? [])].every(({ words }) => words === '')).toBe(true);
});
