import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { sql } from 'drizzle-orm';
import pg from 'pg';

import type { Database, Handle } from './database.ts';
import { databaseCode, DomainError } from './errors.ts';
import { locks } from './schema.ts';
import { createTouched } from './touched.ts';

const ATTEMPTS = 12;
const SERIALISATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const INT8 = 20;
const MIGRATIONS = fileURLToPath(new URL('./migrations/postgres', import.meta.url));

/**
 * Opens the PostgreSQL database at `url` with a pool and brings it to the present schema.
 * Bodies run SERIALIZABLE and are retried on serialisation failures, or READ COMMITTED behind a row lock with `locks`.
 *
 * @throws Error when the server cannot be reached or a migration fails.
 */
export async function openPostgres(url: string, poolSize = 10): Promise<Database> {
	pg.types.setTypeParser(INT8, Number); // drizzle asks the driver's own table, so a pool's parsers would not be heard
	const pool = new pg.Pool({ connectionString: url, max: poolSize });
	pool.on('error', () => undefined); // an idle connection that the server closed; the next query opens another
	const read = drizzle(pool);
	await migrate(read, { migrationsFolder: MIGRATIONS });
	const touched = createTouched();
	const inside = new AsyncLocalStorage<{ isOpen: boolean }>();

	const write: Database['write'] = async (body, options = {}) => {
		if (inside.getStore()?.isOpen) throw new Error('write() inside write(): pass the tx you have instead');
		for (let attempt = 1; ; attempt++) {
			const connection = await pool.connect();
			let broken: Error | undefined;
			const mark = { isOpen: true }; // what a body sets off may outlive it and write again
			try {
				await connection.query(`BEGIN ISOLATION LEVEL ${options.locks === undefined ? 'SERIALIZABLE' : 'READ COMMITTED'}`);
				const tx = drizzle(connection) as unknown as Handle;
				touched.begin(tx);
				if (options.locks !== undefined) await takeLock(tx, options.locks);
				const value = await inside.run(mark, () => body(tx));
				await connection.query('COMMIT');
				touched.tell(tx);
				return value;
			} catch (error) {
				await connection.query('ROLLBACK').catch((failed: Error) => (broken = failed));
				const code = databaseCode(error);
				if ((code !== SERIALISATION_FAILURE && code !== DEADLOCK) || attempt >= ATTEMPTS) throw error;
			} finally {
				mark.isOpen = false;
				connection.release(broken);
			}
			await pause(Math.random() * 2 ** Math.min(attempt, 7));
		}
	};

	return Object.freeze<Database>({
		dialect: 'postgres',
		read: read as unknown as Handle,
		write,
		onTouched: touched.listen,
		analyse: async ({ module, name, params }) => {
			const exported = (await import(module.href)) as Record<string, (handle: Handle, params: unknown) => Promise<never>>;
			const query = exported[name];
			if (!query) throw new Error(`${module.href} exports no ${name}`);
			return query(read as unknown as Handle, params);
		},
		scrub: async () => undefined,
		backup: () => Promise.reject(new DomainError('unavailable', 'The hub database is PostgreSQL: back it up with pg_dump.')),
		close: () => pool.end(),
	});
}

/** The first statement of a body with `locks`: waits for, then holds, the row of `key`. */
async function takeLock(tx: Handle, key: string): Promise<void> {
	await tx
		.insert(locks)
		.values({ key, taken: 1 })
		.onConflictDoUpdate({ target: locks.key, set: { taken: sql`${locks.taken} + 1` } });
}
