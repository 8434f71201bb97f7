import { isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runs } from '#tests/support/runs.ts';
import { analyst, createScoredHub, engineer, mara } from '#tests/support/scored.ts';

import { lead, person } from '../../gating/schema.ts';

type Hub = Awaited<ReturnType<typeof createScoredHub>>;
let hub: Hub;
beforeEach(async () => void (hub = await createScoredHub()));
afterEach(() => hub.close());

const buyer = { name: 'Ben Roth', email: 'ben.roth@bottling.example', company: 'Bottling AG' };

describe('two leads that are one person', () => {
	test('become one whose receipt holds both, and two again with the receipts they had', async () => {
		const [one, two] = [await hub.aPerson('p1', engineer), await hub.aPerson('p2', buyer)];
		await hub.did('e1', 'p1');
		await hub.did('e2', 'p2', { subject: 'white_papers:w2' });
		await hub.leads.recompute([one, two]);
		const before = [await hub.leads.receipt(one), await hub.leads.receipt(two)];
		const rows = [await hub.rowOf(one), await hub.rowOf(two)];

		const mergeId = await hub.leads.merge(one, two, mara);
		expect((await hub.leads.list({}, mara)).items.map(({ id }) => id)).toEqual([one]);
		const merged = await hub.leads.get(two, mara);
		expect(merged?.id).toBe(one);
		expect(merged?.persons.map(({ personId }) => personId)).toEqual(['p1', 'p2']);
		expect(merged?.receipt.engagement.lines).toHaveLength(2);
		expect((await hub.rowOf(one))?.total).toBe(merged?.receipt.total);

		await hub.leads.undoMerge(mergeId, mara);
		expect([await hub.leads.receipt(one), await hub.leads.receipt(two)]).toEqual(before);
		expect([await hub.rowOf(one), await hub.rowOf(two)]).toEqual(rows);
		await expect(hub.leads.undoMerge(mergeId, mara)).rejects.toMatchObject({ code: 'conflict' });
	});

	test('keep the further stage, and give it back', async () => {
		const [one, two] = [await hub.aPerson('p1', buyer), await hub.aPerson('p2', engineer)];
		await hub.did('e1', 'p2');
		await hub.leads.recompute([one, two]);
		const [before, further] = [await hub.rowOf(one), await hub.rowOf(two)];
		expect(further?.stage).not.toBe(before?.stage);
		const mergeId = await hub.leads.merge(one, two, mara);
		expect((await hub.rowOf(one))?.stage).toBe(further?.stage);
		await hub.leads.undoMerge(mergeId, mara);
		expect((await hub.rowOf(one))?.stage).toBe(before?.stage);
		const moves = (await hub.leads.get(one, mara))?.moves.map(({ cause }) => cause.split(':')[0]);
		expect(moves).toEqual(expect.arrayContaining(['merge', 'merge-undone']));
	});

	test('are refused where there is no sense in it', async () => {
		const [one, two, three] = [await hub.aPerson('p1', engineer), await hub.aPerson('p2', buyer), await hub.aPerson('p3', {})];
		await hub.leads.merge(one, two, mara);
		await expect(hub.leads.merge(one, one, mara)).rejects.toMatchObject({ code: 'conflict' });
		await expect(hub.leads.merge(three, two, mara)).rejects.toMatchObject({ code: 'conflict' });
		await expect(hub.leads.merge(one, 'nobody', mara)).rejects.toMatchObject({ code: 'not-found' });
	});

	test('are proposed by phone and name, only to those who may see people', async () => {
		const phone = '+41525550161';
		const one = await hub.aPerson('p1', { ...engineer, phone });
		const two = await hub.aPerson('p2', { name: 'KELLER, Anna', email: 'a.keller@mail.example', phone });
		const three = await hub.aPerson('p3', { name: 'anna keller', email: 'anna@bottling.example' });
		await hub.aPerson('p4', { name: 'Anna Kellermann', email: 'kellermann@bottling.example' });
		const found = await hub.leads.duplicates(one, mara);
		expect(found.map(({ leadId, reason }) => [leadId, reason])).toEqual([
			[two, 'same-phone-and-name'],
			[three, 'same-name-and-company'],
		]);
		expect(await hub.leads.duplicates(one, analyst)).toEqual([]);
	});
});

test('any order of acts, merges and undos leaves each event with one owner and every receipt adding up', async () => {
	const act = fc.oneof(
		fc.record({ kind: fc.constant('event' as const), person: fc.nat(3) }),
		fc.record({ kind: fc.constant('merge' as const), into: fc.nat(3), from: fc.nat(3) }),
		fc.record({ kind: fc.constant('undo' as const), which: fc.nat(5) }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
			const one = await createScoredHub();
			const alone = await createScoredHub();
			try {
				const leads: string[] = [];
				const twins: string[] = [];
				for (let at = 0; at < 4; at++) {
					const profile = { ...engineer, email: `p${at}@bottling.example`, ...(at % 2 === 0 ? {} : { company: '' }) };
					leads.push(await one.aPerson(`p${at}`, profile));
					twins.push(await alone.aPerson(`p${at}`, profile));
				}
				const merges: string[] = [];
				let events = 0;
				for (const each of acts) {
					if (each.kind === 'event') {
						for (const hubOf of [one, alone]) await hubOf.did(`e${events}`, `p${each.person}`, { subject: `white_papers:w${events}` });
						events++;
					} else if (each.kind === 'merge') {
						await one.leads.merge(leads[each.into]!, leads[each.from]!, mara).then((id) => merges.push(id), refused);
					} else if (merges[each.which] !== undefined) await one.leads.undoMerge(merges[each.which]!, mara).catch(refused);
				}
				await one.leads.recompute(leads);
				const standing = await one.db.read.select().from(lead).where(isNull(lead.mergedInto));
				let counted = 0;
				for (const row of standing) {
					const receipt = (await one.leads.receipt(row.id))!;
					const lines = [...receipt.fit.lines, ...receipt.engagement.lines];
					expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(receipt.total);
					expect(row.total).toBe(receipt.total);
					counted += (await one.leads.timeline(row.id, mara, { kinds: ['did'] }))?.items.length ?? 0;
				}
				expect(counted).toBe(events);

				for (const id of merges.toReversed()) await one.leads.undoMerge(id, mara).catch(refused);
				expect((await one.db.read.select().from(person)).every(({ leadId, firstLeadId }) => leadId === firstLeadId)).toBe(true);
				for (const [at, id] of leads.entries()) expect((await one.leads.receipt(id))?.total).toBe((await alone.leads.receipt(twins[at]!))?.total);
			} finally {
				await one.close();
				await alone.close();
			}
		}),
		{ numRuns: runs(25) },
	);
}, 120_000);

function refused(error: unknown): void {
	expect((error as { code?: string }).code).toBe('conflict');
}
