import { and, asc, count, desc, eq, inArray, isNull, lte, ne, or } from 'drizzle-orm';

import { lastNumber } from '#kernel/counter.ts';
import type { Handle } from '#kernel/database.ts';

import { handOver, interaction, person } from '../schema.ts';
import { type HandOverRow, QUEUE_COUNTER } from './clock.ts';

/** The clock of a hand-over as screens show it. */
export interface ClockView extends Pick<
	HandOverRow,
	'id' | 'cause' | 'demand' | 'rule' | 'owner' | 'at' | 'dueAt' | 'state' | 'endedAt' | 'step' | 'passes'
> {
	readonly isOverdue: boolean;
	/** What stopped it: `call`, `mail`, `message`, `meeting`; null while nothing did. */
	readonly stoppedBy: string | null;
}

/** Of each of these leads the clock that runs, or else the newest. */
export async function clocksOf(handle: Handle, leadIds: readonly string[], now: Date): Promise<ReadonlyMap<string, ClockView>> {
	const rows = await handle
		.select({ clock: handOver, leadId: person.leadId, kind: interaction.kind })
		.from(handOver)
		.innerJoin(person, eq(person.id, handOver.personId))
		.leftJoin(interaction, eq(interaction.id, handOver.interactionId))
		.where(inArray(person.leadId, [...leadIds]))
		.orderBy(asc(handOver.at), asc(handOver.id));
	const [over, running] = [rows.filter(({ clock }) => clock.state !== 'running'), rows.filter(({ clock }) => clock.state === 'running')];
	return new Map([...over, ...running].map(({ clock, leadId, kind }) => [leadId, viewOf(clock, kind, now)]));
}

/** Every clock of one lead, newest first. */
export async function clockHistory(handle: Handle, leadId: string, now: Date): Promise<ClockView[]> {
	const rows = await handle
		.select({ clock: handOver, kind: interaction.kind })
		.from(handOver)
		.innerJoin(person, eq(person.id, handOver.personId))
		.leftJoin(interaction, eq(interaction.id, handOver.interactionId))
		.where(eq(person.leadId, leadId))
		.orderBy(desc(handOver.at), desc(handOver.id))
		.limit(50);
	return rows.map(({ clock, kind }) => viewOf(clock, kind, now));
}

function viewOf({ id, cause, demand, rule, owner, at, dueAt, state, endedAt, step, passes }: HandOverRow, kind: string | null, now: Date): ClockView {
	const isOverdue = (state === 'running' ? now : (endedAt ?? now)) > dueAt;
	return { id, cause, demand, rule, owner, at, dueAt, state, endedAt, step, passes, isOverdue, stoppedBy: kind };
}

export interface Waiting {
	/** Hand-overs to this member of staff, and to nobody, that nobody followed up yet. */
	readonly mine: number;
	readonly unassigned: number;
	/** Of both, those whose time is up. */
	readonly overdue: number;
	/** Grows with every change of the queue. */
	readonly revision: number;
}

/** What waits for somebody. */
export async function waitingFor(handle: Handle, staffId: string, now: Date): Promise<Waiting> {
	const running = and(eq(handOver.state, 'running'), or(eq(handOver.owner, staffId), isNull(handOver.owner)));
	const groups = await handle.select({ owner: handOver.owner, n: count() }).from(handOver).where(running).groupBy(handOver.owner);
	const of = (isMine: boolean) => groups.find(({ owner }) => (owner !== null) === isMine)?.n ?? 0;
	const overdue = await handle.$count(handOver, and(running, lte(handOver.dueAt, now)));
	return { mine: of(true), unassigned: of(false), overdue, revision: await queueRevision(handle) };
}

export const queueRevision = (handle: Handle): Promise<number> => lastNumber(handle, QUEUE_COUNTER);

/** Leads with a running clock, those that somebody asked for first, then by when they are due; of an owner, of nobody (null), or of others. */
export async function clockedLeads(
	handle: Handle,
	whose: { readonly owner: string | null } | { readonly notOwner: string },
	limit: number,
): Promise<string[]> {
	const owned =
		'notOwner' in whose ? ne(handOver.owner, whose.notOwner) : whose.owner === null ? isNull(handOver.owner) : eq(handOver.owner, whose.owner);
	const rows = await handle
		.select({ leadId: person.leadId, demand: handOver.demand })
		.from(handOver)
		.innerJoin(person, eq(person.id, handOver.personId))
		.where(and(eq(handOver.state, 'running'), owned))
		.orderBy(asc(handOver.dueAt), asc(handOver.id))
		.limit(limit);
	return [...new Set([...rows.filter(({ demand }) => demand !== ''), ...rows].map(({ leadId }) => leadId))];
}
