import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { WHOLE } from '../../gating/attribution/model.ts';
import type { AttributionQuery, AttributionReport, Reader } from '#gating';
import { campaign, channelCost, channelVisit, deal, lead, move, person, source, tactic, touchpoint } from '../../gating/schema.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
const mara: Reader = { actor: 'staff:m', origin: '', seesPeople: true };

let gate: Gate;
beforeAll(async () => {
	gate = await createGate();
	gate.clock.at = NOW;
});
afterAll(() => gate.close());

/** A lead that was made so many days ago, by these contacts, at this stage after these moves. */
async function aLead(
	made: number,
	touches: readonly (readonly [days: number, channel: string, more?: { tacticId?: string; subject?: string; kind?: string }])[],
	{
		workingState = 'open',
		moves = [],
		stage = 'prospect',
	}: { workingState?: string; stage?: string; moves?: readonly (readonly [number, string])[] } = {},
): Promise<{ readonly leadId: string; readonly personId: string }> {
	const createdAt = ago(made);
	const [leadId, personId] = [newId(createdAt, systemRandom), newId(createdAt, systemRandom)];
	await gate.db.write(async (tx) => {
		await tx.insert(lead).values({
			...{ id: leadId, stage: moves.at(-1)?.[1] ?? stage, workingState, company: 'Firm', mailDomain: '', fit: 0, engagement: 0, total: 0 },
			...{ grade: 'D4', modelVersion: 0, scoredDay: '', hasDecay: false, lastActivityAt: createdAt, createdAt, mergedInto: null },
		});
		await tx.insert(person).values({
			...{ id: personId, leadId, firstLeadId: leadId, dataKey: null, profile: null, locale: 'en', timeZone: 'UTC', verifiedAt: createdAt, createdAt },
		});
		let from = stage;
		for (const [days, to] of moves) {
			await tx.insert(move).values({ id: newId(ago(days), systemRandom), leadId, from, to, cause: 'rule:score', evidence: {}, at: ago(days) });
			from = to;
		}
		for (const [days, channel, { tacticId = null, subject = '', kind = 'visit' } = {}] of touches)
			await tx.insert(touchpoint).values({
				...{ id: newId(ago(days), systemRandom), at: ago(days), localDay: '', visitorId: null, personId, kind, channel, sourceId: null, tacticId },
				...{ subject, detail: {}, importId: null },
			});
	});
	return { leadId, personId };
}

const aDeal = (personId: string, closedOn: string, amount: number | null, currency: string, state = 'won') =>
	gate.db.write((tx) =>
		tx.insert(deal).values({
			...{ id: newId(NOW, systemRandom), personId, externalId: newId(NOW, systemRandom), state, reason: '', amount, currency },
			...{ closedOn: state === 'open' ? null : closedOn, changedAt: NOW, by: 'api:crm', createdAt: NOW },
		}),
	);

const read = (over: Partial<AttributionQuery> = {}): Promise<AttributionReport> => {
	const { attribution } = gate.gating.results;
	return attribution.read({ ...attribution.usual(), window: 'all', ...over });
};
const creditOf = (report: AttributionReport, key: string): number =>
	(report.rows.find((row) => row.key === key)?.credits[report.query.milestone] ?? 0) / WHOLE;

/** Rows sum to the totals, by every milestone, model and currency. */
function expectWhole({ rows, totals, values, query }: AttributionReport): void {
	for (const [milestone, count] of Object.entries(totals))
		expect(rows.reduce((sum, { credits }) => sum + credits[milestone as keyof typeof credits], 0)).toBe(count * WHOLE);
	for (const model of gate.gating.results.attribution.models)
		expect(rows.reduce((sum, { models }) => sum + models[model], 0)).toBe(totals[query.milestone] * WHOLE);
	for (const [currency, amount] of Object.entries(values)) expect(rows.reduce((sum, row) => sum + (row.values[currency] ?? 0), 0)).toBe(amount);
}

/** Leads behind a number, and the credit each gave. */
const behind = async (report: AttributionReport, key: string) =>
	(await gate.gating.results.attribution.list(gate.gating.results.attribution.cellOf(report, key), true)).rows.map(
		({ leadId, credit }) => [leadId, credit / WHOLE] as const,
	);

