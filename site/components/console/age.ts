import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { fill } from '#kernel/texts/index.ts';

/** How long something waits: `12 min`, `5 h`, `3 d`. */
export function ageText(since: Date, now: Date, words: { readonly minutes: string; readonly hours: string; readonly days: string }): string {
	const ms = Math.max(0, now.getTime() - since.getTime());
	if (ms < HOUR_MS) return fill(words.minutes, { count: Math.floor(ms / MINUTE_MS) });
	return ms < 2 * DAY_MS ? fill(words.hours, { count: Math.floor(ms / HOUR_MS) }) : fill(words.days, { count: Math.floor(ms / DAY_MS) });
}
