import { HOUR_MS } from '#kernel/clock.ts';

/** People come this long before the start at most. */
const EARLY_MS = 12 * HOUR_MS;

/**
 * When somebody came in, by a phone that may have been without a network: its own time, unless that lies ahead of the hub's, long
 * before the event, or after its end.
 */
export function believedAt(said: Date, { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date }, now: Date): Date {
	const latest = Math.min(now.getTime(), Math.max(endsAt.getTime(), startsAt.getTime()));
	const earliest = Math.min(startsAt.getTime() - EARLY_MS, latest);
	return new Date(Math.min(Math.max(said.getTime(), earliest), latest));
}
