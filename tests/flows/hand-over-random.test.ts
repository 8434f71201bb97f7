import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { outbox } from '#kernel/schema.ts';
import { createHandOverHub, max, ROUND, sam, sue } from '#tests/support/hand-over.ts';
import { runs } from '#tests/support/runs.ts';
import { engineer, mara } from '#tests/support/scored.ts';

import { type DispositionKind, DISPOSITION_KINDS, ruleOf } from '../../gating/lifecycle/disposition.ts';
import { QUEUES } from '../../gating/lifecycle/queue.ts';
import { demanded } from '../../gating/routing/demand.ts';
import { disposition, handOver, move, person, workMove } from '../../gating/schema.ts';

type Act =
	| { readonly act: 'decide'; readonly kind: DispositionKind; readonly who: number; readonly isUndone: boolean }
	| { readonly act: 'screen' | 'event' | 'demand' | 'call' | 'merge' | 'give' | 'work'; readonly who: number }
	| { readonly act: 'pass'; readonly hours: number };

const act: fc.Arbitrary<Act> = fc.oneof(
	fc.record({ act: fc.constant('decide' as const), kind: fc.constantFrom(...DISPOSITION_KINDS), who: fc.nat(2), isUndone: fc.boolean() }),
	fc.record({ act: fc.constantFrom('screen', 'event', 'demand', 'call', 'merge', 'give', 'work'), who: fc.nat(2) }),
	fc.record({ act: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 60 }) }),
);

const anotherOne = (at: number): typeof engineer => ({ ...engineer, email: `somebody${at}@bottling.example` });

test('whatever happens in whatever order: one queue, one owner or none, one clock, each mail once, and no SQL but by sales', async () => {
	const hub = await createHandOverHub();
	const { db, clock } = hub;
	await hub.publishStandard({ needsConsent: false });
	await hub.publishRoutes(ROUND);
	await hub.publishFollowUp({ escalateTo: 'boss', reassignAt: 150 });
	const agents = [sam, sue, max];
	const everybody: string[] = [];
	let ids: readonly string[] = [];
	const deps = { keys: hub.keys, now: () => clock.at, random: systemRandom, content: hub.content };
	let events = 0;

	const perform = async (lead: string, one: Act): Promise<unknown> => {
		hub.pass(MINUTE_MS);
		if (one.act === 'pass') return void hub.pass(one.hours * HOUR_MS);
		const agent = agents[one.who]!;
		const [somebody] = await db.read.select({ id: person.id }).from(person).where(eq(person.leadId, lead)).orderBy(asc(person.id));
		switch (one.act) {
			case 'decide': {
				const interactionId = await hub.call(lead, agent, { outcome: 'reached' }).catch(() => undefined);
				const input = { kind: one.kind, reason: ruleOf(one.kind).reasons?.[0] ?? '', feedback: 'Because', interactionId };
				const done = await hub.work.dispose(lead, input, agent);
				return one.isUndone ? hub.work.undo(done, sam) : done;
			}
			case 'screen':
				return hub.screen(lead, one.who === 0 ? { site: 'unclear' } : {});
			case 'event':
				return somebody && hub.did(`e${(events += 1)}`, somebody.id);
			case 'demand':
				return somebody && db.write((tx) => demanded(tx, deps, { personId: somebody.id, demand: 'contact', origin: 'test' }));
			case 'call':
				return hub.call(lead, agent);
			case 'merge':
				return hub.leads.merge(ids[0]!, ids[1]!, mara);
			case 'give':
				return hub.work.give(lead, one.who === 2 ? null : (agent.staffId ?? null), agent);
			case 'work':
				return hub.routing.runDue();
		}
	};

	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), act), { maxLength: 14, size: 'max' }), async (acts) => {
			const at = everybody.length;
			ids = [await hub.aLead(`p${at}`, at === 0 ? engineer : anotherOne(at)), await hub.aLead(`p${at + 1}`, anotherOne(at + 1))];
			everybody.push(...ids);
			for (const [which, one] of acts) {
				await perform(ids[which]!, one).catch((error: { code?: string }) =>
					expect(['forbidden', 'conflict', 'invalid', 'not-found'], String(error)).toContain(error.code),
				);
				await hub.scoring.runDue();
				await hub.routing.runDue();
			}
			const standing = (await Promise.all(everybody.map(hub.rowOf))).filter((row) => row?.mergedInto === null);
			const seen: string[] = [];
			for (const queue of QUEUES) {
				const page = await hub.work.queue({ queue, viewer: 'sam' }, mara);
				expect(page.items).toHaveLength(page.counts[queue]);
				seen.push(...page.items.map(({ id }) => id));
			}
			expect(seen.sort()).toEqual(standing.map((row) => row!.id).sort());
			const running = await db.read
				.select({ leadId: person.leadId, owner: handOver.owner })
				.from(handOver)
				.innerJoin(person, eq(person.id, handOver.personId))
				.where(eq(handOver.state, 'running'));
			for (const row of standing) {
				const own = running.filter(({ leadId }) => leadId === row!.id);
				expect(own.length).toBeLessThanOrEqual(row!.workingState === 'sales' ? 2 : 0);
				for (const one of own) expect(one.owner).toBe(row!.owner);
				if (row!.owner === null && row!.workingState === 'sales') expect((await hub.work.view(row!.id, mara, sam))?.queue).toBe('unassigned');
			}
			for (const one of await db.read.select().from(move).where(eq(move.to, 'sql'))) expect(one.cause).toMatch(/^staff:(?:sam|sue)$|^undone:|^merge/);
			const keys = (await db.read.select({ key: outbox.key }).from(outbox)).map(({ key }) => key);
			expect(new Set(keys).size).toBe(keys.length);
			const handed = await db.read.$count(disposition, eq(disposition.kind, 'handed-over'));
			expect(await db.read.$count(workMove, eq(workMove.to, 'sales'))).toBeGreaterThanOrEqual(handed > 0 ? 1 : 0);
		}),
		// The example hands over by itself, so that the rest is said of something.
		{ numRuns: runs(20), examples: [[[[0, { act: 'demand', who: 0 }]]]] },
	);
	expect(await db.read.$count(handOver)).toBeGreaterThan(0);
	await hub.close();
});
