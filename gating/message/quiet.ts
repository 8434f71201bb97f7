import { Temporal } from 'temporal-polyfill';

import type { MessageSettings } from './settings.ts';

type Quiet = MessageSettings['quiet'];

/**
 * The first moment from `at` on that is not in quiet hours on the person's clock: `at` itself where it is none. Where clocks are put forward
 * over the end of quiet hours, they end with the gap; where they are put back, they end once.
 *
 * `zone` is an IANA zone, see {@link zoneOr}.
 */
export function quietUntil(at: Date, zone: string, quiet: Quiet): Date {
	let moment = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
	// A weekend may follow quiet hours, and quiet hours a weekend.
	for (let round = 0; round < 4; round++) {
		const next = held(moment, quiet);
		if (next === null) break;
		moment = next;
	}
	return new Date(moment.epochMilliseconds);
}

/** When a pause that `moment` lies in ends; null when it lies in none. */
function held(moment: Temporal.ZonedDateTime, { from, until, weekends }: Quiet): Temporal.ZonedDateTime | null {
	const [start, end] = [minutesOf(from), minutesOf(until)];
	const minute = moment.hour * 60 + moment.minute;
	if (!weekends && moment.dayOfWeek > 5) return atTime(moment, 8 - moment.dayOfWeek, start === end ? 0 : end);
	if (start === end) return null;
	const isQuiet = start < end ? minute >= start && minute < end : minute >= start || minute < end;
	return isQuiet ? atTime(moment, minute < end ? 0 : 1, end) : null;
}

/** That minute of the day, so many days later; never before `moment`, where clocks were put back in between. */
function atTime(moment: Temporal.ZonedDateTime, days: number, minute: number): Temporal.ZonedDateTime {
	const local = moment
		.toPlainDate()
		.add({ days })
		.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
	const first = local.toZonedDateTime(moment.timeZoneId);
	return first.epochMilliseconds > moment.epochMilliseconds ? first : local.toZonedDateTime(moment.timeZoneId, { disambiguation: 'later' });
}

function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The zone if there is such a one, or else the other. */
export function zoneOr(zone: string, other: string): string {
	try {
		Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
		return zone;
	} catch {
		return other;
	}
}
