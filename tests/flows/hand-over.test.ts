import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { createHandOverHub, type HandOverHub, max, ROUND, routeRule, TO_SAM } from '#tests/support/hand-over.ts';
import { engineer, mara } from '#tests/support/scored.ts';

import type { RouteRule } from '../../gating/routing/route.ts';
import { DEFAULT_STANDARD } from '../../gating/routing/standard.ts';
import { disposition, workMove } from '../../gating/schema.ts';

let hub: HandOverHub;
beforeEach(async () => {
	hub = await createHandOverHub();
});
afterEach(() => hub.close());

describe('golden: the hand-over standard', () => {
	test('an MQL that meets it is routed at once, with the decision, the move, the clock and the mail', async () => {
		await hub.publishRoutes(TO_SAM);
		const leadId = await hub.aLead();
		await hub.agree('p1');
		await hub.screen(leadId, { supplier: 'unclear' });
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'open', owner: null });
		hub.pass(MINUTE_MS);
		await hub.screen(leadId);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'sales', owner: 'sam' });
		expect(await hub.db.read.select().from(workMove)).toMatchObject([
			{ from: 'open', to: 'sales', cause: 'rule:hand-over-standard', evidence: { standard: 0 } },
		]);
		expect(await hub.clocks()).toMatchObject([
			{ cause: 'standard', rule: 'sam', routingVersion: 1, owner: 'sam', state: 'running', dueAt: new Date(hub.clock.at.getTime() + 24 * HOUR_MS) },
		]);
		expect(await hub.sent()).toEqual(['sam: New lead for you: Bottling AG']);
	});

	test.each([
		['core questions', { needsCore: true }, async (leadId: string) => hub.screen(leadId, { site: 'unclear' })],
		['consent', { needsConsent: true, needsCore: false }, async (leadId: string) => hub.screen(leadId)],
		['grade', { grades: ['A1'], needsConsent: false }, async (leadId: string) => hub.screen(leadId)],
		['cause', { causes: ['marked-by-hand' as const], needsConsent: false }, async (leadId: string) => hub.screen(leadId)],
		['switched off', { isOn: false, needsConsent: false }, async (leadId: string) => hub.screen(leadId)],
	])('who lacks %s stays with marketing, in one queue', async (_what, over, screens) => {
		await hub.publishStandard({ needsConsent: false, ...over });
		const leadId = await hub.aLead();
		await screens(leadId);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'open' });
		expect((await hub.work.view(leadId, mara, max))?.queue).toBe('screening');
		expect(await hub.clocks()).toEqual([]);
	});

	test('a try says whom it would hand over, writes nothing, and publishing it does just that', async () => {
		await hub.publishStandard({ isOn: false });
		const [one, two] = [await hub.aLead('p1'), await hub.aLead('p2', { ...engineer, email: 'b@bottling.example' })];
		await hub.screen(one);
		await hub.screen(two, { site: 'not-obtained' });
		const loose = { ...DEFAULT_STANDARD, needsConsent: false };
		expect(await hub.routing.tryStandard(loose, mara)).toMatchObject({
			...{ tried: 2, met: 1, unmet: { needsCore: 1, needsConsent: 0 }, named: [{ id: one, name: 'Anna Keller' }] },
		});
		expect(await hub.clocks()).toEqual([]);
		await hub.publishStandard({ needsConsent: false });
		await hub.scoring.runDue();
		expect([(await hub.rowOf(one))?.workingState, (await hub.rowOf(two))?.workingState]).toEqual(['sales', 'open']);
	});

	test('who was given back, or whose hand-over was undone, waits for something new', async () => {
		await hub.publishStandard({ needsConsent: false, needsCore: false });
		await hub.publishRoutes(TO_SAM);
		const leadId = await hub.aLead();
		await hub.screen(leadId);
		const [decided] = await hub.db.read.select().from(disposition);
		hub.pass(MINUTE_MS);
		await hub.work.undo(decided!.id, max);
		expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'mql', workingState: 'open', owner: null });
		expect(await hub.clocks()).toMatchObject([{ state: 'undone' }]);
		await hub.scoring.recompute([leadId]);
		expect(await hub.rowOf(leadId)).toMatchObject({ workingState: 'open' });
		hub.pass(MINUTE_MS);
		await hub.did('d9', 'p1');
		await hub.scoring.runDue();
		expect(await hub.rowOf(leadId)).toMatchObject({ workingState: 'sales', owner: 'sam' });
	});

	test('versions: two editors, history, and an earlier one taken up again', async () => {
		await hub.publishStandard({ isOn: false });
		await expect(hub.routing.publish('standard', DEFAULT_STANDARD, 0, mara)).rejects.toMatchObject({ code: 'conflict' });
		await hub.publishStandard({ grades: ['A1'] });
		await hub.routing.restore('standard', 1, 2, mara);
		expect((await hub.routing.rule('standard')).body.isOn).toBe(false);
		expect(await hub.routing.history('standard')).toMatchObject([
			{ version: 3, restored: 1, author: 'staff:u1' },
			{ version: 2, restored: null },
			{ version: 1 },
			{ version: 0, author: 'system' },
		]);
		await expect(hub.routing.publish('standard', { ...DEFAULT_STANDARD, grades: ['Z9'] }, 3, mara)).rejects.toMatchObject({ code: 'invalid' });
	});
});

