import { Temporal } from 'temporal-polyfill';

import type { LocalisedText, Webinar } from '#cms/content.ts';
import { DAY_MS, localDay, MINUTE_MS } from '#kernel/clock.ts';

/** Daily webinars have their occurrences made this far ahead. */
const AHEAD_DAYS = 3;
/** On-demand has one occurrence that does not end. */
export const NEVER_ENDS = new Date('9999-12-31T00:00:00Z');

/** A start that the CMS asks for. */
export interface PlannedStart {
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly capacity: number | null;
	readonly place: LocalisedText;
	/** In which it is said: of the session, else of the webinar. */
	readonly timeZone: string;
}

/**
 * The occurrences that `webinar` should have from `now` on, in order of time: the planned start with the further dates, or for a
 * daily one those of the next three days at the same local time. Those that are over are left out.
 */
export function plannedStarts(webinar: Webinar, now: Date): PlannedStart[] {
	const { capacity, place, timeZone } = webinar;
	if (webinar.mode === 'on-demand') return [{ startsAt: webinar.publishedAt, endsAt: NEVER_ENDS, capacity, place, timeZone }];
	if (!webinar.startsAt) return [];
	const first = { startsAt: webinar.startsAt, capacity, place, timeZone };
	const until = now.getTime() + AHEAD_DAYS * DAY_MS;
	const starts =
		webinar.repeats === 'daily'
			? dailyStarts(webinar.startsAt, timeZone, now)
					.filter((startsAt) => startsAt.getTime() < until)
					.map((startsAt) => ({ ...first, startsAt }))
			: [first, ...furtherStarts(webinar, webinar.startsAt)];
	return starts
		.map((start) => ({ ...start, endsAt: new Date(start.startsAt.getTime() + webinar.durationMinutes * MINUTE_MS) }))
		.filter(({ endsAt }) => endsAt > now)
		.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function furtherStarts({ sessions, capacity, place, timeZone }: Webinar, first: Date): Omit<PlannedStart, 'endsAt'>[] {
	return sessions
		.filter(({ startsAt }) => startsAt.getTime() !== first.getTime())
		.map((session) => ({
			startsAt: session.startsAt,
			capacity: session.capacity ?? capacity,
			place: session.place.en || session.place['zh-CN'] ? session.place : place,
			timeZone: session.timeZone ?? timeZone,
		}));
}

/** The same wall-clock time each day, also across a change of daylight saving; from `first`, or from yesterday if that is later. */
function dailyStarts(first: Date, timeZone: string, now: Date): Date[] {
	const firstLocal = Temporal.Instant.fromEpochMilliseconds(first.getTime()).toZonedDateTimeISO(timeZone);
	const from = Temporal.PlainDate.from(localDay(new Date(Math.max(first.getTime(), now.getTime() - DAY_MS)), timeZone));
	return Array.from({ length: AHEAD_DAYS + 2 }, (_, days) => {
		const day = from.add({ days }).toZonedDateTime({ timeZone, plainTime: firstLocal.toPlainTime() });
		return new Date(day.epochMilliseconds);
	}).filter((startsAt) => startsAt >= first);
}
