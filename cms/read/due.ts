import type { Row } from '../client.ts';

/** The instant in a column, or null when it is empty or no date. */
export function instantOf(value: unknown): Date | null {
	if (typeof value !== 'string' || value === '') return null;
	const instant = new Date(value);
	return Number.isNaN(instant.getTime()) ? null : instant;
}

/** True from `publish_at` (or always) until just before `unpublish_at` (or for ever). */
export function isDue(row: Row, now: Date): boolean {
	const from = instantOf(row['publish_at']);
	const until = instantOf(row['unpublish_at']);
	return (from === null || from <= now) && (until === null || until > now);
}

/** True when it is to go offline before it goes online: an editor's mistake. */
export function isNeverDue(row: Row): boolean {
	const from = instantOf(row['publish_at']);
	const until = instantOf(row['unpublish_at']);
	return from !== null && until !== null && until <= from;
}

/** The next instant after `now` at which one of the rows goes online or offline; null when none will. */
export function nextDueAt(rows: Iterable<Row>, now: Date): Date | null {
	let next: Date | null = null;
	for (const row of rows) {
		for (const name of ['publish_at', 'unpublish_at']) {
			const instant = instantOf(row[name]);
			if (instant && instant > now && (next === null || instant < next)) next = instant;
		}
	}
	return next;
}
