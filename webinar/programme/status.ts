import { MINUTE_MS } from '#kernel/clock.ts';

/** How long before the start the room lets people in. */
export const DOORS_MINUTES = 15;

export type WebinarMode = 'live' | 'simulive' | 'on-demand';
export type Status = 'scheduled' | 'doors' | 'live' | 'ended' | 'on-demand';

/** A span that has a start: all that the status depends on. */
export interface Times {
	readonly mode: WebinarMode;
	readonly startsAt: Date;
	readonly endsAt: Date;
}

export function doorsAt({ startsAt }: Pick<Times, 'startsAt'>): Date {
	return new Date(startsAt.getTime() - DOORS_MINUTES * MINUTE_MS);
}

/** Where an occurrence is at `now`. The start belongs to `live`, the end to `ended`. */
export function statusAt(times: Times, now: Date): Status {
	if (times.mode === 'on-demand') return 'on-demand';
	if (now < doorsAt(times)) return 'scheduled';
	if (now < times.startsAt) return 'doors';
	return now < times.endsAt ? 'live' : 'ended';
}

/** The instant at which {@link statusAt} next answers something else; null when it stays as it is. */
export function nextChange(times: Times, now: Date): Date | null {
	if (times.mode === 'on-demand') return null;
	return [doorsAt(times), times.startsAt, times.endsAt].find((instant) => instant > now) ?? null;
}
