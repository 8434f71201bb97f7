import { createRequire } from 'node:module';

import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

import { isTimeZone, MINUTE_MS } from '#kernel/clock.ts';

const dayInput = z.iso.date();
const clockInput = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** When people work. */
export const calendarInput = z
	.strictObject({
		key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
		name: z.string().trim().min(1).max(80),
		/** IANA zone. */
		timeZone: z.string().min(1).max(60).refine(isTimeZone, { message: 'zone' }),
		/** 1 is Monday. */
		weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).readonly(),
		/** Readings of the clock; 24:00 is midnight at the day's end. */
		from: clockInput,
		until: clockInput,
		/** Public holidays of mainland China, and the weekends that are worked for them. */
		hasChineseHolidays: z.boolean(),
		/** Days off, `2026-08-01`. */
		holidays: z.array(dayInput).max(400).readonly(),
		/** Weekend days that are worked. */
		workdays: z.array(dayInput).max(400).readonly(),
	})
	.refine(({ from, until }) => from < until, { path: ['until'], message: 'before' });
export type WorkCalendar = z.infer<typeof calendarInput>;

const LONGEST_DAYS = 400;
const require = createRequire(import.meta.url);

/** Whether people of this calendar work on a day (`2026-03-02`). What the company says of a day goes before the list of holidays. */
export function isWorkday({ weekdays, holidays, workdays, hasChineseHolidays }: WorkCalendar, day: string): boolean {
	if (workdays.includes(day)) return true;
	if (holidays.includes(day)) return false;
	if (hasChineseHolidays) {
		const china = chineseDays();
		if (china.workdays.has(day)) return true;
		if (china.holidays.has(day)) return false;
	}
	return weekdays.includes(Temporal.PlainDate.from(day).dayOfWeek);
}

/**
 * The moment at which `minutes` of working time have passed since `start`. Days end and begin by the clock of the zone, so that a working day
 * across a change of the clock is as long as it is. Without one working day in {@link LONGEST_DAYS} days it is plain time.
 */
export function afterWorking(start: Date, minutes: number, calendar: WorkCalendar): Date {
	let left = minutes * MINUTE_MS;
	const { timeZone, from, until } = calendar;
	let day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
	for (let count = 0; count < LONGEST_DAYS; count += 1, day = day.add({ days: 1 })) {
		if (!isWorkday(calendar, day.toString())) continue;
		const opens = Math.max(instantAt(day, from, timeZone), start.getTime());
		const closes = instantAt(day, until, timeZone);
		if (closes <= opens) continue;
		if (left <= closes - opens) return new Date(opens + left);
		left -= closes - opens;
	}
	return new Date(start.getTime() + minutes * MINUTE_MS);
}

function instantAt(day: Temporal.PlainDate, clock: string, timeZone: string): number {
	const [at, time] = clock === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, clock];
	return at.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

interface ChineseDays {
	readonly holidays: ReadonlySet<string>;
	readonly workdays: ReadonlySet<string>;
	/** The last year that the list knows. */
	readonly until: string;
}

let china: ChineseDays | null = null;

/**
 * The package's list is read as data: its functions read days in the machine's zone.
 *
 * Source: https://github.com/vsme/chinese-days
 */
export function chineseDays(): ChineseDays {
	if (!china) {
		const list = require('chinese-days/dist/chinese-days.json') as Readonly<Record<'holidays' | 'workdays', Readonly<Record<string, string>>>>;
		const holidays = Object.keys(list.holidays).sort();
		china = { holidays: new Set(holidays), workdays: new Set(Object.keys(list.workdays)), until: holidays.at(-1)?.slice(0, 4) ?? '' };
	}
	return china;
}
