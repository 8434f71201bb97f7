import type { LocalisedText } from '#cms/content.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { type Seats, seatsOf } from '../programme/seats.ts';
import { nextChange, statusAt } from '../programme/status.ts';
import type { Taken } from '../registration/registration.ts';

/** Where a banner may stand: the home page, the library, and the pages about products, industries, cases and articles. */
export const BANNER_PLACES = ['home', 'library', 'content'] as const;
export type BannerPlace = (typeof BANNER_PLACES)[number];

/** What its reader can do: register, take a place in the line, or take part in what runs. */
export type BannerPhase = 'ahead' | 'waiting' | 'live';

/** A banner that is switched on, with all that decides whether it stands on the site. */
export interface BannerRow {
	readonly occurrence: Occurrence;
	readonly fromAt: Date;
	/** Null: until the start. */
	readonly untilAt: Date | null;
	readonly places: readonly BannerPlace[];
	readonly text: LocalisedText;
	readonly tags: string;
	readonly taken: Taken;
}

/** A banner as pages show it. */
export interface BannerShown {
	readonly occurrenceId: string;
	readonly webinarId: string;
	readonly startsAt: Date;
	readonly places: readonly BannerPlace[];
	/** '' in a language: the webinar's title. */
	readonly text: LocalisedText;
	/** Query that counts who comes by it, with the question mark. */
	readonly tags: string;
	readonly phase: BannerPhase;
}

/** Those that may stand on the site at `now`, the nearest start first; of two at the same time, always the same one. */
export function bannersAt(rows: readonly BannerRow[], now: Date): BannerShown[] {
	return rows
		.flatMap((row) => {
			const phase = phaseAt(row, now);
			if (phase === null) return [];
			const { occurrence, places, text, tags } = row;
			const { id: occurrenceId, webinarId, startsAt } = occurrence;
			return [{ occurrenceId, webinarId, startsAt, places, text, tags, phase }];
		})
		.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.occurrenceId < b.occurrenceId ? -1 : 1));
}

/** The next instant after `now` at which time alone changes what {@link bannersAt} answers; it may be too early, never too late. */
export function bannersChangeAt(rows: readonly BannerRow[], now: Date): Date | null {
	const instants = rows
		.flatMap((row) => [row.fromAt, row.untilAt ?? row.occurrence.startsAt, nextChange(row.occurrence, now)])
		.filter((instant) => instant !== null && instant > now) as Date[];
	return instants.length === 0 ? null : new Date(Math.min(...instants.map((instant) => instant.getTime())));
}

/** What a banner says at `now`; null while it is not to be seen. A start on site that has begun is no longer worth the way. */
export function phaseAt(row: Pick<BannerRow, 'occurrence' | 'fromAt' | 'untilAt' | 'taken'>, now: Date): BannerPhase | null {
	const { occurrence, fromAt, untilAt, taken } = row;
	if (now < fromAt || now >= (untilAt ?? occurrence.startsAt)) return null;
	const seats: Seats = seatsOf(occurrence, taken, now);
	if (seats === 'closed' || seats === 'full') return null;
	const isLive = statusAt(occurrence, now) === 'live';
	if (isLive && (occurrence.mode === 'on-site' || seats !== 'open')) return null;
	return isLive ? 'live' : seats === 'waiting' ? 'waiting' : 'ahead';
}
