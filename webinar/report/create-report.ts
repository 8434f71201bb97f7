import { and, asc, count, desc, eq, gt, inArray, lte } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { saidBy, type SaidInRoom } from './said.ts';
import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { type Status, statusAt } from '../programme/status.ts';
import { attendance, occurrence, registration, type RegistrationState } from '../schema.ts';

/** One start of a webinar with how many came. */
export interface OccurrenceReport {
	readonly id: string;
	readonly webinarId: string;
	readonly slug: string;
	readonly title: LocalisedText;
	readonly mode: Occurrence['mode'];
	readonly startsAt: Date;
	readonly endsAt: Date;
	/** When the host of a live one began and ended it. */
	readonly wentLiveAt: Date | null;
	readonly finishedAt: Date | null;
	/** When it is over, if no host ends it before. */
	readonly closesAt: Date;
	readonly timeZone: string;
	readonly capacity: number | null;
	/** Address of an on-site one; '' in both languages else. */
	readonly place: LocalisedText;
	readonly isCancelled: boolean;
	readonly status: Status;
	readonly registered: number;
	readonly waiting: number;
	/** Seats kept for somebody who was offered one. */
	readonly offered: number;
	/** Registrations that the host has to decide on. */
	readonly pending: number;
	/** Registrants with proved presence. */
	readonly attended: number;
}

/** One person's registration. Names are the reader's business: see `people.contact`. */
export interface RegistrationReport {
	readonly id: string;
	readonly occurrenceId: string;
	readonly slug: string;
	readonly title: LocalisedText;
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly timeZone: string;
	readonly personId: string;
	readonly state: RegistrationState;
	readonly channel: string;
	/** Entrance of the visit that led into the room, or `on-site`; '' for who did not come. */
	readonly attendedVia: string;
	readonly registeredAt: Date;
	readonly joinedAt: Date | null;
	/** Until when the seat on offer is kept; null for none. */
	readonly offeredUntil: Date | null;
	/** The list of another platform that it is from; null for who registered here. */
	readonly importId: string | null;
	/** Seconds of proved presence, once settled; 0 for who did not come; null while it is not settled. */
	readonly attendedSeconds: number | null;
}

export interface WebinarReport {
	/** Starts that are not over, soonest first, or those that are, newest first. */
	occurrences(when: 'ahead' | 'past', limit: number): Promise<readonly OccurrenceReport[]>;
	/** Null when there is none. */
	occurrence(id: string): Promise<OccurrenceReport | null>;
	registrants(occurrenceId: string, limit: number): Promise<readonly RegistrationReport[]>;
	/** See {@link saidBy}. */
	saidBy(personIds: readonly string[]): Promise<readonly SaidInRoom[]>;
	/** Everything these persons registered for, newest start first. */
	registrationsOf(personIds: readonly string[]): Promise<readonly RegistrationReport[]>;
}

export function createReport(deps: Pick<WebinarsDeps, 'db' | 'now' | 'gating'>): WebinarReport {
	const { db, now } = deps;
	return Object.freeze<WebinarReport>({
		saidBy: (personIds) => saidBy(deps, personIds),
		occurrences: async (when, limit) => {
			const isAhead = when === 'ahead';
			const rows = await db.read
				.select()
				.from(occurrence)
				.where(isAhead ? gt(occurrence.closesAt, now()) : lte(occurrence.closesAt, now()))
				.orderBy(isAhead ? asc(occurrence.startsAt) : desc(occurrence.startsAt), asc(occurrence.id))
				.limit(limit);
			return counted(db.read, rows, now());
		},
		occurrence: async (id) => {
			const row = await occurrenceById(db.read, id);
			return row ? ((await counted(db.read, [row], now()))[0] ?? null) : null;
		},
		registrants: (occurrenceId, limit) =>
			registrations(db.read)
				.where(eq(registration.occurrenceId, occurrenceId))
				.orderBy(asc(registration.registeredAt), asc(registration.id))
				.limit(limit)
				.then(told),
		registrationsOf: (personIds) =>
			registrations(db.read)
				.where(inArray(registration.personId, [...personIds]))
				.orderBy(desc(occurrence.startsAt), asc(registration.id))
				.limit(50)
				.then(told),
	});
}

async function counted(handle: Handle, rows: readonly Occurrence[], now: Date): Promise<OccurrenceReport[]> {
	const ids = rows.map(({ id }) => id);
	const states = await handle
		.select({ id: registration.occurrenceId, state: registration.state, n: count() })
		.from(registration)
		.where(inArray(registration.occurrenceId, ids))
		.groupBy(registration.occurrenceId, registration.state);
	const present = await handle
		.select({ id: attendance.occurrenceId, n: count() })
		.from(attendance)
		.where(and(inArray(attendance.occurrenceId, ids), gt(attendance.seconds, 0)))
		.groupBy(attendance.occurrenceId);
	const of = (id: string, state: string): number => states.find((row) => row.id === id && row.state === state)?.n ?? 0;
	return rows.map((row) => {
		const { id, webinarId, slug, title, mode, startsAt, endsAt, wentLiveAt, finishedAt, closesAt, timeZone, capacity, place, cancelledAt } = row;
		return {
			...{ id, webinarId, slug, title, mode, startsAt, endsAt, wentLiveAt, finishedAt, closesAt, timeZone, capacity, place },
			isCancelled: cancelledAt !== null,
			status: statusAt(row, now),
			registered: of(id, 'registered'),
			waiting: of(id, 'waiting'),
			offered: of(id, 'offered'),
			pending: of(id, 'pending'),
			attended: present.find((one) => one.id === id)?.n ?? 0,
		};
	});
}

function registrations(handle: Handle) {
	return handle
		.select({ registration, occurrence, seconds: attendance.seconds })
		.from(registration)
		.innerJoin(occurrence, eq(occurrence.id, registration.occurrenceId))
		.leftJoin(attendance, and(eq(attendance.occurrenceId, registration.occurrenceId), eq(attendance.personId, registration.personId)))
		.$dynamic();
}

function told(rows: Awaited<ReturnType<typeof registrations>>): RegistrationReport[] {
	return rows.map(
		({
			registration: { id, occurrenceId, personId, state, channel, attendedVia, registeredAt, joinedAt, offeredUntil, importId },
			occurrence: { slug, title, startsAt, endsAt, timeZone, settledAt },
			seconds,
		}) => ({
			...{ id, occurrenceId, slug, title, startsAt, endsAt, timeZone, personId, state, channel, attendedVia, registeredAt, joinedAt, offeredUntil },
			importId,
			attendedSeconds: seconds ?? (settledAt === null ? null : 0),
		}),
	);
}
