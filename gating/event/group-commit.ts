import type { Database } from '#kernel/database.ts';
import { type EventRow, storeEvents } from './store.ts';

const ROWS_A_BODY = 200;

interface Waiting {
	readonly rows: readonly EventRow[];
	settle(stored: ReadonlySet<string>): void;
	fail(error: unknown): void;
}

/**
 * Collects what arrives in this turn of the loop and the next, or 200 rows, into one transaction: most connections send again in
 * the turn after their answers. The promise resolves after the commit with the ids that were new.
 */
export function createGroupCommit(db: Database): (rows: readonly EventRow[]) => Promise<ReadonlySet<string>> {
	let waiting: Waiting[] = [];
	let rowCount = 0;
	let isArmed = false;

	const flush = (): void => {
		isArmed = false;
		const batch = waiting;
		if (batch.length === 0) return;
		waiting = [];
		rowCount = 0;
		commit(db, batch).catch((error: unknown) => batch.forEach(({ fail }) => fail(error)));
	};

	return (rows) =>
		new Promise((settle, fail) => {
			waiting.push({ rows, settle, fail });
			rowCount += rows.length;
			if (rowCount >= ROWS_A_BODY) flush();
			else if (!isArmed) {
				isArmed = true;
				setImmediate(() => setImmediate(flush));
			}
		});
}

async function commit(db: Database, batch: readonly Waiting[]): Promise<void> {
	const byId = new Map<string, EventRow>();
	for (const { rows } of batch) for (const row of rows) if (!byId.has(row.id)) byId.set(row.id, row);
	const rows = [...byId.values()];
	const stored = new Set<string>();
	for (let from = 0; from < rows.length; from += ROWS_A_BODY) {
		const part = rows.slice(from, from + ROWS_A_BODY);
		for (const { id } of await db.write((tx) => storeEvents(tx, part))) stored.add(id);
	}
	// The first that brought an id has stored it; the same id from another request of the batch is a duplicate.
	for (const { rows: own, settle } of batch) settle(new Set(own.map(({ id }) => id).filter((id) => stored.delete(id))));
}
