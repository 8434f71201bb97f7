import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS } from '#kernel/clock.ts';
import { outbox } from '#kernel/schema.ts';
import { createHandOverHub, type HandOverHub, ROUND, routeRule, sam, sue, TO_SAM } from '#tests/support/hand-over.ts';
import { engineer, mara } from '#tests/support/scored.ts';

let hub: HandOverHub;
beforeEach(async () => {
	hub = await createHandOverHub();
});
afterEach(() => hub.close());

describe('golden: the clock of the follow-up', () => {
	let leadId: string;
	const handOverTo = async (owner?: string) => {
		leadId = await hub.aLead();
		await hub.screen(leadId);
		return hub.handOver(leadId, owner);
	};
	beforeEach(async () => {
		await hub.publishStandard({ isOn: false });
		await hub.publishRoutes(TO_SAM);
	});

	test.each(['call', 'mail', 'message', 'meeting'])('a logged %s stops it, reached or not', async (kind) => {
		await handOverTo();
		hub.pass(HOUR_MS);
		const id = await hub.call(leadId, sam, { kind });
		expect(await hub.clocks()).toMatchObject([{ state: 'followed-up', interactionId: id, endedAt: hub.clock.at, nextAt: null }]);
	});

	test('nothing else does: taking it, planning, deciding, answers; nor a contact from before it', async () => {
		await handOverTo();
		hub.pass(HOUR_MS);
		await hub.work.plan(leadId, new Date(hub.clock.at.getTime() + HOUR_MS), sam);
		await hub.work.give(leadId, null, sam);
		await hub.work.give(leadId, 'sue', sue);
		await hub.work.dispose(leadId, { kind: 'working', reason: '', feedback: '' }, sue);
		await hub.screen(leadId, { site: 'unclear' });
		await hub.call(leadId, sue, { at: new Date(hub.clock.at.getTime() - 2 * HOUR_MS) });
		expect(await hub.clocks()).toMatchObject([{ state: 'running', owner: 'sue' }]);
	});

	test('reminder, then somebody is told, each once, however often and by however many it is looked at', async () => {
		await hub.publishFollowUp({ escalateTo: 'boss' });
		await handOverTo();
		expect(await hub.sent()).toEqual(['sam: New lead for you: Bottling AG']);
		hub.pass(18 * HOUR_MS);
		const runs = await Promise.all([hub.routing.runDue(), hub.routing.runDue(), hub.routing.runDue()]);
		expect(runs.reduce((sum, one) => sum + one)).toBe(1);
		expect(await hub.sent()).toEqual(['sam: Reminder: Bottling AG is waiting']);
		hub.pass(6 * HOUR_MS);
		await Promise.all([hub.routing.runDue(), hub.routing.runDue()]);
		expect(await hub.sent()).toEqual(['boss: Late: Bottling AG has had no contact']);
		hub.pass(999 * HOUR_MS);
		await hub.routing.runDue();
		expect(await hub.sent()).toEqual([]);
		expect(await hub.clocks()).toMatchObject([{ state: 'running', step: 2, nextAt: null }]);
	});

	test('a crash between the mark and the mail loses neither: both are one body', async () => {
		await handOverTo();
		await hub.deliver();
		hub.pass(18 * HOUR_MS);
		await hub.routing.runDue();
		// Nothing was delivered when the process died; another finds the row and no step to take.
		expect(await hub.routing.runDue()).toBe(0);
		const waiting = await hub.db.read.select({ key: outbox.key }).from(outbox).where(eq(outbox.state, 'waiting'));
		const [clock] = await hub.clocks();
		expect(waiting).toEqual([{ key: `hand-over:${clock!.id}:remind` }]);
	});

	test('a follow-up before the mail goes takes the mail back', async () => {
		await handOverTo();
		await hub.deliver();
		hub.mails.length = 0;
		hub.pass(18 * HOUR_MS);
		await hub.routing.runDue();
		await hub.call(leadId, sam);
		expect(await hub.sent()).toEqual([]);
	});

	test('it is passed on to whom had it not, as often as there is somebody, then to nobody', async () => {
		await hub.publishRoutes(ROUND);
		await hub.publishFollowUp({ reassignAt: 200, escalateTo: 'boss' });
		await handOverTo('sam');
		hub.pass(48 * HOUR_MS);
		await hub.routing.runDue();
		expect(await hub.clocks()).toMatchObject([
			{ cause: 'passed-on', owner: 'sue', state: 'running', passes: 1 },
			{ owner: 'sam', state: 'passed-on', step: 3 },
		]);
		expect((await hub.rowOf(leadId))?.owner).toBe('sue');
		hub.pass(48 * HOUR_MS);
		await hub.routing.runDue();
		expect((await hub.rowOf(leadId))?.owner).toBeNull();
		expect((await hub.work.view(leadId, mara, sam))?.queue).toBe('unassigned');
		expect(await hub.sent()).toContain('boss: Nobody has this lead: Bottling AG');
		hub.pass(500 * HOUR_MS);
		await hub.routing.runDue();
		expect(await hub.clocks()).toHaveLength(3);
	});

	test('an undone hand-over ends it, and a return; an undone return lets it run on', async () => {
		await handOverTo();
		hub.pass(HOUR_MS);
		const returned = await hub.work.dispose(leadId, { kind: 'returned', reason: 'no-need', feedback: '' }, sam);
		expect(await hub.clocks()).toMatchObject([{ state: 'ended' }]);
		await hub.work.undo(returned, sam);
		expect(await hub.clocks()).toMatchObject([{ state: 'running', endedAt: null }]);
		hub.pass(18 * HOUR_MS);
		await hub.routing.runDue();
		expect(await hub.sent()).toContain('sam: Reminder: Bottling AG is waiting');
	});

	test('mails are in the reader’s language', async () => {
		hub.accounts.set('sam', { language: 'zh-CN' });
		await handOverTo();
		expect(await hub.sent()).toEqual(['sam: 新线索：Bottling AG']);
	});

	test('it hangs on the person: the lead it is merged into has it', async () => {
		await handOverTo();
		const other = await hub.aLead('p2', { ...engineer, email: 'b@bottling.example' });
		await hub.leads.merge(other, leadId, mara);
		expect((await hub.routing.clocks([other])).get(other)).toMatchObject({ state: 'running', owner: 'sam' });
		expect(await hub.rowOf(other)).toMatchObject({ workingState: 'sales', owner: 'sam' });
		await hub.call(other, sam);
		expect(await hub.clocks()).toMatchObject([{ state: 'followed-up' }]);
	});

	test('of two leads that become one a single clock goes on, the one that presses; both run again when they are two', async () => {
		await handOverTo('sam');
		hub.pass(HOUR_MS);
		const other = await hub.aLead('p2', { ...engineer, email: 'b@bottling.example' });
		await hub.screen(other);
		await hub.handOver(other, 'sue');
		const merge = await hub.leads.merge(other, leadId, mara);
		hub.pass(HOUR_MS);
		expect(await hub.clocks()).toMatchObject([
			{ personId: 'p2', state: 'ended', nextAt: null },
			{ personId: 'p1', state: 'running', owner: 'sue' },
		]);
		expect((await hub.routing.clocks([other])).get(other)).toMatchObject({ state: 'running', owner: 'sue' });
		await hub.leads.undoMerge(merge, mara);
		expect(await hub.clocks()).toMatchObject([
			{ personId: 'p2', state: 'running', owner: 'sue', endedAt: null },
			{ personId: 'p1', state: 'running', owner: 'sam' },
		]);
	});

	test('the clock of a lead that becomes one with another that sales has not ends', async () => {
		await handOverTo('sam');
		const other = await hub.aLead('p2', { ...engineer, email: 'b@bottling.example' });
		await hub.work.dispose(other, { kind: 'disqualified', reason: 'not-target', feedback: '' }, sam);
		const merge = await hub.leads.merge(other, leadId, mara);
		expect(await hub.clocks()).toMatchObject([{ state: 'ended' }]);
		await hub.leads.undoMerge(merge, mara);
		expect(await hub.clocks()).toMatchObject([{ state: 'running', owner: 'sam' }]);
	});

	test('it goes with whoever takes up a lead that nobody has, and back when that is undone', async () => {
		hub.pass(HOUR_MS);
		await hub.publishRoutes([routeRule('rest', { kind: 'unassigned' })]);
		await handOverTo();
		expect(await hub.clocks()).toMatchObject([{ state: 'running', owner: null }]);
		const id = await hub.work.dispose(leadId, { kind: 'working', reason: '', feedback: '' }, sue);
		expect(await hub.clocks()).toMatchObject([{ state: 'running', owner: 'sue' }]);
		expect(await hub.routing.waiting('sue')).toMatchObject({ mine: 1, unassigned: 0 });
		await hub.work.undo(id, sue);
		expect(await hub.clocks()).toMatchObject([{ state: 'running', owner: null }]);
	});
});
