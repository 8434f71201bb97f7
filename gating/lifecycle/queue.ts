import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, lte, ne, notInArray, or, type SQL } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import { stands } from '../lead/stands.ts';
import { isLiving, type LivingPerson, openProfile } from '../identity/person.ts';
import { type ClockView, clockedLeads, clocksOf } from '../routing/waiting.ts';
import { lead, person } from '../schema.ts';
import type { Stage, WorkingState } from './stage.ts';

/** Where leads wait for somebody. */
export const QUEUES = ['screening', 'mine', 'unassigned', 'others', 'nurture', 'open', 'quarantine', 'disqualified'] as const;
export type Queue = (typeof QUEUES)[number];

/**
 * The one queue a lead is in, as `viewer` (a member of staff, or null) sees it: leads with sales are theirs, nobody's or somebody else's. An MQL
 * that nobody has taken up waits to be called.
 */
export function queueOf(
	{ stage, workingState, owner }: { readonly stage: Stage; readonly workingState: WorkingState; readonly owner: string | null },
	viewer: string | null,
): Queue {
	switch (workingState) {
		case 'open':
			return stage === 'mql' ? 'screening' : 'open';
		case 'sales':
			return owner === null ? 'unassigned' : owner === viewer ? 'mine' : 'others';
		case 'screening':
		case 'nurture':
		case 'quarantine':
		case 'disqualified':
			return workingState;
	}
}

/** The same as a condition of a query. */
function inQueue(queue: Queue, viewer: string | null): SQL | undefined {
	const withSales = eq(lead.workingState, 'sales');
	switch (queue) {
		case 'screening':
			return or(eq(lead.workingState, 'screening'), and(eq(lead.workingState, 'open'), eq(lead.stage, 'mql')));
		case 'open':
			return and(eq(lead.workingState, 'open'), ne(lead.stage, 'mql'));
		case 'unassigned':
			return and(withSales, isNull(lead.owner));
		case 'mine':
			return and(withSales, eq(lead.owner, viewer ?? ''));
		case 'others':
			return and(withSales, isNotNull(lead.owner), ne(lead.owner, viewer ?? ''));
		case 'nurture':
		case 'quarantine':
		case 'disqualified':
			return eq(lead.workingState, queue);
	}
}

export interface QueueItem {
	readonly id: string;
	/** Null when erased or not for the reader's eyes. */
	readonly name: string | null;
	readonly company: string;
	readonly stage: string;
	readonly workingState: string;
	readonly grade: string;
	/** Hundredths of a point. */
	readonly total: number;
	readonly owner: string | null;
	readonly mqlCause: string | null;
	readonly nextActionAt: Date | null;
	readonly isOverdue: boolean;
	readonly lastActivityAt: Date;
	/** Of its newest hand-over; null: it was never handed over. */
	readonly clock: ClockView | null;
}

export interface QueuePage {
	readonly counts: Readonly<Record<Queue, number>>;
	/** Leads of this queue whose next action is past. */
	readonly overdue: number;
	/** Whom somebody must follow up first, those on top who asked for it; then those with a date for the next action; then by score. */
	readonly items: readonly QueueItem[];
	readonly nextCursor: string | null;
}

export interface QueueInput {
	readonly queue: Queue;
	/** Whose "mine" it is. */
	readonly viewer: string | null;
	readonly seesPeople: boolean;
	readonly cursor?: string | undefined;
	readonly now: Date;
}

const PAGE = 50;
const DATED = 200;
const CURSOR = 'queue';

