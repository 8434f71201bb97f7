import { and, asc, eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Database } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import { createTestDatabase } from '#tests/support/database.ts';

import type { Occurrence } from '../../webinar/programme/occurrence.ts';
import { createDecide } from '../../webinar/registration/decide.ts';
import { enter } from '../../webinar/registration/enter.ts';
import { fillAll, give } from '../../webinar/registration/fill-seats.ts';
import { leave } from '../../webinar/registration/leave.ts';
import { registration } from '../../webinar/schema.ts';
import { occurrence } from '../../webinar/schema.ts';

const START = new Date('2026-08-20T10:00:00Z');
const HOST = { actor: 'staff:s1', origin: '' };

const acts = fc.array(
	fc.oneof(
		{ weight: 5, arbitrary: fc.record({ act: fc.constant('register' as const), who: fc.nat(11) }) },
		{ weight: 3, arbitrary: fc.record({ act: fc.constant('cancel' as const), who: fc.nat(11) }) },
		{ weight: 3, arbitrary: fc.record({ act: fc.constant('take' as const), who: fc.nat(11) }) },
		{ weight: 2, arbitrary: fc.record({ act: fc.constantFrom('approve' as const, 'decline' as const), who: fc.nat(11) }) },
		{ weight: 4, arbitrary: fc.record({ act: fc.constant('pass' as const), hours: fc.constantFrom(1, 5, 30, 100) }) },
		{ weight: 1, arbitrary: fc.record({ act: fc.constant('seats' as const), capacity: fc.integer({ min: 1, max: 5 }) }) },
	),
	{ minLength: 20, maxLength: 60 },
);

/** One webinar with a clock; each act is what the pages and the worker call. */
async function history(db: Database, id: string, capacity: number, needsApproval: boolean) {
	const clock = { at: new Date('2026-03-01T09:00:00Z') };
	const deps = { db, now: () => clock.at, random: systemRandom };
	const both = { en: 'Sizing', 'zh-CN': '选型' };
	const stored: Occurrence = {
		...{ id, webinarId: id, slug: id, title: both, mode: 'live', startsAt: START, endsAt: new Date(START.getTime() + 3_600_000) },
		...{ wentLiveAt: null, finishedAt: null, closesAt: new Date(START.getTime() + 3_600_000), timeZone: 'UTC', capacity, needsApproval },
		...{ place: { en: '', 'zh-CN': '' }, sequence: 0, cancelledAt: null, settledAt: null, isElsewhere: false },
	};
	await db.write((tx) => tx.insert(occurrence).values(stored));
	const decide = createDecide(deps);
	const rows = () => db.read.select().from(registration).where(eq(registration.occurrenceId, id));
	const person = (who: number) => `${id}-p${who}`;
	const rowOf = async (who: number) => (await rows()).find(({ personId }) => personId === person(who));
	const current = async () => (await db.read.select().from(occurrence).where(eq(occurrence.id, id)))[0] ?? stored;
	const line = () =>
		db.read
			.select({ id: registration.id })
			.from(registration)
			.where(and(eq(registration.occurrenceId, id), eq(registration.state, 'waiting')))
			.orderBy(asc(registration.queuedAt), asc(registration.id));

	const run = async (one: { readonly act: string; readonly who?: number; readonly hours?: number; readonly capacity?: number }): Promise<void> => {
		clock.at = new Date(clock.at.getTime() + 1_000);
		const now = clock.at;
		const found = one.who === undefined ? undefined : await rowOf(one.who);
		const event = await current();
		switch (one.act) {
			case 'register':
				await db.write((tx) => enter(tx, { occurrence: event, personId: person(one.who ?? 0), channel: '', grantId: null }, now, systemRandom));
				return;
			case 'cancel':
				if (found && ['registered', 'pending', 'waiting', 'offered'].includes(found.state))
					await db.write((tx) => leave(tx, found, event, 'cancelled', now, systemRandom));
				return;
			case 'take':
				await fillAll(deps, id);
				if (found?.state === 'offered' && (await rowOf(one.who ?? 0))?.state === 'offered')
					await db.write((tx) => give(tx, found, event, 'taken', now, systemRandom));
				return;
			case 'approve':
			case 'decline':
				if (found) await decide(id, [found.id], one.act, HOST);
				return;
			case 'pass':
				clock.at = new Date(Math.min(clock.at.getTime() + (one.hours ?? 0) * 3_600_000, START.getTime() - 60_000));
				await fillAll(deps, id);
				return;
			case 'seats':
				// Fewer seats than are taken take nobody's away; the editor may only ask for more here.
				if ((one.capacity ?? 0) > (event.capacity ?? 0))
					await db.write((tx) =>
						tx
							.update(occurrence)
							.set({ capacity: one.capacity ?? null })
							.where(eq(occurrence.id, id)),
					);
				await fillAll(deps, id);
		}
	};
	return { run, rows, line, current };
}

test('over any history no more seats are given than there are, and nobody in line is passed over', { timeout: 120_000 }, async () => {
	const database = await createTestDatabase();
	let at = 0;
	try {
		await fc.assert(
			fc.asyncProperty(acts, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (order, capacity, needsApproval) => {
				at += 1;
				const { run, rows, line, current } = await history(database.db, `w${at}`, capacity, needsApproval);
				for (const one of order) {
					const before = (await line()).map(({ id }) => id);
					const known = new Map((await rows()).map((row) => [row.id, row.state]));
					await run(one);
					const after = await rows();
					const seats = after.filter(({ state }) => state === 'registered' || state === 'offered').length;
					const { capacity: has } = await current();
					expect(seats).toBeLessThanOrEqual(has ?? Infinity);

					const helped = after
						.filter(({ id, state }) => known.get(id) === 'waiting' && (state === 'registered' || state === 'offered'))
						.map(({ id }) => id);
					const gone = new Set(after.filter(({ id, state }) => known.get(id) === 'waiting' && state !== 'waiting').map(({ id }) => id));
					const still = before.filter((id) => !gone.has(id));
					for (const id of helped) for (const other of still) expect(before.indexOf(id)).toBeLessThan(before.indexOf(other));
					// Who comes new gets no seat while somebody waits, and no seat stays empty meanwhile.
					if (still.length > 0) {
						expect(after.filter(({ id, state }) => !known.has(id) && state === 'registered')).toEqual([]);
						expect(seats).toBe(has);
					}
				}
			}),
			{ numRuns: 50, seed: 20_260_301 },
		);
		const states = await database.db.read.selectDistinct({ state: registration.state }).from(registration);
		expect(states.map(({ state }) => state).sort()).toEqual(['cancelled', 'declined', 'lapsed', 'offered', 'pending', 'registered', 'waiting']);
		expect(await database.db.read.$count(registration, inArray(registration.state, ['registered']))).toBeGreaterThan(50);
	} finally {
		await database.close();
	}
});
