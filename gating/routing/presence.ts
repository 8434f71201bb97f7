import { asc, gte, isNull } from 'drizzle-orm';

import { DAY_MS, localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { staffAbsence, staffMember } from '../schema.ts';
import { calendarOf, type FollowUp, isOffByCalendar } from './follow-up.ts';
import type { Presence } from './route.ts';

export type Absence = typeof staffAbsence.$inferSelect;

/** Who can be given leads at `at`: works here and is not away, by the days of their own calendar. */
export async function presenceAt(handle: Handle, rule: FollowUp, at: Date): Promise<Presence> {
	const here = await handle.select({ id: staffMember.id }).from(staffMember).where(isNull(staffMember.leftAt));
	return presenceOf(new Set(here.map(({ id }) => id)), await absencesSince(handle, at), rule, at);
}

/** Absences that are not over, the earliest first. */
export async function absencesSince(handle: Handle, at: Date): Promise<Absence[]> {
	const yesterday = localDay(new Date(at.getTime() - DAY_MS), 'UTC');
	return handle.select().from(staffAbsence).where(gte(staffAbsence.until, yesterday)).orderBy(asc(staffAbsence.from), asc(staffAbsence.id));
}

/** The same from what was read. */
export function presenceOf(here: ReadonlySet<string>, absences: readonly Absence[], rule: FollowUp, at: Date): Presence {
	const dayIn = (timeZone: string) => localDay(at, timeZone);
	const absenceOf = (staffId: string) => {
		const day = dayIn(calendarOf(rule, staffId).timeZone);
		return absences.find((one) => one.staffId === staffId && one.from <= day && day <= one.until);
	};
	const isThere = (staffId: string, isRound: boolean) =>
		here.has(staffId) && !absenceOf(staffId) && !(isRound && isOffByCalendar(rule, staffId, dayIn));
	return {
		isThere,
		deputyOf: (staffId) => {
			const deputy = absenceOf(staffId)?.deputy ?? '';
			return deputy !== '' && isThere(deputy, false) ? deputy : null;
		},
	};
}
