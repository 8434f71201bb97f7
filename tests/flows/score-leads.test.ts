import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { listAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';
import { analyst, createScoredHub, engineer, mara, type ScoredHub } from '#tests/support/scored.ts';

const start = new Date('2026-03-02T08:00:00Z');
let hub: ScoredHub;

beforeEach(async () => {
	hub = await createScoredHub();
});
afterEach(() => hub.close());

describe('the list', () => {
	async function threeLeads() {
		const ids = [
			await hub.aPerson('p1', engineer),
			await hub.aPerson('p2', { name: '王小明', email: 'wang@pumps.example', company: 'Pumps Ltd' }),
			await hub.aPerson('p3', { ...engineer, name: 'Ann Moser', email: 'am@bottling.example' }),
		];
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		return ids;
	}

	test('is sorted by score and goes on where the page ended', async () => {
		const [anna, wang, ann] = await threeLeads();
		const first = await hub.leads.list({ limit: 2 }, mara);
		expect(first.items.map(({ id, name, total }) => [id, name, total])).toEqual([
			[anna, 'Anna Keller', 6_000],
			[ann, 'Ann Moser', 5_000],
		]);
		const second = await hub.leads.list({ limit: 2, cursor: first.nextCursor ?? '' }, mara);
		expect(second).toMatchObject({ items: [{ id: wang, company: 'Pumps Ltd' }], nextCursor: null });
	});

	test.each(['score', 'activity', 'company'] as const)('sorted by %s shows each lead once over its pages', async (sort) => {
		const ids = await threeLeads();
		const seen: string[] = [];
		for (let cursor: string | null | undefined; cursor !== null;) {
			const page = await hub.leads.list({ sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) }, mara);
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
		['\0', []],
		['\ud800', []],
	])('finds %s', async (q, names) => {
		await threeLeads();
		expect((await hub.leads.list({ q }, mara)).items.map(({ name }) => name).sort()).toEqual(names);
	});

	test('is filtered by stage and grade', async () => {
		const [anna] = await threeLeads();
		expect((await hub.leads.list({ stage: 'mql' }, mara)).items.map(({ id }) => id)).toEqual([anna]);
		expect((await hub.leads.list({ grade: 'A3', stage: 'suspect' }, mara)).items).toEqual([]);
	});

	test('shows an analyst no names and finds nobody by name', async () => {
		await threeLeads();
		const { items } = await hub.leads.list({}, analyst);
		expect(items.map(({ name, jobTitle }) => [name, jobTitle])).toEqual([
			[null, null],
			[null, null],
			[null, null],
		]);
		expect((await hub.leads.list({ q: 'anna' }, analyst)).items).toEqual([]);
		expect(await listAudit(hub.db.read, { limit: 5 })).toEqual([]);
	});

	test.each([
		'x',
		'eyJ9',
		Buffer.from('["leads:company","a","b"]').toString('base64url'),
		Buffer.from('["leads:score",1,"\\u0000"]').toString('base64url'),
	])('refuses the cursor %s', async (cursor) => {
		await expect(hub.leads.list({ cursor }, mara)).rejects.toThrow(DomainError);
	});
});

describe('a lead’s page', () => {
	test('shows the person, the receipt and the moves, and leaves a line in the audit log', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		await hub.did('d1', 'p1');
		await hub.scoring.runDue();
		const view = await hub.leads.get(leadId, mara);
		expect(view).toMatchObject({
			stage: 'mql',
			company: 'Bottling AG',
			colleagues: 0,
			persons: [{ personId: 'p1', profile: engineer, isErased: false }],
			receipt: { total: 6_000 },
			moves: [{ to: 'mql' }],
		});
		expect(await listAudit(hub.db.read, { subject: `lead:${leadId}`, limit: 5 })).toMatchObject([
			{ actor: 'staff:u1', action: 'lead.read', origin: '192.0.2.0' },
		]);
		expect(await hub.leads.forPerson('p1')).toBe(leadId);
	});

	test('shows an analyst the numbers only', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		const view = await hub.leads.get(leadId, analyst);
		expect(view?.persons).toMatchObject([{ profile: null }]);
		expect(JSON.stringify(view)).not.toContain('Keller');
	});

	test('lists what happened, newest first, with the titles of content', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		for (let index = 0; index < 60; index++)
			await hub.did(`d${index}`, 'p1', {
				at: new Date(start.getTime() + Math.floor(index / 2) * 1_000),
				subject: index === 59 ? 'white_papers:gone' : 'white_papers:w1',
			});
		const first = await hub.leads.timeline(leadId, mara);
		expect(first?.items[0]).toMatchObject({ type: 'download', subject: 'white_papers:gone', content: null });
		expect(first?.items[1]).toMatchObject({ content: { slug: 'servo', title: { en: 'Choosing servo motors' } } });
		const second = await hub.leads.timeline(leadId, mara, { cursor: first?.nextCursor ?? '' });
		expect(new Set([...(first?.items ?? []), ...(second?.items ?? [])].map(({ id }) => id)).size).toBe(60);
		expect(second?.nextCursor).toBeNull();
		expect(await hub.leads.timeline('nobody', mara)).toBeNull();
	});

	test('of nobody is nothing, and is not on record', async () => {
		expect(await hub.leads.get('nobody', mara)).toBeNull();
		expect(await listAudit(hub.db.read, { limit: 5 })).toEqual([]);
	});
});
