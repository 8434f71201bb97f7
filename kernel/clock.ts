import { Temporal } from 'temporal-polyfill';

/** Returns the present instant. Every function that needs the time takes one of these as an argument. */
export type Now = () => Date;

/** The clock of the machine. */
export const systemClock: Now = () => new Date();

/** A clock that shows `start` at this moment and goes on from there. */
export function clockFrom(start: Date): Now {
	const aheadMs = start.getTime() - Date.now();
	return () => new Date(Date.now() + aheadMs);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The calendar day of `instant` in an IANA `timeZone`, as `YYYY-MM-DD`. */
export function localDay(instant: Date, timeZone: string): string {
	return zoned(instant, timeZone).toPlainDate().toString();
}

/** Whole calendar days from `from` to `to` in `timeZone`; negative when `to` is the earlier day. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
	return zoned(from, timeZone).toPlainDate().until(zoned(to, timeZone).toPlainDate(), { largestUnit: 'day' }).days;
}

/** The first instant of the calendar day `day` (`YYYY-MM-DD`) in `timeZone`. */
export function startOfDay(day: string, timeZone: string): Date {
	return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds);
}

/** True for a calendar day there is, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
	const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The calendar day after `day` (`YYYY-MM-DD`). */
export function nextDay(day: string): string {
	return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** The instant of a clock's reading (`YYYY-MM-DDTHH:MM`) in `timeZone`; an invalid date when it is none. */
export function momentAt(reading: string, timeZone: string): Date {
	try {
		return new Date(Temporal.PlainDateTime.from(reading).toZonedDateTime(timeZone).epochMilliseconds);
	} catch {
		return new Date(NaN);
	}
}

/** True when `timeZone` is an IANA zone this machine knows. */
export function isTimeZone(timeZone: string): boolean {
	try {
		zoned(new Date(0), timeZone);
		return true;
	} catch {
		return false;
	}
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
	return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}
