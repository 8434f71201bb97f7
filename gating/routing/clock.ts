import { and, desc, eq, inArray } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { nextNumber } from '#kernel/counter.ts';

import { handOver, lead, person } from '../schema.ts';
import { type ClockState, nextMark } from './hand-over.ts';

/** Raised with each change that the queue shows; who looks at it asks for this number. */
export const QUEUE_COUNTER = 'hand-over';

export type HandOverRow = typeof handOver.$inferSelect;

/** Stops the clock of these persons' lead by a contact that took place since the hand-over. Nothing else stops one. */
export async function followedUp(
	tx: Handle,
	personIds: readonly string[],
	contact: { readonly id: string; readonly at: Date },
	now: Date,
): Promise<void> {
	const running = await runningOf(tx, personIds);
	// A contact of the same minute counts: its time is typed without seconds.
	const stopped = running.filter(({ at }) => contact.at.getTime() >= Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS).map(({ id }) => id);
	await settle(tx, stopped, { state: 'followed-up', endedAt: now, interactionId: contact.id });
}

/** Ends the clocks of these persons without a follow-up: the lead left sales. */
export async function endClocks(
	tx: Handle,
	personIds: readonly string[],
	state: Extract<ClockState, 'ended' | 'passed-on'>,
	now: Date,
): Promise<void> {
	const running = await runningOf(tx, personIds);
	await settle(tx, running.map(({ id }) => id), { state, endedAt: now }); // prettier-ignore
}

/** Ends what began with a decision that was taken back. */
export async function undoClocks(tx: Handle, dispositionId: string, now: Date): Promise<void> {
	const rows = await tx
		.select({ id: handOver.id })
		.from(handOver)
		.where(and(eq(handOver.dispositionId, dispositionId), inArray(handOver.state, ['running', 'followed-up'])));
	await settle(tx, rows.map(({ id }) => id), { state: 'undone', endedAt: now }); // prettier-ignore
}

/** The lead is with sales again, as if it had not left: what was ended at `endedAt` runs on. */
export async function resumeClocks(tx: Handle, personIds: readonly string[], endedAt: Date): Promise<void> {
	const rows = await tx
		.select()
		.from(handOver)
		.where(and(inArray(handOver.personId, [...personIds]), eq(handOver.state, 'ended'), eq(handOver.endedAt, endedAt)));
	for (const row of rows)
		await tx
			.update(handOver)
			.set({ state: 'running', endedAt: null, nextAt: nextMark(row, row.step) })
			.where(eq(handOver.id, row.id));
	if (rows.length > 0) await nextNumber(tx, QUEUE_COUNTER);
}

/** Of the clocks of leads that became one, the most pressing goes on, with whoever has the lead; none where the lead is not with sales. */
export async function joinClocks(tx: Handle, leadId: string, now: Date): Promise<void> {
	const { ids, owner, isWithSales } = await standingOf(tx, leadId);
	const running = await runningOf(tx, ids);
	const byPress = running.toSorted((a, b) => Number(a.demand === '') - Number(b.demand === '') || a.dueAt.getTime() - b.dueAt.getTime());
	const [kept] = isWithSales ? byPress : [];
	const others = running.filter((clock) => clock !== kept).map(({ id }) => id);
	await settle(tx, others, { state: 'ended', endedAt: now });
	if (kept) await clockFollows(tx, ids, owner);
}

/** A lead stands by itself again: the clock that ended with the merge at `mergedAt` runs on, if it is with sales and none runs. */
export async function partClocks(tx: Handle, leadId: string, mergedAt: Date, now: Date): Promise<void> {
	const { ids, owner, isWithSales } = await standingOf(tx, leadId);
	if (!isWithSales) return endClocks(tx, ids, 'ended', now);
	if ((await runningOf(tx, ids)).length === 0) await resumeClocks(tx, ids, mergedAt);
	await clockFollows(tx, ids, owner);
}

/** The clock goes on with whoever has the lead now. */
export async function clockFollows(tx: Handle, personIds: readonly string[], owner: string | null): Promise<void> {
	await tx
		.update(handOver)
		.set({ owner })
		.where(and(inArray(handOver.personId, [...personIds]), eq(handOver.state, 'running')));
	await nextNumber(tx, QUEUE_COUNTER);
}

/** The clock that runs for these persons' lead. */
export async function runningOf(tx: Handle, personIds: readonly string[]): Promise<HandOverRow[]> {
	return tx
		.select()
		.from(handOver)
		.where(and(inArray(handOver.personId, [...personIds]), eq(handOver.state, 'running')))
		.orderBy(desc(handOver.at), desc(handOver.id));
}

async function standingOf(tx: Handle, leadId: string) {
	const people = await tx.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
	const [row] = await tx.select({ owner: lead.owner, workingState: lead.workingState }).from(lead).where(eq(lead.id, leadId));
	return { ids: people.map(({ id }) => id), owner: row?.owner ?? null, isWithSales: row?.workingState === 'sales' };
}

async function settle(tx: Handle, ids: readonly string[], values: Partial<HandOverRow> & { readonly state: ClockState }): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.update(handOver)
		.set({ ...values, nextAt: null })
		.where(inArray(handOver.id, [...ids]));
	await nextNumber(tx, QUEUE_COUNTER);
}