describe('golden: conversions are credited to the contacts before them', () => {
	let sold: Awaited<ReturnType<typeof aLead>>;
	let alone: Awaited<ReturnType<typeof aLead>>;

	beforeAll(async () => {
		await gate.db.write(async (tx) => {
			await tx.insert(campaign).values({ id: 'c1', name: 'Spring fairs', createdAt: NOW, archivedAt: null });
			await tx.insert(tactic).values({ id: 't1', campaignId: 'c1', name: 'Hanover', createdAt: NOW });
			const link = { name: 'Stand', channel: 'fair', path: '/', utmSource: '', utmMedium: '', utmCampaign: '', expiresAt: null, archivedAt: null };
			await tx.insert(source).values({ id: 's1', code: 'stand', tacticId: 't1', createdAt: NOW, ...link });
			const cost = { channel: 'fair', campaignId: '', month: '2026-06', enteredAt: NOW };
			await tx.insert(channelCost).values([
				{ ...cost, currency: 'EUR', amountCents: 60_000 },
				{ ...cost, campaignId: 'c1', currency: 'EUR', amountCents: 30_000 },
				{ ...cost, currency: 'JPY', amountCents: 100 },
			]);
			await tx.insert(channelVisit).values({ localDay: '2026-06-20', channel: 'fair', sourceId: 's1', visits: 30 });
		});
		sold = await aLead(60, [[80, 'search'], [60, 'fair', { tacticId: 't1', subject: 'white_papers:p1', kind: 'request' }], [20, 'mail'], [2, 'mail']], {
			moves: [[30, 'mql'], [25, 'sql'], [12, 'opportunity'], [5, 'customer']],
		}); // prettier-ignore
		await aDeal(sold.personId, '2026-06-25', 1_000_001, 'EUR');
		await aDeal(sold.personId, '2026-06-25', 500, 'JPY');
		await aDeal(sold.personId, '2026-06-25', null, '');
		await aDeal(sold.personId, '', 7, 'EUR', 'open');
		alone = await aLead(10, []);
		await aLead(8, [[9, 'fair', { tacticId: 't1' }]], { workingState: 'quarantine' });
		// Before the period, and moved on in it.
		await aLead(200, [[210, 'social']], { moves: [[15, 'mql']] });
	});

	test('leads: contacts before they were made; without one they are unknown; in quarantine they wait outside', async () => {
		const report = await read();
		expect(report.totals).toEqual({ lead: 2, mql: 2, sql: 1, opportunity: 1, customer: 1, won: 3 });
		expect([creditOf(report, 'search'), creditOf(report, 'fair'), creditOf(report, ''), creditOf(report, 'mail')]).toEqual([0.5, 0.5, 1, 0]);
		expect(report.putAside).toBe(1);
		expectWhole(report);
		expect(await behind(report, '')).toEqual([[alone.leadId, 1]]);
		expect(await behind(report, 'search')).toEqual([[sold.leadId, 0.5]]);
	});

	test('won deals: shared with their value to the hundredth, by currency; contacts of the day and later do not count', async () => {
		const report = await read({ milestone: 'won', model: 'linear' });
		expect(report.values).toEqual({ EUR: 1_000_001, JPY: 50_000 });
		expect(report.rows.map(({ key, values }) => [key, values['EUR']]).filter(([, value]) => value !== undefined)).toEqual([
			['search', 333_335],
			['fair', 333_333],
			['mail', 333_333],
		]);
		expectWhole(report);
	});

	test('the W: first, the one that made the lead, the last before the opportunity', async () => {
		const report = await read({ milestone: 'won', model: 'w' });
		expect([creditOf(report, 'search'), creditOf(report, 'fair'), creditOf(report, 'mail')].map((one) => Math.round(one * 1e6) / 3e6)).toEqual(
			[333_334, 333_333, 333_333].map((parts) => parts / 1e6),
		);
	});

	test('only contacts of the window count', async () => {
		const report = await read({ milestone: 'customer', window: '30' });
		expect([creditOf(report, 'mail'), creditOf(report, 'search')]).toEqual([1, 0]);
		expectWhole(report);
	});

	test.each([
		['campaign', 'c1', 0.5, '-', 0.5],
		['tactic', 't1', 0.5, '-', 0.5],
		['content', 'white_papers:p1', 0.5, '-', 0.5],
	] as const)('by %s: contacts of none stand in a row of their own', async (grouping, key, credit, without, rest) => {
		const report = await read({ grouping });
		expect([creditOf(report, key), creditOf(report, without), creditOf(report, '')]).toEqual([credit, rest, 1]);
		expectWhole(report);
	});

	test('costs stand beside what they paid for, each currency for itself, with clicks', async () => {
		const { rows } = await read();
		const fair = rows.find(({ key }) => key === 'fair');
		expect(fair?.costs).toEqual([
			{ currency: 'EUR', amountCents: 90_000 },
			{ currency: 'JPY', amountCents: 100 },
		]);
		expect(fair?.clicks).toBe(30);
		const campaigns = (await read({ grouping: 'campaign' })).rows;
		expect(campaigns.map(({ key, costs, clicks }) => [key, costs?.[0]?.amountCents, clicks]).filter(([, cost]) => cost !== undefined)).toEqual([
			['-', 60_000, 0],
			['c1', 30_000, 30],
		]);
		expect((await read({ grouping: 'content' })).rows[0]).toMatchObject({ costs: null, clicks: null });
	});

	test('touches and time to SQL and to a customer', async () => {
		const { effort } = await read();
		expect(effort.sql).toMatchObject({ leads: 1, without: 0, touches: { median: 2 }, time: { median: 55 * DAY_MS } });
		expect(effort.customer).toMatchObject({ touches: { median: 3 }, time: { median: 75 * DAY_MS } });
	});
});

