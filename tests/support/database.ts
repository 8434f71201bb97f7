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

/** Addresses of databases that were used and emptied: making one takes 0.4 s, and dropping one waits for a checkpoint. */
const emptied: string[] = [];

async function createPostgres(server: string): Promise<TestDatabase> {
	const url = emptied.pop() ?? (await newPostgresDatabase(server));
	const db = await openPostgres(url);
	return {
		db,
		folder: null,
		close: async () => {
			await db.close();
			await administer(url, EMPTY_ALL_TABLES);
			emptied.push(url);
		},
	};
}

/** Empties the tables with rows in them; the list of migrations stands in a schema of its own. */
const EMPTY_ALL_TABLES = `
DO $$
DECLARE
	name text;
	has_rows boolean;
BEGIN
	FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
		EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', name) INTO has_rows;
		IF has_rows THEN EXECUTE format('TRUNCATE %s RESTART IDENTITY CASCADE', name); END IF;
	END LOOP;
END $$`;

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
