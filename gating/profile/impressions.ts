import { sql } from 'drizzle-orm';

import { localDay, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';

import { slotImpression } from '../schema.ts';

/** A piece that a page showed in a slot. */
export interface SlotShown {
	readonly slot: string;
	/** `<type>:<content id>`. */
	readonly subject: string;
	/** From 1. */
	readonly position: number;
}

export interface Impressions {
	/** Counts one page with these pieces; they are written together with those of others. */
	note(visitorId: string, list: readonly SlotShown[], isControl: boolean, times: number): void;
	/** Writes what waits. */
	flush(): Promise<void>;
}

const ROWS_PER_BODY = 200;
/** More than this is not kept while the database cannot be written. */
const MOST_WAITING = 100_000;

type Row = typeof slotImpression.$inferInsert;

/** Impressions by visitor, slot, piece and local day, added up in memory and written a few hundred at a time. */
export function createImpressions({
	db,
	now,
	log,
	timeZone,
}: {
	readonly db: Database;
	readonly now: Now;
	readonly log: Log;
	readonly timeZone: () => string;
}): Impressions {
	let waiting = new Map<string, Row & { count: number }>();
	let writing: Promise<void> = Promise.resolve();

	const write = async (rows: readonly Row[]): Promise<void> => {
		for (let from = 0; from < rows.length; from += ROWS_PER_BODY) {
			const part = rows.slice(from, from + ROWS_PER_BODY);
			await db.write(async (tx) => {
				await tx
					.insert(slotImpression)
					.values([...part])
					.onConflictDoUpdate({
						target: [slotImpression.visitorId, slotImpression.slot, slotImpression.subject, slotImpression.localDay],
						set: { count: sql`${slotImpression.count} + excluded.count` },
					});
			});
		}
	};

	return Object.freeze<Impressions>({
		note: (visitorId, list, isControl, times) => {
			const at = now();
			const day = localDay(at, timeZone());
			for (const { slot, subject, position } of list) {
				const key = `${visitorId} ${slot} ${subject} ${day}`;
				const row = waiting.get(key);
				if (row) row.count += times;
				else if (waiting.size < MOST_WAITING)
					waiting.set(key, { visitorId, slot, subject, localDay: day, position, isControl, count: times, firstAt: at });
			}
		},
		flush: () => {
			const rows = [...waiting.values()];
			waiting = new Map();
			if (rows.length > 0)
				writing = writing.then(() => write(rows)).catch((err: unknown) => log.error({ err, rows: rows.length }, 'impressions could not be written'));
			return writing;
		},
	});
}