test('merged leads convert once, by the contacts of both; taken apart they are two again', async () => {
	const [one, other] = [await aLead(40, [[41, 'wechat']]), await aLead(35, [[50, 'kol']])];
	const before = await read();
	const merge = await gate.gating.leads.merge(other.leadId, one.leadId, mara);
	const merged = await read();
	expect(merged.totals.lead).toBe(before.totals.lead - 1);
	expect([creditOf(merged, 'kol'), creditOf(merged, 'wechat')]).toEqual([0.5, 0.5]);
	expect(await behind(merged, 'kol')).toEqual([[other.leadId, 0.5]]);
	expectWhole(merged);
	await gate.gating.leads.undoMerge(merge, mara);
	const apart = await read();
	expect([apart.totals.lead, creditOf(apart, 'kol'), creditOf(apart, 'wechat')]).toEqual([before.totals.lead, 1, 1]);
});

test('an erased person’s conversion stays as a fact, and the list shows no name', async () => {
	const browser = gate.browser();
	await gate.gating.forms.submit(gate.form(await browser.who(), { email: 'eve@dealers.example', company: 'Eve Ltd', name: 'Eve Stone' }));
	const [eve] = await gate.db.read.select().from(person);
	const created =
		(await gate.db.read.select().from(person)).toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))[0] ?? eve!;
	gate.pass(120_000);
	const before = await read({ to: '2026-07-02' });
	await gate.gating.privacy.erase(created.id, 'staff:m');
	const after = await read({ to: '2026-07-02' });
	expect(after.totals).toEqual(before.totals);
	expectWhole(after);
	const { attribution } = gate.gating.results;
	for (const { key } of after.rows) {
		const { rows } = await attribution.list(attribution.cellOf(after, key), true);
		expect(JSON.stringify(rows)).not.toContain('Eve');
	}
});

test('an imported contact of years ago counts in a window without end only', async () => {
	await aLead(3, [[900, 'association', { kind: 'attended' }]]);
	const [ever, lately] = [await read(), await read({ window: '365' })];
	expect([creditOf(ever, 'association'), creditOf(lately, 'association')]).toEqual([1, 0]);
	expectWhole(lately);
});

test('a number’s list keeps to the moment at which the number was read', async () => {
	const report = await read();
	gate.pass(1_000);
	await aLead(-0.5, [[1, 'hotline']]);
	gate.pass(DAY_MS);
	expect(creditOf(await read({ to: '2026-07-02' }), 'hotline')).toBe(1);
	expect(await behind(report, 'hotline')).toEqual([]);
});

test('what is no period or no number is refused', async () => {
	const { attribution } = gate.gating.results;
	for (const over of [{ from: '2026-02-30' }, { from: '2026-06-30', to: '2026-06-01' }, { from: '2020-01-01' }])
		await expect(read(over)).rejects.toMatchObject({ code: 'invalid' });
	await expect(attribution.list(new URLSearchParams('key=fair'), true)).rejects.toMatchObject({ code: 'invalid' });
});
