import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DAY_MS, startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { funnelFromLog, toldCourse } from '#tests/support/funnel-log.ts';

import { type FunnelParams, leadsOfCell, readFunnel } from '../../gating/funnel/evaluate.ts';
import { EVERYBODY } from '../../gating/funnel/scope.ts';
import { durationsOf } from '../../gating/funnel/tally.ts';
import { mergeLeads, undoMerge } from '../../gating/identity/merge.ts';
import { logStage, logState } from '../../gating/lifecycle/advance.ts';
import { STAGES, WORKING_STATES } from '../../gating/lifecycle/stage.ts';
import { disposition, lead, merge, move, workMove } from '../../gating/schema.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.close());

const RUNS = 125;
/** Together a thousand histories. */
const LEADS = 8;
const ZONES = ['Asia/Shanghai', 'Europe/Zurich', 'America/New_York'] as const;
const START = startOfDay('2026-01-01', 'Europe/Zurich').getTime();

/** One thing that happens to a lead: some of it in the same millisecond as the last, some right at a day's edge. */
const act = fc.record({
	lead: fc.nat(LEADS - 1),
	other: fc.nat(LEADS - 1),
	place: fc.nat(7),
	what: fc.constantFrom(...Array<'stage'>(8).fill('stage'), 'state', 'state', 'state', 'merge', 'undo-merge', 'decide', 'undo'),
	after: fc.oneof(
		fc.constant(0),
		fc.constant(1),
		fc.integer({ min: 0, max: 6 }).map((days) => days * DAY_MS + 1),
	),
	atEdge: fc.constantFrom(null, null, null, -1, 0, 1),
});
const story = fc.record({
	zone: fc.constantFrom(...ZONES),
	made: fc.array(fc.record({ after: fc.nat(30 * DAY_MS), stage: fc.constantFrom('raw', 'suspect', 'prospect', 'mql') }), {
		minLength: LEADS,
		maxLength: LEADS,
	}),
	acts: fc.array(act, { minLength: 30, maxLength: 60, size: 'max' }),
	entry: fc.constantFrom(0, 1, 2, 3, 4, 4, 4, 5, 7),
	/** Where in the story the period begins. */
	share: fc.double({ min: 0, max: 0.7, noNaN: true }),
	days: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 200 })),
	readAfter: fc.nat(60 * DAY_MS),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const dayOf = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);

async function live(tx: Handle, { zone, made, acts }: Story): Promise<number> {
	for (const table of [lead, move, workMove, merge, disposition]) await tx.delete(table);
	const ids: string[] = [];
	let clock = START;
	for (const [index, { after, stage }] of made.entries()) {
		const createdAt = new Date(START + after);
		const id = newId(createdAt, systemRandom);
		ids.push(id);
		clock = Math.max(clock, createdAt.getTime());
		await tx.insert(lead).values({
			...{ id, stage, workingState: 'open', company: `Firm ${index}`, mailDomain: '', fit: 0, engagement: 0, total: 0, grade: 'D4', modelVersion: 0 },
			...{ scoredDay: '', hasDecay: false, lastActivityAt: createdAt, createdAt, mergedInto: null },
		});
	}
	let merged: string[] = [];
	let decided: { id: string; leadId: string; from: string; to: string; fromState: string; toState: string } | null = null;
	for (const { lead: which, other, place, what, after, atEdge } of acts) {
		clock += after;
		if (atEdge !== null) {
			const edge = startOfDay(dayOf(Math.ceil((clock - START) / DAY_MS) + 1), zone).getTime() + atEdge;
			clock = Math.max(clock, edge);
		}
		const now = new Date(clock);
		const [id, otherId] = [ids[which]!, ids[other]!];
		const [row] = await tx.select().from(lead).where(eq(lead.id, id));
		const [second] = await tx.select().from(lead).where(eq(lead.id, otherId));
		if (!row || !second) throw new Error('no such lead');
		const [to, toState] = [STAGES[place]!, WORKING_STATES[place % WORKING_STATES.length]!];
		const stageTo = async (next: string, cause: string) => {
			if (next === row.stage) return;
			await tx.update(lead).set({ stage: next }).where(eq(lead.id, id));
			await logStage(tx, { leadId: id, from: row.stage, to: next, cause, evidence: {} }, now, systemRandom);
		};
		const stateTo = async (next: string, cause: string) => {
			if (next === row.workingState) return;
			await tx.update(lead).set({ workingState: next }).where(eq(lead.id, id));
			await logState(tx, { leadId: id, from: row.workingState, to: next, cause, evidence: {} }, now, systemRandom);
		};
		const stands = row.mergedInto === null;
		if (what === 'stage' && stands) await stageTo(to, 'rule:took-part');
		if (what === 'state' && stands) await stateTo(toState, 'staff:max');
		if (what === 'merge' && stands && second.mergedInto === null && id !== otherId)
			merged.push(await mergeLeads(tx, { fromLeadId: id, intoLeadId: otherId, cause: 'staff:max' }, now, systemRandom));
		if (what === 'undo-merge' && merged.length > 0) {
			const mergeId = merged[place % merged.length]!;
			merged = merged.filter((one) => one !== mergeId);
			await undoMerge(tx, mergeId, 'staff:max', now, systemRandom);
		}
		if (what === 'decide' && stands) {
			clock += 1;
			decided = { id: newId(now, systemRandom), leadId: id, from: row.stage, to, fromState: row.workingState, toState };
			const standing = { stage: row.stage, workingState: row.workingState, owner: null, nextActionAt: null };
			const line = { id: decided.id, personId: id, leadId: id, kind: 'won', reason: '', by: 'staff:sam', before: standing, after: standing };
			await tx.insert(disposition).values({ ...line, at: new Date(clock), interactionId: null, feedback: null });
			now.setTime(clock);
			await stageTo(to, 'staff:sam');
			await stateTo(toState, 'staff:sam');
		}
		if (what === 'undo' && decided?.leadId === id && stands && row.stage === decided.to && row.workingState === decided.toState) {
			await tx.update(disposition).set({ undoneAt: now, undoneBy: 'staff:sam' }).where(eq(disposition.id, decided.id));
			await stageTo(decided.from, `undone:${decided.id}`);
			await stateTo(decided.fromState, `undone:${decided.id}`);
		}
		if (what !== 'decide' && decided?.leadId === id) decided = null;
	}
	return clock;
}

