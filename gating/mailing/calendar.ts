import { and, asc, count, eq, gte, inArray, lt } from 'drizzle-orm';

import { localDay, nextDay, startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { outbox } from '#kernel/schema.ts';

import type { MessageClass } from '../message/message.ts';
import { mailing, message } from '../schema.ts';
import { whenOf } from './run.ts';
import { runsWithin } from './when.ts';

/** Something that will go out on a day. */
export interface CalendarEntry {
	/** In the company's zone: `2026-11-30`. */
	readonly day: string;
	/** Of a run; null for messages counted by day. */
	readonly at: Date | null;
	readonly class: MessageClass;
	/** `mailing:<id>`, `journey:<id>`, or the kind of a webinar's mail. */
	readonly origin: string;
	/** Of a mailing; '' for others. */
	readonly name: string;
	/** People; null where it is counted when it goes. */
	readonly count: number | null;
	/** It waits for a second person. */
	readonly isWaiting: boolean;
}

/** Mails of webinars in the outbox, and what they are. */
export const WEBINAR_MAILS = ['webinar-mail', 'webinar-invitation', 'webinar-after-mail', 'webinar-offer', 'replay-mail'] as const;

/** Runs that are planned and messages that are queued, from a moment until another, by time. */
export async function calendarOf(handle: Handle, from: Date, until: Date, zone: string): Promise<readonly CalendarEntry[]> {
	const entries = [
		...(await plannedRuns(handle, from, until, zone)),
		...(await queued(handle, from, until, zone)),
		...(await ofWebinars(handle, from, until, zone)),
	];
	return entries.sort((a, b) => a.day.localeCompare(b.day) || (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0) || a.origin.localeCompare(b.origin));
}

async function plannedRuns(handle: Handle, from: Date, until: Date, zone: string): Promise<CalendarEntry[]> {
	const rows = await handle
		.select()
		.from(mailing)
		.where(inArray(mailing.state, ['scheduled', 'approval']));
	return rows.flatMap((row) =>
		runsWithin(whenOf(row), from, until, zone).flatMap((run): readonly CalendarEntry[] => {
			// Runs before the next one are over; one by each person's clock begins the evening before its day.
			if (row.state === 'scheduled' && (row.nextAt === null || run.at < row.nextAt)) return [];
			const one = { at: run.at, class: 'mailing' as const, origin: `mailing:${row.id}`, name: row.name, isWaiting: row.state === 'approval' };
			return [{ ...one, day: row.isLocal ? run.reading.slice(0, 10) : localDay(run.at, zone), count: null }];
		}),
	);
}

/** Messages in the queue by origin and day. */
async function queued(handle: Handle, from: Date, until: Date, zone: string): Promise<CalendarEntry[]> {
	const open = and(inArray(message.state, ['waiting', 'deferred', 'sending']), gte(message.dueAt, from), lt(message.dueAt, until));
	const entries: CalendarEntry[] = [];
	for (const [day, start, end] of daysOf(from, until, zone)) {
		const rows = await handle
			.select({ origin: message.origin, class: message.class, count: count() })
			.from(message)
			.where(and(open, gte(message.dueAt, start), lt(message.dueAt, end)))
			.groupBy(message.origin, message.class)
			.orderBy(asc(message.origin));
		const names = await namesOf(
			handle,
			rows.map(({ origin }) => origin),
		);
		entries.push(...rows.map((row) => ({ ...row, day, at: null, name: names.get(row.origin) ?? '', isWaiting: false })));
	}
	return entries;
}

async function ofWebinars(handle: Handle, from: Date, until: Date, zone: string): Promise<CalendarEntry[]> {
	const rows = await handle
		.select({ kind: outbox.kind, dueAt: outbox.dueAt, count: count() })
		.from(outbox)
		.where(and(eq(outbox.state, 'waiting'), inArray(outbox.kind, [...WEBINAR_MAILS]), gte(outbox.dueAt, from), lt(outbox.dueAt, until)))
		.groupBy(outbox.kind, outbox.dueAt);
	const days = new Map<string, CalendarEntry>();
	for (const row of rows) {
		const day = localDay(row.dueAt, zone);
		const before = days.get(`${day} ${row.kind}`)?.count ?? 0;
		const entry = { day, at: null, class: 'reminder' as const, origin: row.kind, name: '', count: before + row.count, isWaiting: false };
		days.set(`${day} ${row.kind}`, entry);
	}
	return [...days.values()];
}

async function namesOf(handle: Handle, origins: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const ids = origins.flatMap((origin) => (origin.startsWith('mailing:') ? [origin.slice('mailing:'.length)] : []));
	if (ids.length === 0) return new Map();
	const rows = await handle.select({ id: mailing.id, name: mailing.name }).from(mailing).where(inArray(mailing.id, ids));
	return new Map(rows.map(({ id, name }) => [`mailing:${id}`, name]));
}

/** Days of a time, with their first instant and the next one's. */
function daysOf(from: Date, until: Date, zone: string): readonly (readonly [day: string, start: Date, end: Date])[] {
	const days: (readonly [string, Date, Date])[] = [];
	for (let day = localDay(from, zone); startOfDay(day, zone) < until; day = nextDay(day))
		days.push([day, startOfDay(day, zone), startOfDay(nextDay(day), zone)]);
	return days;
}
