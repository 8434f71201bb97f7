import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { openPostgres } from '#kernel/database-postgres.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';
import type { Database } from '#kernel/database.ts';

export interface TestDatabase {
	readonly db: Database;
	/** Folder of the SQLite file (`foyer.db` and its WAL); null on PostgreSQL. */
	readonly folder: string | null;
	close(): Promise<void>;
}

let made = 0;

/** A new, migrated, empty database: SQLite in a temporary folder, or PostgreSQL on the server at `FOYER_TEST_DATABASE_URL`. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const server = process.env['FOYER_TEST_DATABASE_URL'];
	return server === undefined ? createSqlite() : createPostgres(server);
}

function createSqlite(): TestDatabase {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-db-'));
	const db = openSqlite(join(folder, 'foyer.db'));
	return {
		db,
		folder,
		close: async () => {
			await db.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function createPostgres(server: string): Promise<TestDatabase> {
	const db = await openPostgres(await newPostgresDatabase(server));
	// Not dropped: the server of the run is temporary, and dropping waits for its checkpoints.
	return { db, folder: null, close: () => db.close() };
}

/** Address of a new, empty database on the server. */
export async function newPostgresDatabase(server: string): Promise<string> {
	const name = `foyer_${process.pid}_${++made}_${Math.trunc(performance.now())}`;
	await administer(server, `CREATE DATABASE ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return url.href;
}

async function administer(server: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
