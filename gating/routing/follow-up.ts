import { z } from 'zod';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

import { afterWorking, calendarInput, isWorkday, type WorkCalendar } from './calendar.ts';
import type { Marks } from './hand-over.ts';

const staffId = z.string().max(80);
const key = z.string().max(40);

/** How soon sales follows up, and what happens if it does not. */
export const followUpInput = z
	.strictObject({
		hours: z.int().min(1).max(720),
		/** `clock`: hours as they pass. `working`: hours of the owner's calendar. */
		counts: z.enum(['clock', 'working']),
		/** When somebody asked for a quote, a demo or a call. These minutes always pass as they pass. */
		demandMinutes: z.int().min(5).max(2_880),
		/** Per cent of the time after which the owner is reminded. */
		remindAt: z.int().min(1).max(99),
		/** Per cent of the time after which {@link escalateTo} is told. */
		escalateAt: z.int().min(100).max(1_000),
		/** '' for nobody. */
		escalateTo: staffId,
		/** Per cent of the time after which somebody else gets the lead; null: never. */
		reassignAt: z.int().min(100).max(2_000).nullable(),
		/** Everybody's calendar but for those below. */
		calendar: key,
		calendars: z.array(calendarInput).min(1).max(20).readonly(),
		/** Calendars of single members of staff. */
		staff: z.array(z.strictObject({ staffId, calendar: key })).max(300).readonly(), // prettier-ignore
	})
	.superRefine(({ calendar, calendars, staff, escalateAt, reassignAt }, context) => {
		const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
		const keys = calendars.map((one) => one.key);
		if (new Set(keys).size < keys.length) wrong(['calendars'], 'taken');
		if (!keys.includes(calendar)) wrong(['calendar'], 'choice');
		if (staff.some((one) => !keys.includes(one.calendar))) wrong(['staff'], 'choice');
		if (reassignAt !== null && reassignAt < escalateAt) wrong(['reassignAt'], 'order');
	});
export type FollowUp = z.infer<typeof followUpInput>;

const weekdays = [1, 2, 3, 4, 5] as const;

/** 24 hours as they pass, and an hour for who asked; nobody is told but the owner until somebody is named. */
export const DEFAULT_FOLLOW_UP: FollowUp = Object.freeze({
	hours: 24,
	counts: 'clock',
	demandMinutes: 60,
	remindAt: 75,
	escalateAt: 100,
	escalateTo: '',
	reassignAt: null,
	calendar: 'office',
	calendars: [
		{
			...{ key: 'office', name: 'Office', timeZone: 'Europe/Zurich', weekdays, from: '08:00', until: '18:00' },
			...{ hasChineseHolidays: false, holidays: [], workdays: [] },
		},
		{
			...{ key: 'china', name: '中国', timeZone: 'Asia/Shanghai', weekdays, from: '09:00', until: '18:00' },
			...{ hasChineseHolidays: true, holidays: [], workdays: [] },
		},
	],
	staff: [],
});

/** The calendar that somebody works by; of nobody, everybody's. */
export function calendarOf({ calendar, calendars, staff }: FollowUp, owner: string | null): WorkCalendar {
	const own = staff.find((one) => one.staffId === owner)?.calendar ?? calendar;
	const found = calendars.find((one) => one.key === own) ?? calendars.find((one) => one.key === calendar);
	if (!found) throw new Error('a follow-up rule without its calendar');
	return found;
}

/** When the owner of a lead handed over at `at` is reminded, is due, is told on, and loses it. */
export function marksOf(
	rule: FollowUp,
	{ at, owner, isDemand }: { readonly at: Date; readonly owner: string | null; readonly isDemand: boolean },
): Marks {
	const { hours, counts, demandMinutes, remindAt, escalateAt, reassignAt } = rule;
	const after = (percent: number): Date => {
		if (isDemand) return new Date(at.getTime() + (demandMinutes * MINUTE_MS * percent) / 100);
		if (counts === 'clock') return new Date(at.getTime() + (hours * HOUR_MS * percent) / 100);
		return afterWorking(at, (hours * 60 * percent) / 100, calendarOf(rule, owner));
	};
	return {
		remindAt: after(remindAt),
		dueAt: after(100),
		escalateAt: after(escalateAt),
		reassignAt: reassignAt === null ? null : after(reassignAt),
	};
}

/** Whether somebody has a day off by their calendar. */
export function isOffByCalendar(rule: FollowUp, staff: string, dayIn: (timeZone: string) => string): boolean {
	const calendar = calendarOf(rule, staff);
	return !isWorkday(calendar, dayIn(calendar.timeZone));
}
