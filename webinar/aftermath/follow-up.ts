import { Temporal } from 'temporal-polyfill';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

export const AUDIENCE_CLASSES = ['attended', 'left-early', 'no-show'] as const;
/** How somebody was there, as far as the mail afterwards tells it. */
export type AudienceClass = (typeof AUDIENCE_CLASSES)[number];

/** Less than this is a look through the door. */
const LEAST_MS = MINUTE_MS;
/** From this share of the programme on, somebody has seen it. */
const STAYED_SHARE = 0.5;

/** How long after the end the mail goes: late signals have come in by then, and the session is still in mind. */
const AFTER_END_MS = 2 * HOUR_MS;
/** Mails go in these hours of the reader's day. */
const DAY_BEGINS = 8;
const DAY_ENDS = 20;

/** Which mail somebody gets. `seconds` and `lengthSeconds` are of the live programme. */
export function classOf(seconds: number, lengthSeconds: number): AudienceClass {
	if (lengthSeconds <= 0 || seconds * 1_000 < Math.min(LEAST_MS, (lengthSeconds * 1_000) / 2)) return 'no-show';
	return seconds >= lengthSeconds * STAYED_SHARE ? 'attended' : 'left-early';
}

/** When the mail goes: two hours after the end, or at eight in the morning of the reader where that falls into their night. */
export function followUpAt(endsAt: Date, timeZone: string): Date {
	const due = Temporal.Instant.fromEpochMilliseconds(endsAt.getTime() + AFTER_END_MS).toZonedDateTimeISO(timeZone);
	if (due.hour >= DAY_BEGINS && due.hour < DAY_ENDS) return new Date(due.epochMilliseconds);
	const day = due.hour < DAY_BEGINS ? due : due.add({ days: 1 });
	return new Date(day.withPlainTime({ hour: DAY_BEGINS }).epochMilliseconds);
}

/** What was planned for somebody. */
export interface Planned {
	readonly class: AudienceClass;
	readonly sentAt: Date | null;
}

/** What a settling makes of a plan: a new one, another mail than planned, or nothing. What was sent stays as it is. */
export function decide(planned: Planned | null, now: AudienceClass): 'plan' | 'change' | 'keep' {
	if (planned === null) return 'plan';
	return planned.sentAt === null && planned.class !== now ? 'change' : 'keep';
}