/** How many leads wait in each queue, and a page of one. @throws DomainError invalid for a foreign cursor */
export async function readQueue(handle: Handle, keys: Keys, { queue, viewer, seesPeople, cursor, now }: QueueInput): Promise<QueuePage> {
	const place = cursor === undefined ? null : readCursor(`${CURSOR}:${queue}`, 'number', cursor);
	const own = and(stands, inQueue(queue, viewer));
	const clocked = await clockedOf(handle, queue, viewer);
	const rest = and(own, notInArray(lead.id, clocked));
	const urgent = place || clocked.length === 0 ? [] : await handle.select().from(lead).where(and(own, inArray(lead.id, clocked))); // prettier-ignore
	const dated = place
		? []
		: await handle
				.select()
				.from(lead)
				.where(and(rest, isNotNull(lead.nextActionAt)))
				.orderBy(asc(lead.nextActionAt), asc(lead.id))
				.limit(DATED);
	const after = place && or(lt(lead.total, Number(place.value)), and(eq(lead.total, Number(place.value)), lt(lead.id, place.id)));
	const rows = await handle
		.select()
		.from(lead)
		.where(and(rest, isNull(lead.nextActionAt), after ?? undefined))
		.orderBy(desc(lead.total), desc(lead.id))
		.limit(PAGE + 1);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	const rank = new Map(clocked.map((id, at) => [id, at]));
	const all = [...urgent.sort((one, other) => (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0)), ...dated, ...shown];
	const clocks = await clocksOf(handle, all.map(({ id }) => id), now); // prettier-ignore
	const names = seesPeople ? await namesOf(handle, keys, all) : new Map<string, string | null>();
	return {
		counts: await countsOf(handle, viewer),
		overdue: await handle.$count(lead, and(own, lte(lead.nextActionAt, now))),
		items: all.map((row) => ({ ...itemOf(row, names.get(row.id) ?? null, now), clock: clocks.get(row.id) ?? null })),
		nextCursor: rows.length > PAGE && last ? writeCursor(`${CURSOR}:${queue}`, { value: last.total, id: last.id }) : null,
	};
}

/** Leads of a queue of sales that wait for their first follow-up, the most urgent first. */
async function clockedOf(handle: Handle, queue: Queue, viewer: string | null): Promise<string[]> {
	if (queue === 'unassigned') return clockedLeads(handle, { owner: null }, DATED);
	if (queue === 'mine') return clockedLeads(handle, { owner: viewer ?? '' }, DATED);
	return queue === 'others' ? clockedLeads(handle, { notOwner: viewer ?? '' }, DATED) : [];
}

async function countsOf(handle: Handle, viewer: string | null): Promise<Record<Queue, number>> {
	const counts = Object.fromEntries(QUEUES.map((queue) => [queue, 0])) as Record<Queue, number>;
	const { stage, workingState, owner } = lead;
	const groups = await handle.select({ stage, workingState, owner, size: count() }).from(lead).where(stands).groupBy(stage, workingState, owner);
	for (const { size, ...standing } of groups) counts[queueOf(standing as Parameters<typeof queueOf>[0], viewer)] += size;
	return counts;
}

function itemOf(row: typeof lead.$inferSelect, name: string | null, now: Date): Omit<QueueItem, 'clock'> {
	const { id, company, stage, workingState, grade, total, owner, mqlCause, nextActionAt, lastActivityAt } = row;
	return {
		...{ id, name, company, stage, workingState, grade, total, owner, mqlCause, nextActionAt, lastActivityAt },
		isOverdue: nextActionAt !== null && nextActionAt <= now,
	};
}

/** By lead: the name of the living person known longest. */
async function namesOf(handle: Handle, keys: Keys, rows: readonly { readonly id: string }[]): Promise<ReadonlyMap<string, string | null>> {
	const ids = rows.map(({ id }) => id);
	const people = await handle.select().from(person).where(inArray(person.leadId, ids)).orderBy(asc(person.createdAt), asc(person.id));
	const first = new Map<string, LivingPerson>();
	for (const one of people) if (isLiving(one) && !first.has(one.leadId)) first.set(one.leadId, one);
	return new Map([...first].map(([leadId, one]) => [leadId, openProfile(keys, one).name ?? null]));
}
