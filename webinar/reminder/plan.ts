import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';

/** One day before, two hours before, at the start. */
export const MARKS = ['day', 'hours', 'start'] as const;
export type Mark = (typeof MARKS)[number];

const BEFORE_MS: Readonly<Record<Mark, number>> = { day: DAY_MS, hours: 2 * HOUR_MS, start: 0 };

export interface Reminder {
	readonly mark: Mark;
	readonly dueAt: Date;
}

export function markAt(mark: Mark, startsAt: Date): Date {
	return new Date(startsAt.getTime() - BEFORE_MS[mark]);
}

/** The reminders still to come at `now`. A mark that is past is skipped: nobody who registers five hours before hears of tomorrow. */
export function planReminders(startsAt: Date, now: Date): Reminder[] {
	return MARKS.map((mark) => ({ mark, dueAt: markAt(mark, startsAt) })).filter(({ dueAt }) => dueAt > now);
}

/**
 * True when a reminder held up on its way (no mail server, hub down) would tell something untrue or useless by now: when the
 * next mark is reached, and for the last one when the webinar is over.
 */
export function isStale(mark: Mark, startsAt: Date, endsAt: Date, now: Date): boolean {
	const next = MARKS[MARKS.indexOf(mark) + 1];
	return now >= (next ? markAt(next, startsAt) : endsAt);
}
