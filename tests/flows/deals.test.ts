import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { systemRandom } from '#kernel/id.ts';
import { createScoredHub, engineer, mara, type ScoredHub } from '#tests/support/scored.ts';

import { createDeals, type Deals } from '../../gating/deal/create-deals.ts';
import type { DealInput } from '../../gating/deal/deal.ts';
import { type Agent, agentOf, systemAgent } from '../../gating/lifecycle/agent.ts';
import { dealChange, disposition, lead, move, staffMember } from '../../gating/schema.ts';

const sam: Agent = agentOf({ id: 'sam', name: 'Sam', role: 'sales' }, { ...mara, actor: 'staff:sam' });
const crm = systemAgent({ ...mara, actor: 'api:crm' }, true);
const open: DealInput = { state: 'open', reason: '', amount: 4_200_000, currency: 'EUR', closedOn: null };
const won: DealInput = { ...open, state: 'won', closedOn: '2026-03-01' };

let hub: ScoredHub;
let deals: Deals;
let leadId: string;
beforeEach(async () => {
	hub = await createScoredHub();
	leadId = await hub.aPerson('p1', engineer);
	await hub.did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
	await hub.scoring.runDue();
	const { db, keys, clock, work } = hub;
	deals = createDeals({ db, keys, now: () => clock.at, random: systemRandom, timeZone: () => 'Europe/Zurich', work });
});
afterEach(() => hub.close());

const later = () => (hub.clock.at = new Date(hub.clock.at.getTime() + 60_000));
async function accept() {
	later();
	const interactionId = await hub.work.log(leadId, { kind: 'call', outcome: 'reached', at: hub.clock.at, note: '', nextActionAt: null }, sam);
	await hub.work.dispose(leadId, { kind: 'accepted', reason: '', feedback: 'Two lines in spring', interactionId }, sam);
	later();
}
const stageOf = async () => (await hub.rowOf(leadId))?.stage;

test('a deal before sales has accepted the lead is refused, and neither the deal nor the lead changes', async () => {
	await expect(deals.set(leadId, 'D-1', open, crm)).rejects.toMatchObject({ code: 'conflict' });
	expect(await deals.ofLead(leadId)).toEqual([]);
	expect(await stageOf()).toBe('identified');
});

test('a deal moves the lead by the allowed moves, and told again changes nothing at all', async () => {
	await accept();
	expect(await deals.set(leadId, 'D-1', open, crm)).toMatchObject({ outcome: 'created', deal: { amount: 4_200_000, currency: 'EUR' } });
	expect(await stageOf()).toBe('opportunity');
	const before = {
		moves: await hub.db.read.$count(move),
		decisions: await hub.db.read.$count(disposition),
		lines: await hub.db.read.$count(dealChange),
	};
	expect(await deals.set(leadId, 'D-1', open, crm)).toMatchObject({ outcome: 'same' });
	expect({
		moves: await hub.db.read.$count(move),
		decisions: await hub.db.read.$count(disposition),
		lines: await hub.db.read.$count(dealChange),
	}).toEqual(before);

	later();
	expect(await deals.set(leadId, 'D-1', { ...won, amount: 4_000_000 }, crm)).toMatchObject({ outcome: 'changed', deal: { closedOn: '2026-03-01' } });
	expect(await hub.rowOf(leadId)).toMatchObject({ stage: 'customer', workingState: 'nurture' });
	expect(
		(await hub.leads.timeline(leadId, mara))?.items.filter(({ source }) => source === 'deal').map(({ type, props }) => [type, props['amount']]),
	).toEqual([
		['won', 4_000_000],
		['open', 4_200_000],
	]);
});

test('a win that comes first goes through opportunity, each move logged as the CRM’s', async () => {
	await accept();
	await deals.move(leadId, 'won', '', crm);
	const rows = await hub.db.read.select({ to: move.to, cause: move.cause }).from(move).where(eq(move.leadId, leadId)).orderBy(move.at);
	expect(rows.slice(-2)).toEqual([
		{ to: 'opportunity', cause: 'api:crm' },
		{ to: 'customer', cause: 'api:crm' },
	]);
	expect(await deals.move(leadId, 'won', '', crm)).toBe(false);
});

test('what is older than what is known changes nothing', async () => {
	await accept();
	const at = (minutes: number) => new Date(hub.clock.at.getTime() + minutes * 60_000);
	await deals.set(leadId, 'D-1', { ...won, changedAt: at(10) }, crm);
	expect(await deals.set(leadId, 'D-1', { ...open, changedAt: at(5) }, crm)).toMatchObject({ outcome: 'stale', deal: { state: 'won' } });
	expect(await stageOf()).toBe('customer');
});

test('a lost deal gives the lead back unless another is open', async () => {
	await accept();
	await deals.set(leadId, 'D-1', open, crm);
	await deals.set(leadId, 'D-2', open, crm);
	await deals.set(leadId, 'D-1', { ...open, state: 'lost', reason: 'price' }, crm);
	expect(await stageOf()).toBe('opportunity');
	later();
	await deals.set(leadId, 'D-2', { ...open, state: 'lost', reason: 'competitor' }, crm);
	expect(await stageOf()).not.toBe('opportunity');
	expect(await deals.set(leadId, 'D-2', { ...open, state: 'lost', reason: 'competitor' }, crm)).toMatchObject({ outcome: 'same' });
});

test('an id that another lead’s deal has is refused', async () => {
	await accept();
	await deals.set(leadId, 'D-1', open, crm);
	const other = await hub.aPerson('p2', { ...engineer, email: 'ben@other.example' });
	await expect(deals.set(other, 'D-1', open, crm)).rejects.toMatchObject({ code: 'conflict', fields: [{ field: 'externalId', code: 'taken' }] });
});

test('an owner is somebody who works here, and told again changes nothing', async () => {
	await expect(deals.own(leadId, 'nobody', crm)).rejects.toMatchObject({ code: 'invalid' });
	await hub.db.write((tx) => tx.insert(staffMember).values({ id: 'sam', name: 'Sam', role: 'sales', seenAt: hub.clock.at }));
	expect([await deals.own(leadId, 'sam', crm), await deals.own(leadId, 'sam', crm)]).toEqual([true, false]);
	expect((await hub.db.read.select({ owner: lead.owner }).from(lead).where(eq(lead.id, leadId)))[0]).toEqual({ owner: 'sam' });
});

test('a merge brings the deals along', async () => {
	await accept();
	await deals.set(leadId, 'D-1', open, crm);
	const other = await hub.aPerson('p2', { ...engineer, email: 'anna@bottling.example' });
	await hub.leads.merge(other, leadId, mara);
	expect((await deals.ofLead(leadId)).map(({ externalId }) => externalId)).toEqual(['D-1']);
});
