import { DAY_MS, localDay, momentAt } from '#kernel/clock.ts';

import type { Days } from './create-content.ts';

export const RHYTHMS = ['weekly', 'monthly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** When reports are sent. */
export interface SendTime {
	readonly rhythm: Rhythm;
	/** 1 (Monday) to 7, or 1 to 28 of a month. */
	readonly day: number;
	/** 0 to 23 in the company's zone. */
	readonly hour: number;
}

/** The local day and instant of the next sending after `now`. */
export function nextSending({ rhythm, day, hour }: SendTime, now: Date, timeZone: string): { readonly day: string; readonly at: Date } {
	for (let ahead = 0; ; ahead++) {
		const local = localDay(new Date(now.getTime() + ahead * DAY_MS), timeZone);
		const date = new Date(`${local}T00:00:00Z`);
		const own = rhythm === 'weekly' ? date.getUTCDay() || 7 : date.getUTCDate();
		const at = momentAt(`${local}T${String(hour).padStart(2, '0')}:00`, timeZone);
		if (own === day && at > now) return { day: local, at };
	}
}

/** What a sending on a local day tells of: the seven days before it, or the month before. */
export function periodBefore(rhythm: Rhythm, day: string): Days {
	const at = (date: Date): string => date.toISOString().slice(0, 10);
	const [year = 0, month = 1] = day.split('-').map(Number);
	if (rhythm === 'monthly') return { from: at(new Date(Date.UTC(year, month - 2, 1))), to: at(new Date(Date.UTC(year, month - 1, 0))) };
	const start = Date.parse(`${day}T00:00:00Z`);
	return { from: at(new Date(start - 7 * DAY_MS)), to: at(new Date(start - DAY_MS)) };
}
