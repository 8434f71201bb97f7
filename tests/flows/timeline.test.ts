import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runs } from '#tests/support/runs.ts';
import { analyst, createScoredHub, engineer, mara } from '#tests/support/scored.ts';
import { keepRows, SOURCES } from '#tests/support/timeline.ts';

type Hub = Awaited<ReturnType<typeof createScoredHub>>;
let hub: Hub;
beforeEach(async () => void (hub = await createScoredHub()));
afterEach(() => hub.close());

const buyer = { name: 'Ben Roth', email: 'ben.roth@bottling.example', company: 'Bottling AG' };

type Page = Awaited<ReturnType<Hub['leads']['timeline']>>;
const namesOf = (items: NonNullable<Page>['items']) => items.map(({ source, id, at }) => ({ source, id, at: at.getTime() }));

async function through(read: (cursor: string | undefined) => Promise<Page>) {
	const found: ReturnType<typeof namesOf> = [];
	for (let cursor: string | undefined; ;) {
		const page = (await read(cursor))!;
		found.push(...namesOf(page.items));
		if (page.nextCursor === null) return found;
		cursor = page.nextCursor;
	}
}

test('paging through with any page size yields exactly the merged list of all sources, of a lead and of an account', async () => {
	const planned = fc.record({
		source: fc.constantFrom(...SOURCES),
		person: fc.nat(1),
		at: fc.nat(4),
		undone: fc.option(fc.nat(3)),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }), async (rows, limit) => {
			const one = await createScoredHub();
			try {
				const leadId = await one.aPerson('p1', engineer);
				await one.aPerson('p2', buyer, leadId);
				const people = [{ id: 'p1', leadId }, { id: 'p2', leadId }]; // prettier-ignore
				const naive = await keepRows(one, people, rows);
				const ofLead = naive.filter(({ source }) => !source.startsWith('account-'));
				expect(await through((cursor) => one.leads.timeline(leadId, mara, { cursor, limit }))).toEqual(ofLead);
				expect(await through((cursor) => one.leads.accountTimeline('acc', mara, { cursor, limit }))).toEqual(naive);
				const kinds = ['merge', 'form'] as const;
				expect(await through((cursor) => one.leads.timeline(leadId, mara, { cursor, limit, kinds }))).toEqual(
					ofLead.filter(({ source }) => source.startsWith('merge') || source === 'form'),
				);
			} finally {
				await one.close();
			}
		}),
		{ numRuns: runs(15) },
	);
}, 120_000);

describe('the timeline of a lead', () => {
	test('follows a merge, and is what it was after the undoing but for the merge itself', async () => {
		const [one, two] = [await hub.aPerson('p1', engineer), await hub.aPerson('p2', buyer)];
		await keepRows(hub, [{ id: 'p1', leadId: one }, { id: 'p2', leadId: two }], [
			...SOURCES.slice(0, 13).map((source, at) => ({ source, person: 1, at, undone: null })),
			{ source: 'event', person: 0, at: 3, undone: null },
		]); // prettier-ignore
		const names = async (id: string) => namesOf((await hub.leads.timeline(id, mara))!.items);
		const before = [await names(one), await names(two)];
		expect(before.map(({ length }) => length)).toEqual([1, 13]);

		const mergeId = await hub.leads.merge(one, two, mara);
		const merged = await names(one);
		expect(merged).toEqual(expect.arrayContaining([...before[0]!, ...before[1]!, expect.objectContaining({ source: 'merge', id: mergeId })]));
		expect(await names(two)).toEqual(merged);

		await hub.leads.undoMerge(mergeId, mara);
		const own = (all: typeof merged) => all.filter(({ source, at }) => !source.startsWith('merge') && at < hub.clock.at.getTime());
		expect([own(await names(one)), own(await names(two))]).toEqual(before);
		for (const id of [one, two]) expect((await names(id)).map(({ source }) => source)).toEqual(expect.arrayContaining(['merge', 'merge-undone']));
	});

	test('shows words of staff and of browsers to readers who may see people, and to nobody else', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		const agent = { ...mara, staffId: 'u1', isStaff: true, maySell: true, ownOnly: false } as unknown as Parameters<Hub['work']['log']>[2];
		const note = 'Wants a gearbox with 3 arcmin';
		await hub.work.log(leadId, { kind: 'call', outcome: 'reached', at: hub.clock.at, note, nextActionAt: null }, agent);
		await hub.did('v1', 'p1', { type: 'page.view', props: { path: '/private-path' } } as never);
		const seen = await hub.leads.timeline(leadId, mara);
		expect(seen?.items.find(({ source }) => source === 'contact')).toMatchObject({ type: 'call', words: note, name: engineer.name, leadId });
		expect(seen?.items.find(({ source }) => source === 'event')?.props).toEqual({ path: '/private-path' });
		const hidden = await hub.leads.timeline(leadId, analyst);
		expect(hidden?.items).toHaveLength(seen?.items.length ?? 0);
		for (const word of [note, engineer.name!, 'private-path']) expect(JSON.stringify(hidden)).not.toContain(word);
	});

	test('refuses a cursor that is not of it', async () => {
		const leadId = await hub.aPerson('p1', engineer);
		const foreign = Buffer.from(JSON.stringify([`timeline:${leadId}`, 5, 'nothing:x'])).toString('base64url');
		for (const cursor of ['x', foreign]) await expect(hub.leads.timeline(leadId, mara, { cursor })).rejects.toMatchObject({ code: 'invalid' });
		expect(await hub.leads.accountTimeline('nobody', mara)).toBeNull();
	});
});
