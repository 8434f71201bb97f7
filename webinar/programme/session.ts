import type { LocalisedText } from '#cms/content.ts';

import type { WebinarsDeps } from '../deps.ts';
import { NONE_TAKEN, seatsTaken } from '../registration/registration.ts';
import { type Occurrence, openOccurrences } from './occurrence.ts';
import { type Seats, seatsOf } from './seats.ts';
import { closesAtOf, doorsAt, type Status, statusAt, type Times } from './status.ts';

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

/** A date to choose: when, where, and what the next person who registers gets. */
export interface SessionView extends OccurrenceView {
	readonly seats: Seats;
	/** Null: no limit. */
	readonly capacity: number | null;
	/** Address of an on-site one; '' in both languages else. */
	readonly place: LocalisedText;
}

export function occurrenceView(occurrence: Times & Pick<Occurrence, 'id' | 'timeZone'>, now: Date): OccurrenceView {
	const { id, startsAt, endsAt, timeZone, wentLiveAt } = occurrence;
	const derived = { doorsAt: doorsAt(occurrence), closesAt: closesAtOf(occurrence), status: statusAt(occurrence, now) };
	return { id, startsAt, endsAt, timeZone, wentLiveAt, ...derived };
}

/** The sessions of a webinar that can still be attended, soonest first. */
export function createSessions({ db, now }: Pick<WebinarsDeps, 'db' | 'now'>) {
	return async (webinarId: string): Promise<SessionView[]> => sessionViews({ db, now }, await openOccurrences(db.read, [webinarId], now()));
}

export async function sessionViews({ db, now }: Pick<WebinarsDeps, 'db' | 'now'>, open: readonly Occurrence[]): Promise<SessionView[]> {
	const at = now();
	const taken = await seatsTaken(
		db.read,
		open.filter(({ capacity }) => capacity !== null).map(({ id }) => id),
	);
	return open.map((occurrence) => ({
		...occurrenceView(occurrence, at),
		seats: seatsOf(occurrence, taken.get(occurrence.id) ?? NONE_TAKEN, at),
		capacity: occurrence.capacity,
		place: occurrence.place,
	}));
}
