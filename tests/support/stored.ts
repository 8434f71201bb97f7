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
