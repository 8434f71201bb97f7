import { localDay, MINUTE_MS } from '#kernel/clock.ts';

const QUARTER_MS = 15 * MINUTE_MS;
const REMEMBERED = 1_000;

/**
 * `localDay` for the hot path: zones change their offset on quarters of an hour only, so each quarter is worked out once.
 * Returns a function of an instant in milliseconds and a zone.
 */
export function createLocalDays(): (at: number, timeZone: string) => string {
	let zone = '';
	const days = new Map<number, string>();
	return (at, timeZone) => {
		if (timeZone !== zone || days.size > REMEMBERED) {
			days.clear();
			zone = timeZone;
		}
		const quarter = Math.floor(at / QUARTER_MS);
		let day = days.get(quarter);
		if (day === undefined) days.set(quarter, (day = localDay(new Date(quarter * QUARTER_MS), timeZone)));
		return day;
	};
}
