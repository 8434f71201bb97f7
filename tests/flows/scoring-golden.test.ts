import { eq, inArray, isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { runs } from '#tests/support/runs.ts';
import { createScoredHub, engineer, type ScoredHub } from '#tests/support/scored.ts';

import { append } from '../../gating/consent/ledger.ts';
import { type EventRow, markStale, storeEvents } from '../../gating/event/store.ts';
import { mergeLeads, undoMerge } from '../../gating/identity/merge.ts';
import { event, lead, merge, person } from '../../gating/schema.ts';

const mara = { actor: 'staff:m', origin: '', name: 'Mara Vogel' };
const sven = { actor: 'staff:s', origin: '', name: 'Sven Holt' };
const PERSONS = 5;
let hub: ScoredHub;
let made = 0;

beforeEach(async () => {
	hub = await createScoredHub();
});
afterEach(() => hub.close());

const ACTS = [
	{ type: 'page.view', subject: 'products:b', props: { path: '/products/b' } },
	{ type: 'page.view', subject: 'pages:c', props: { path: '/p/careers' } },
	{ type: 'content.attention', subject: 'white_papers:w1', props: { seconds: 70, depth: 60 } },
	{ type: 'content.attention', subject: 'white_papers:w1', props: { seconds: 300, depth: 90 } },
	{ type: 'download', subject: 'white_papers:w1', props: {} },
	{ type: 'form.submitted', subject: 'quote', props: { form: 'quote' } },
	{ type: 'webinar.attended', subject: 'webinars:x', props: { occurrenceId: 'o', minutes: 25 } },
] as const;
const anAct = fc.constantFrom(...ACTS);
const aPerson = fc.nat(PERSONS - 1);

function eventOf(id: string, personId: string, at: Date, act: (typeof ACTS)[number]): EventRow {
	return { id, ...act, version: 1, at, receivedAt: at, localDay: at.toISOString().slice(0, 10), visitorId: null, personId, basis: 'consent' };
}

const settle = async () => {
	while ((await hub.scoring.runDue()) > 0);
};

/** What can happen to leads and their scores. */
const STEPS = {
	did: async (who: number, act: (typeof ACTS)[number], daysAgo: number) => {
		const at = new Date(hub.clock.at.getTime() - daysAgo * DAY_MS);
		await hub.db.write(async (tx) => void (await storeEvents(tx, [eventOf(`e${++made}`, idOf(who), at, act)])));
	},
	merge: async (from: number, into: number) => {
		const [one, other] = [await leadOf(from), await leadOf(into)];
		if (one !== other)
			await hub.db.write((tx) => mergeLeads(tx, { fromLeadId: one, intoLeadId: other, cause: 'staff:m' }, hub.clock.at, systemRandom));
	},
	split: async () => {
		const [open] = await hub.db.read.select({ id: merge.id }).from(merge).where(isNull(merge.undoneAt)).limit(1);
		if (open) await hub.db.write((tx) => undoMerge(tx, open.id, 'staff:m', hub.clock.at, systemRandom));
	},
	erase: async (who: number) => {
		await hub.db.write(async (tx) => {
			await tx
				.update(person)
				.set({ dataKey: null, profile: null, imported: null, erasedAt: hub.clock.at })
				.where(eq(person.id, idOf(who)));
			await markStale(tx, [idOf(who)]);
		});
	},
	object: async (who: number, given: boolean) => {
		const answer = { visitorId: null, personId: idOf(who), purpose: 'profiling', given, textHash: '', how: 'preferences', channel: '' } as const;
		await hub.db.write(async (tx) => {
			await append(tx, [answer], hub.clock.at, systemRandom);
			await markStale(tx, [idOf(who)]);
		});
	},
	pass: async (days: number) => {
		hub.clock.at = new Date(hub.clock.at.getTime() + days * DAY_MS);
		await jobs();
	},
	publish: async (points: number) => {
		const { models } = hub.scoring;
		const { revision, model } = await models.begin(mara);
		const rule = { ...model.engagement.find(({ name }) => name === 'paper-downloaded'), points };
		const { draft } = await models.edit(revision, { kind: 'rule', part: 'engagement', was: 'paper-downloaded', rule }, mara);
		if (draft.changes.length === 0) return;
		await models.sign(draft.revision, 'marketing', 'm', mara);
		await models.sign(draft.revision, 'sales', 's', sven);
		await models.publish(draft.revision, mara);
		await jobs();
	},
};

const idOf = (who: number) => `p${who}`;
const jobs = () => createJobs({ db: hub.db, now: () => hub.clock.at, log: silentLog, handlers: hub.scoring.jobs }).runDue();
async function leadOf(who: number): Promise<string> {
	const [row] = await hub.db.read
		.select({ leadId: person.leadId })
		.from(person)
		.where(eq(person.id, idOf(who)));
	return row?.leadId ?? '';
}

const aStep: fc.Arbitrary<() => Promise<void>> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.tuple(aPerson, anAct, fc.nat(200)).map(
			([who, act, days]) =>
				() =>
					STEPS.did(who, act, days),
		),
	},
	{
		weight: 2,
		arbitrary: fc.tuple(aPerson, aPerson).map(
			([from, into]) =>
				() =>
					STEPS.merge(from, into),
		),
	},
	{ weight: 1, arbitrary: fc.constant(() => STEPS.split()) },
	{ weight: 1, arbitrary: aPerson.map((who) => () => STEPS.erase(who)) },
	{
		weight: 1,
		arbitrary: fc.tuple(aPerson, fc.boolean()).map(
			([who, given]) =>
				() =>
					STEPS.object(who, given),
		),
	},
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((days) => () => STEPS.pass(days)) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 4_000 }).map((points) => () => STEPS.publish(points)) },
);