describe('routing', () => {
	test('rules that cannot hold are refused: unknown staff, no fallback, a rule that nothing reaches', async () => {
		const publish = (rules: readonly RouteRule[]) => hub.publishRoutes(rules).catch((error: { fields?: unknown }) => error.fields);
		expect(await publish([routeRule('rule-a', { kind: 'person', staffId: 'nobody' }), routeRule('rule-b', { kind: 'unassigned' })])).toEqual([
			{ field: '0', code: 'unknown-staff' },
		]);
		expect(await publish([routeRule('rule-a', { kind: 'person', staffId: 'sam' }, { countries: ['CN'] })])).toEqual([
			{ field: 'rules', code: 'no-fallback' },
		]);
		expect(await publish([routeRule('rule-a', { kind: 'unassigned' }), routeRule('rule-b', { kind: 'unassigned' })])).toEqual([
			{ field: '1', code: 'never-reached' },
		]);
	});

	test('turns go on from lead to lead; a simulation says the same and changes nothing', async () => {
		await hub.publishStandard({ isOn: false });
		await hub.publishRoutes(ROUND);
		const ids: string[] = [];
		for (const at of [1, 2, 3, 4]) {
			hub.pass(MINUTE_MS);
			const leadId = await hub.aLead(`p${at}`, { ...engineer, email: `p${at}@bottling.example` });
			await hub.screen(leadId);
			ids.push(leadId);
		}
		expect((await hub.routing.simulate(ROUND, mara)).byOwner.map(({ owner, count }) => [owner, count])).toEqual([
			['sam', 2],
			['sue', 2],
		]);
		for (const id of ids) await hub.handOver(id);
		expect(await Promise.all(ids.map(async (id) => (await hub.rowOf(id))?.owner))).toEqual(['sam', 'sue', 'sam', 'sue']);
	});

	test('who is away is passed over; a deputy takes what was meant for them', async () => {
		await hub.publishStandard({ isOn: false });
		await hub.publishRoutes(TO_SAM);
		const away = { staffId: 'sam', from: '2026-03-01', until: '2026-03-05' };
		const id = await hub.routing.addAbsence({ ...away, deputy: 'sue' }, mara);
		const first = await hub.aLead();
		await hub.screen(first);
		await hub.handOver(first);
		expect((await hub.rowOf(first))?.owner).toBe('sue');
		await hub.routing.removeAbsence(id, mara);
		await hub.routing.addAbsence({ ...away, deputy: '' }, mara);
		const second = await hub.aLead('p2', { ...engineer, email: 'b@bottling.example' });
		await hub.screen(second);
		await hub.handOver(second);
		expect((await hub.rowOf(second))?.owner).toBeNull();
		expect((await hub.work.view(second, mara, max))?.queue).toBe('unassigned');
		await expect(hub.routing.addAbsence({ ...away, until: '2026-02-01', deputy: 'sam' }, mara)).rejects.toMatchObject({ code: 'invalid' });
	});

	test('what somebody had who works here no more goes to others, with new clocks', async () => {
		await hub.publishStandard({ isOn: false });
		await hub.publishRoutes(ROUND);
		const leadId = await hub.aLead();
		await hub.screen(leadId);
		await hub.handOver(leadId, 'sam');
		expect(await hub.routing.runDue()).toBe(0);
		hub.accounts.delete('sam');
		hub.pass(11 * MINUTE_MS);
		expect(await hub.routing.runDue()).toBe(1);
		expect((await hub.rowOf(leadId))?.owner).toBe('sue');
		expect(await hub.clocks()).toMatchObject([
			{ cause: 'owner-left', owner: 'sue', state: 'running' },
			{ cause: 'staff', owner: 'sam', state: 'passed-on' },
		]);
		expect(await hub.routing.check(TO_SAM)).toMatchObject([{ at: 0, code: 'left' }]);
	});
});
