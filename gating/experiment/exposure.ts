import { localDay, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';
import { createRecent } from '#kernel/recent.ts';

import { experimentExposure } from '../schema.ts';

type Row = typeof experimentExposure.$inferInsert;

const REMEMBERED = 200_000;
const ROWS_A_BODY = 200;
/** So many wait at most; what comes beyond them is logged at that browser's next page. */
const MOST_WAITING = 20_000;

export interface ExposureLog {
	/** Notes that a browser was shown a variant. Costs a look into memory; only the first time of each waits to be written. False: there was no room. */
	note(seen: Pick<Row, 'experimentId' | 'version' | 'visitorId' | 'variant' | 'isCarried'>): boolean;
	hasSeen(experimentId: string, version: number, visitorId: string): boolean;
	/** Writes what waits. Call it again and again. */
	flush(): Promise<void>;
}

const keyOf = (experimentId: string, version: number, visitorId: string): string => `${experimentId}.${version}.${visitorId}`;

/** Who was shown what first, collected in memory and written together, once for each browser, experiment and version. */
export function createExposureLog({
	db,
	now,
	timeZone,
	log,
}: {
	readonly db: Database;
	readonly now: Now;
	readonly timeZone: () => string;
	readonly log: Log;
}): ExposureLog {
	const seen = createRecent<string, true>(REMEMBERED);
	let waiting: Row[] = [];
	return Object.freeze<ExposureLog>({
		note: (shown) => {
			const key = keyOf(shown.experimentId, shown.version, shown.visitorId);
			if (seen.get(key)) return true;
			if (waiting.length >= MOST_WAITING) return false;
			seen.set(key, true);
			const at = now();
			waiting.push({ ...shown, at, localDay: localDay(at, timeZone()) });
			return true;
		},
		hasSeen: (experimentId, version, visitorId) => seen.get(keyOf(experimentId, version, visitorId)) === true,
		flush: async () => {
			const rows = waiting;
			waiting = [];
			for (let from = 0; from < rows.length; from += ROWS_A_BODY) {
				const part = rows.slice(from, from + ROWS_A_BODY);
				try {
					await db.write(async (tx) => void (await tx.insert(experimentExposure).values(part).onConflictDoNothing()));
				} catch (error) {
					waiting = [...rows.slice(from), ...waiting];
					log.error({ err: error }, 'exposures of experiments could not be written, it is tried again');
					return;
				}
			}
		},
	});
}
