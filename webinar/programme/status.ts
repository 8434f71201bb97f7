import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

/** How long before the start the room lets people in. */
export const DOORS_MINUTES = 15;
/** A live webinar that its host forgot to end is over this long after its planned end. */
export const OVERTIME_HOURS = 3;

export type WebinarMode = 'live' | 'simulive' | 'on-demand' | 'on-site';
export type Status = 'scheduled' | 'doors' | 'live' | 'ended' | 'on-demand';

/** A span that has a start and an end. */
export interface Span {
	readonly startsAt: Date;
	readonly endsAt: Date;
}

/** All that the status depends on: the plan, and what the host of a live one did. */
export interface Times extends Span {
	readonly mode: WebinarMode;
	readonly wentLiveAt: Date | null;
	readonly finishedAt: Date | null;
}

export function doorsAt({ startsAt }: Pick<Times, 'startsAt'>): Date {
	return new Date(startsAt.getTime() - DOORS_MINUTES * MINUTE_MS);
}

/**
 * When an occurrence is over if nothing else happens: the planned end; for a live one that began, the host's end, or
 * {@link OVERTIME_HOURS} after the planned end.
 */
export function closesAtOf({ mode, endsAt, wentLiveAt, finishedAt }: Omit<Times, 'startsAt'>): Date {
	if (mode !== 'live' || wentLiveAt === null) return endsAt;
	return finishedAt ?? new Date(endsAt.getTime() + OVERTIME_HOURS * HOUR_MS);
}

/** The time in which there is, or was, something to see; null for a live one that has not begun. */
export function runOf(times: Times): Span | null {
	if (times.mode !== 'live') return { startsAt: times.startsAt, endsAt: times.endsAt };
	return times.wentLiveAt && { startsAt: times.wentLiveAt, endsAt: closesAtOf(times) };
}

/** Where an occurrence is at `now`. The start belongs to `live`, the end to `ended`. Before a live one's host begins, its doors stand open. */
export function statusAt(times: Times, now: Date): Status {
	if (times.mode === 'on-demand') return 'on-demand';
	if (now >= closesAtOf(times)) return 'ended';
	const run = runOf(times);
	if (run && now >= run.startsAt) return 'live';
	return now < doorsAt(times) ? 'scheduled' : 'doors';
}

/** The instant at which {@link statusAt} next answers something else, if no host does anything; null when it stays as it is. */
export function nextChange(times: Times, now: Date): Date | null {
	if (times.mode === 'on-demand') return null;
	const run = runOf(times);
	const changes = run && run.startsAt <= now ? [run.endsAt] : [doorsAt(times), ...(run ? [run.startsAt] : []), closesAtOf(times)];
	return changes.find((instant) => instant > now) ?? null;
}
