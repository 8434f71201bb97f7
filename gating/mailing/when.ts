import { Temporal } from 'temporal-polyfill';

import type { Rhythm } from './mailing.ts';

export interface When {
	readonly rhythm: Rhythm;
	/** Reading of a clock: `2026-11-30T09:00`. */
	readonly firstAt: string;
	/** By each person's own clock. */
	readonly isLocal: boolean;
}

/** The clock that reads a time first of all on earth. */
const EARLIEST_ZONE = 'Etc/GMT-14';
/** Longest search for the next run, in runs: a hundred years of weeks. */
const MOST_RUNS = 5_300;

/** A run: the reading of the clock it is for, and when the hub begins to post it. */
export interface Planned {
	readonly reading: string;
	readonly at: Date;
}

/**
 * The first run whose beginning is after `after`; null when there is none. A run by each person's clock begins where the day begins. A month
 * without the day takes its last one; a time that clocks skip is the one after.
 */
export function nextRun({ rhythm, firstAt, isLocal }: When, after: Date, companyZone: string): Planned | null {
	const first = Temporal.PlainDateTime.from(firstAt);
	const zone = isLocal ? EARLIEST_ZONE : companyZone;
	for (let count = 0; count < (rhythm === 'once' ? 1 : MOST_RUNS); count++) {
		const reading = first.add(rhythm === 'monthly' ? { months: count } : { weeks: count });
		const at = new Date(reading.toZonedDateTime(zone).epochMilliseconds);
		if (at > after) return { reading: reading.toString({ smallestUnit: 'minute' }), at };
	}
	return null;
}

/** When somebody's clock shows a reading; `now` where that is over. */
export function dueFor(reading: string, timeZone: string, now: Date): Date {
	const at = new Date(Temporal.PlainDateTime.from(reading).toZonedDateTime(timeZone).epochMilliseconds);
	return at > now ? at : now;
}

/** The readings of a mailing within a time, at most `most`. */
export function runsWithin(when: When, from: Date, until: Date, companyZone: string, most = 60): readonly Planned[] {
	const runs: Planned[] = [];
	for (let run = nextRun(when, new Date(from.getTime() - 1), companyZone); run && run.at < until && runs.length < most;) {
		runs.push(run);
		run = nextRun(when, run.at, companyZone);
	}
	return runs;
}
