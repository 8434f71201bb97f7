import { Temporal } from 'temporal-polyfill';

import { HOUR_MS } from '#kernel/clock.ts';

import type { Turnout } from '../attendance/turnout.ts';

/** How long after the end the mail goes: late signals have come in by then, and the session is still in mind. */
const AFTER_END_MS = 2 * HOUR_MS;
/** Mails go in these hours of the reader's day. */
const DAY_BEGINS = 8;
const DAY_ENDS = 20;

/** When the mail goes: two hours after the end, or at eight in the morning of the reader where that falls into their night. */
export function followUpAt(endsAt: Date, timeZone: string): Date {
	const due = Temporal.Instant.fromEpochMilliseconds(endsAt.getTime() + AFTER_END_MS).toZonedDateTimeISO(timeZone);
	if (due.hour >= DAY_BEGINS && due.hour < DAY_ENDS) return new Date(due.epochMilliseconds);
	const day = due.hour < DAY_BEGINS ? due : due.add({ days: 1 });
	return new Date(day.withPlainTime({ hour: DAY_BEGINS }).epochMilliseconds);
}

/** What was planned for somebody. */
export interface Planned {
	readonly class: Turnout;
	readonly sentAt: Date | null;
}

/** What a settling makes of a plan: a new one, another mail than planned, or nothing. What was sent stays as it is. */
export function decide(planned: Planned | null, now: Turnout): 'plan' | 'change' | 'keep' {
	if (planned === null) return 'plan';
	return planned.sentAt === null && planned.class !== now ? 'change' : 'keep';
}
