import { Temporal } from 'temporal-polyfill';

import { MINUTE_MS } from '#kernel/clock.ts';

import type { MessageSettings } from './settings.ts';

type Sending = MessageSettings['sending'];

/** So many mails may follow each other at once before they are spread. */
const BURST = 10;

/** Gives the next free place among mails to one domain; `free` is when the place after the last one given began, 0 for none. */
export function nextSlot(free: number, now: Date, { perMinute }: Pick<Sending, 'perMinute'>): { readonly at: Date; readonly free: number } {
	const apart = MINUTE_MS / perMinute;
	const earliest = now.getTime() - (BURST - 1) * apart;
	const slot = Math.max(free, earliest);
	return { at: new Date(Math.max(slot, now.getTime())), free: Math.round(slot + apart) };
}

/** How many mails that are no answers may go on `day` (ISO) while a new sender warms up; null: as many as there are. */
export function warmUpAllowance(day: string, { warmUpFrom, warmUpFirst, warmUpGrowth }: Omit<Sending, 'perMinute'>): number | null {
	if (warmUpFrom === '') return null;
	const days = Temporal.PlainDate.from(warmUpFrom).until(Temporal.PlainDate.from(day)).days;
	if (days < 0) return null;
	const allowed = Math.floor(warmUpFirst * (1 + warmUpGrowth / 100) ** days);
	return allowed >= WARM ? null : allowed;
}

/** Who sends so many a day is known to receivers. */
const WARM = 100_000;

/** The company's day and when the next one begins. */
export function dayOf(at: Date, zone: string): { readonly day: string; readonly next: Date } {
	const date = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
	return { day: date.toString(), next: new Date(date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds) };
}
