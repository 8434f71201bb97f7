import { join } from 'node:path';

import BetterSqlite from 'better-sqlite3';

import type { TestHub } from './hub.ts';

/** What the hub's database holds at this moment, read beside the hub. */
export function stored<Row>(hub: Pick<TestHub, 'dataFolder'>, query: string, ...params: readonly unknown[]): Row[] {
	const db = new BetterSqlite(join(hub.dataFolder, 'foyer.db'), { readonly: true, timeout: 5_000 });
	try {
		return db.prepare(query).all(...params) as Row[];
	} finally {
		db.close();
	}
}

/** Number of rows of a table. */
export function countOf(hub: Pick<TestHub, 'dataFolder'>, table: string): number {
	return stored<{ n: number }>(hub, `select count(*) as n from ${table}`)[0]!.n;
}

/** Every table that visitors can write. */
const TABLES = ['event', 'form_submission', 'person', 'visitor', 'consent', 'interaction', 'pass', 'access_grant', 'registration', 'outbox'];

/** Numbers of rows of every table that visitors can write, to compare before and after. */
export function counts(hub: Pick<TestHub, 'dataFolder'>): Readonly<Record<string, number>> {
	return Object.fromEntries(TABLES.map((table) => [table, countOf(hub, table)]));
}
