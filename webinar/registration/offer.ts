import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

/** An answer to an offered seat may take this long where there is time. */
const LONGEST_MS = DAY_MS;
/** Nobody is given less to read a mail and answer it. */
const SHORTEST_MS = 30 * MINUTE_MS;
/** The part of the time left that one offer may take, so that those after them have time as well. */
const PART = 4;

/**
 * Until when a seat that became free at `now` is kept for the first in line: a day, nearer to the start a quarter of the time left,
 * half an hour at least. Null when that reaches into the last hour before the start: then the seat is given without asking.
 */
export function offerUntil(startsAt: Date, now: Date): Date | null {
	const left = startsAt.getTime() - now.getTime();
	const limit = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, left / PART));
	return left - limit < HOUR_MS ? null : new Date(now.getTime() + Math.floor(limit / MINUTE_MS) * MINUTE_MS);
}
