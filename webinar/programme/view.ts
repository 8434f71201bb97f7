import { count, eq } from 'drizzle-orm';

import type { Webinar } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { registration } from '../schema.ts';
import { lastEnded, type Occurrence, openOccurrences } from './occurrence.ts';
import { closesAtOf, doorsAt, nextChange, type Status, statusAt, type Times } from './status.ts';
import { type Seats, seatsOf } from './seats.ts';

/** Seats are taken and hosts begin without a notice of the CMS: a cached page must not be older than this. */
const BY_HAND_AGE_MS = MINUTE_MS / 2;

export interface OccurrenceView {
	readonly id: string;
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly doorsAt: Date;
	/** When the host of a live one began; null before, and in other modes. */
	readonly wentLiveAt: Date | null;
	/** When it is over, if no host ends it before. */
	readonly closesAt: Date;
	/** IANA zone of the event. */
	readonly timeZone: string;
	readonly status: Status;
}

/** A webinar as pages show it, the same for every visitor. */
export interface WebinarView {
	readonly webinar: Webinar;
	/** The one running or coming next, else the last that ended; null when there never was one. */
	readonly occurrence: OccurrenceView | null;
	/** The one above and those after it that can still be attended. */
	readonly upcoming: readonly OccurrenceView[];
	readonly status: Status;
	readonly seats: Seats;
	/** Until when this view holds, if the CMS changes nothing; null: for good. */
	readonly changesAt: Date | null;
}

export interface Programme {
	/** Null when no such webinar is published. */
	view(slug: string): Promise<WebinarView | null>;
	/** Every published webinar: running first, then by start, on-demand and ended ones last. */
	list(): Promise<readonly WebinarView[]>;
}

export function createProgramme({ db, now, content }: Pick<WebinarsDeps, 'db' | 'now' | 'content'>): Programme {
	const viewOf = async (webinar: Webinar, open: readonly Occurrence[]): Promise<WebinarView> => {
		const at = now();
		const current = open[0] ?? (await lastEnded(db.read, webinar.id, at));
		const status = current ? statusAt(current, at) : 'ended';
		const seats = current ? seatsOf(current, await seatsTaken(db.read, current), at) : 'closed';
		const changes = current ? nextChange(current, at) : null;
		const changesByHand = current !== null && (current.capacity !== null || (current.mode === 'live' && status !== 'scheduled'));
		const limit = changesByHand && status !== 'ended' ? new Date(at.getTime() + BY_HAND_AGE_MS) : null;
		return {
			webinar,
			occurrence: current && occurrenceView(current, at),
			upcoming: open.map((occurrence) => occurrenceView(occurrence, at)),
			status,
			seats,
			changesAt: earlier(changes, limit),
		};
	};

	return Object.freeze<Programme>({
		view: async (slug) => {
			const webinar = webinarBySlug(content(), slug);
			return webinar && viewOf(webinar, await openOccurrences(db.read, [webinar.id], now()));
		},
		list: async () => {
			const { webinars } = content();
			const open = await openOccurrences(
				db.read,
				webinars.map(({ id }) => id),
				now(),
			);
			const views = await Promise.all(
				webinars.map((webinar) =>
					viewOf(
						webinar,
						open.filter(({ webinarId }) => webinarId === webinar.id),
					),
				),
			);
			return views.sort((a, b) => rank(a) - rank(b) || (a.occurrence?.startsAt.getTime() ?? 0) - (b.occurrence?.startsAt.getTime() ?? 0));
		},
	});
}

export function occurrenceView(occurrence: Times & Pick<Occurrence, 'id' | 'timeZone'>, now: Date): OccurrenceView {
	const { id, startsAt, endsAt, timeZone, wentLiveAt } = occurrence;
	const derived = { doorsAt: doorsAt(occurrence), closesAt: closesAtOf(occurrence), status: statusAt(occurrence, now) };
	return { id, startsAt, endsAt, timeZone, wentLiveAt, ...derived };
}

/** People registered and waiting for an occurrence. */
export async function seatsTaken(
	handle: Handle,
	{ id, capacity }: Pick<Occurrence, 'id' | 'capacity'>,
): Promise<{ readonly registered: number; readonly waiting: number }> {
	if (capacity === null) return { registered: 0, waiting: 0 };
	const rows = await handle
		.select({ state: registration.state, n: count() })
		.from(registration)
		.where(eq(registration.occurrenceId, id))
		.groupBy(registration.state);
	const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
	return { registered: of('registered'), waiting: of('waiting') };
}

const RANKS: Readonly<Record<Status, number>> = { live: 0, doors: 1, scheduled: 2, 'on-demand': 3, ended: 4 };
const rank = ({ status }: WebinarView): number => RANKS[status];

function earlier(a: Date | null, b: Date | null): Date | null {
	if (!a || !b) return a ?? b;
	return a < b ? a : b;
}