test(
	'golden: the lines of the receipt add up to the score, through merges, splits, erasures, objections, days and models',
	{ timeout: 120_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(aStep, { minLength: 8, maxLength: 20 }), async (steps) => {
				await hub.close();
				hub = await createScoredHub();
				for (let who = 0; who < PERSONS; who++) await hub.aPerson(idOf(who), { ...engineer, email: `p${who}@bottling.example` });
				for (const step of steps) await step();
				await settle();
				for (const row of await hub.db.read.select().from(lead).where(isNull(lead.mergedInto))) {
					const receipt = await hub.scoring.receipt(row.id);
					const lines = [...(receipt?.fit.lines ?? []), ...(receipt?.engagement.lines ?? [])];
					expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(row.total);
					expect(receipt).toMatchObject({ total: row.total, grade: row.grade, fit: { total: row.fit }, engagement: { total: row.engagement } });
				}
			}),
			{ numRuns: runs(15) },
		);
	},
);

test('golden: late, doubled and out of order, events give the score that they give in order', { timeout: 120_000 }, async () => {
	const history = fc.array(fc.record({ act: anAct, minutesAgo: fc.nat(60 * 24 * 90) }), { minLength: 1, maxLength: 25 });
	await hub.aPerson('inOrder', { ...engineer, email: 'one@bottling.example' });
	await hub.aPerson('anyOrder', { ...engineer, email: 'two@other.example' });
	await fc.assert(
		fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async (all, random) => {
			await hub.db.write((tx) => tx.delete(event).where(inArray(event.personId, ['inOrder', 'anyOrder'])));
			const run = ++made;
			const rowsOf = (who: string) =>
				all.map(({ act, minutesAgo }, at) => eventOf(`${who}-${run}-${at}`, who, new Date(hub.clock.at.getTime() - minutesAgo * 60_000), act));
			const send = (row: EventRow) => hub.db.write(async (tx) => void (await storeEvents(tx, [row])));
			for (const row of rowsOf('inOrder').toSorted((a, b) => a.at.getTime() - b.at.getTime())) await send(row);
			const mixed = rowsOf('anyOrder').flatMap((row) => [row, row]).map((row) => ({ row, key: random.next().value })).sort((a, b) => a.key - b.key); // prettier-ignore
			for (const [at, { row }] of mixed.entries()) {
				await send(row);
				if (at % 5 === 0) await settle();
			}
			await settle();
			const [one, other] = [await totalOf('inOrder'), await totalOf('anyOrder')];
			expect(other).toEqual(one);
		}),
		{ numRuns: runs(25) },
	);
});

async function totalOf(personId: string) {
	const [row] = await hub.db.read
		.select({ total: lead.total, engagement: lead.engagement, grade: lead.grade })
		.from(lead)
		.innerJoin(person, eq(person.leadId, lead.id))
		.where(eq(person.id, personId));
	return row;
}
