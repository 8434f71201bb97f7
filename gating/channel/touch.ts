import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { submissionArrival, touchpoint } from '../schema.ts';
import { REACH_MS } from './arrival.ts';

export type TouchKind = 'visit' | 'request' | 'registered' | 'attended' | 'import';

/** One contact. */
export interface Touch {
	readonly id: string;
	readonly at: Date;
	readonly kind: TouchKind;
	/** Channel code. */
	readonly channel: string;
	readonly sourceId: string | null;
	readonly tacticId: string | null;
	readonly subject: string;
	/** UTM values and referrer host. */
	readonly detail: Readonly<Record<string, string>>;
}

/** Which acts of a person are touchpoints of their own. */
const KINDS: Readonly<Record<string, TouchKind>> = { 'form.submitted': 'request', 'webinar.registered': 'registered', 'webinar.joined': 'attended' };

/** Everything a person was touched by, oldest first. */
export async function touchesOf(handle: Handle, personId: string): Promise<Touch[]> {
	const { id, at, kind, channel, sourceId, tacticId, subject, detail } = touchpoint;
	const rows = await handle
		.select({ id, at, kind, channel, sourceId, tacticId, subject, detail })
		.from(touchpoint)
		.where(eq(touchpoint.personId, personId))
		.orderBy(asc(touchpoint.at), asc(touchpoint.id));
	return rows.map((row) => ({ ...row, kind: row.kind as TouchKind }));
}

/** The channel of one contact, named as the behaviour that it is; null for none. */
export async function channelOf(handle: Handle, id: string): Promise<string | null> {
	const [row] = await handle.select({ channel: touchpoint.channel }).from(touchpoint).where(eq(touchpoint.id, id));
	return row?.channel ?? null;
}

export interface Act {
	readonly id: string;
	readonly type: string;
	readonly at: Date;
	readonly localDay: string;
	readonly personId: string;
	readonly visitorId: string | null;
	readonly subject: string;
}

/**
 * Notes an act as a touchpoint, by the channel of the visit that led to it, else by the way its form was sent. Somebody who comes to a room
 * without a visit since they registered came by the link in our own mail: registered-via and attended-via are told apart.
 */
export async function noteAct(tx: Handle, { id, type, at, localDay, personId, visitorId, subject }: Act): Promise<void> {
	const kind = KINDS[type];
	if (kind === undefined) return;
	const since = kind === 'attended' ? ((await lastOf(tx, personId, 'registered', subject)) ?? new Date(0)) : new Date(at.getTime() - REACH_MS);
	const visit = await visitBefore(tx, personId, visitorId, since, at);
	const sent = visit === null && kind !== 'attended' ? await arrivalBefore(tx, personId, subject, at) : null;
	const via = visit ?? sent ?? { channel: kind === 'attended' ? 'mail' : 'direct', sourceId: null, tacticId: null, detail: {} };
	await tx
		.insert(touchpoint)
		.values({
			...{ id, at, localDay, visitorId, personId, kind, subject, importId: null },
			...{ channel: via.channel, sourceId: via.sourceId, tacticId: via.tacticId, detail: via.detail },
		})
		.onConflictDoNothing();
}

/** Gives a browser's touchpoints to the person who proved to be its owner. */
export async function adoptTouches(tx: Handle, visitorId: string, personId: string): Promise<void> {
	await tx
		.update(touchpoint)
		.set({ personId })
		.where(and(eq(touchpoint.visitorId, visitorId), isNull(touchpoint.personId)));
}

async function visitBefore(tx: Handle, personId: string, visitorId: string | null, since: Date, until: Date) {
	const whose = or(
		eq(touchpoint.personId, personId),
		visitorId === null ? undefined : and(eq(touchpoint.visitorId, visitorId), isNull(touchpoint.personId)),
	);
	const [row] = await tx
		.select({ channel: touchpoint.channel, sourceId: touchpoint.sourceId, tacticId: touchpoint.tacticId, detail: touchpoint.detail })
		.from(touchpoint)
		.where(and(eq(touchpoint.kind, 'visit'), gt(touchpoint.at, since), lte(touchpoint.at, until), whose))
		.orderBy(desc(touchpoint.at), desc(touchpoint.id))
		.limit(1);
	return row ?? null;
}

/** The way that the person's last form for this came by; it was part of the form. */
async function arrivalBefore(tx: Handle, personId: string, subject: string, until: Date) {
	const { channel, sourceId, tacticId, detail } = submissionArrival;
	const [row] = await tx
		.select({ channel, sourceId, tacticId, detail })
		.from(submissionArrival)
		.where(and(eq(submissionArrival.personId, personId), eq(submissionArrival.subject, subject), lte(submissionArrival.at, until)))
		.orderBy(desc(submissionArrival.at), desc(submissionArrival.submissionId))
		.limit(1);
	return row ?? null;
}

async function lastOf(tx: Handle, personId: string, kind: TouchKind, subject: string): Promise<Date | null> {
	const [row] = await tx
		.select({ at: touchpoint.at })
		.from(touchpoint)
		.where(and(eq(touchpoint.personId, personId), eq(touchpoint.kind, kind), eq(touchpoint.subject, subject)))
		.orderBy(desc(touchpoint.at))
		.limit(1);
	return row?.at ?? null;
}