test('a second implementation that reads only the log agrees on a thousand random histories', async () => {
	const { db } = database;
	const all = { people: 0, revived: 0, merged: 0 };
	await fc.assert(
		fc.asyncProperty(story, async (told) => {
			const end = await db.write((tx) => live(tx, told));
			const fromDay = Math.floor((told.share * (end - START)) / DAY_MS) - 1;
			const [from, to] = [startOfDay(dayOf(fromDay), told.zone).getTime(), startOfDay(dayOf(fromDay + told.days), told.zone).getTime()];
			const until = Math.min(end, to + told.readAfter);
			const params: FunnelParams = {
				...{ entry: told.entry, period: { from, to }, until, at: to - 1, scope: EVERYBODY, ownChannels: ['sales'] },
			};
			const days = { from: dayOf(fromDay), to: dayOf(fromDay + told.days - 1), timeZone: told.zone };
			const { counts, stays } = await readFunnel(db.read, { ...params, days });
			const expected: Record<string, number> = {};
			const durations: Record<string, number[]> = {};
			const put = (cell: string) => (expected[cell] = (expected[cell] ?? 0) + 1);
			const leads = await funnelFromLog(db.read);
			for (const one of leads) {
				const [stage, state] = [one.stageAt(to - 1), one.stateAt(to - 1)];
				if (stage !== null) [`at`, `at.${STAGES[stage]}`, `at.${STAGES[stage]}.${WORKING_STATES[state ?? 0]}`].map(put);
				const course = toldCourse(one, told.entry, from, to, until);
				if (!course) continue;
				all.people += 1;
				all.revived += Number(course.isRevived);
				for (let reached = told.entry; reached <= course.furthest; reached++)
					[`came.${STAGES[reached]}.all`, `came.${STAGES[reached]}.${course.isRevived ? 'revived' : 'new'}`].map(put);
				put(`stands.${STAGES[course.stands]}`);
				for (const [stayed, took] of Object.entries(course.stays)) {
					put(`left.${STAGES[Number(stayed)]}`);
					(durations[STAGES[Number(stayed)]!] ??= []).push(took);
				}
			}
			all.merged += (await db.read.$count(lead)) - leads.length;
			const shared = Object.entries(counts).filter(([cell]) => /^(?:at|came|stands|left)(?:\.|$)/.test(cell));
			expect(Object.fromEntries(shared)).toEqual(expected);
			expect(stays).toEqual(Object.fromEntries(Object.entries(durations).map(([stage, values]) => [stage, durationsOf(values)])));
			for (const cell of Object.keys(counts).slice(0, 5)) expect((await leadsOfCell(db.read, params, cell)).size).toBe(counts[cell]);
		}),
		{ numRuns: RUNS, seed: 7, endOnFailure: true },
	);
	// The histories are no trivial ones.
	expect(all.people).toBeGreaterThan(200);
	expect(all.revived).toBeGreaterThan(15);
	expect(all.merged).toBeGreaterThan(40);
}, 120_000);
