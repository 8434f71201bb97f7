import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

import type { Database, Handle } from './database.ts';
import { createReadWorker } from './read-worker.ts';
import { createRecent } from './recent.ts';
import { createTouched, type Touched } from './touched.ts';

const BUSY_LIMIT_MS = 5_000;
/** Statements kept ready per connection, and the longest text that is worth it. */
const KEPT_STATEMENTS = 200;
const KEPT_TEXT = 4_000;
const MIGRATIONS = fileURLToPath(new URL('./migrations/sqlite', import.meta.url));

/**
 * Opens the SQLite database at `file` and brings it to the present schema. One connection writes, one reads.
 * Durable: an acknowledged write survives power loss (WAL, synchronous=FULL).
 *
 * `isFilling`: for scripts that write millions of rows and may take a gigabyte of memory.
 *
 * @throws Error when the file cannot be opened or is no database.
 */
export function openSqlite(file: string, { isFilling = false }: { readonly isFilling?: boolean } = {}): Database {
	const writer = openOrExplain(file);
	if (isFilling) {
		// Rows go into every part of the indexes: what is read and written again and again stays in memory until it is folded in.
		writer.pragma('cache_size = -1000000');
		writer.pragma('wal_autocheckpoint = 100000');
	}
	migrate(drizzle(writer), { migrationsFolder: MIGRATIONS });
	const reader = open(file);
	reader.pragma('query_only = ON');
	const workers = createReadWorker(file);
	const touched = createTouched();
	const { write, between } = serialised(writer, touched);

	return Object.freeze<Database>({
		dialect: 'sqlite',
		read: drizzle(reader) as unknown as Handle,
		write,
		onTouched: touched.listen,
		scrub: () => between(() => void writer.pragma('wal_checkpoint(TRUNCATE)')),
		analyse: (query) => workers.run(query),
		backup: async (target) => {
			await writer.backup(target);
		},
		close: async () => {
			await workers.close();
			reader.close();
			writer.pragma('wal_checkpoint(TRUNCATE)');
			writer.close();
		},
	});
}

function openOrExplain(file: string): ReturnType<typeof open> {
	try {
		return open(file);
	} catch (error) {
		const code = (error as { readonly code?: string }).code ?? 'unknown';
		throw new Error(`The database ${file} cannot be opened (${code}): restore it from a backup, or move it away to begin anew.`, { cause: error });
	}
}

/** Opens a read-only connection with the hub's settings, for worker threads. */
export function openSqliteReader(file: string): { readonly handle: Handle; close(): void } {
	const connection = new BetterSqlite(file, { readonly: true, timeout: BUSY_LIMIT_MS });
	tune(connection);
	return { handle: drizzle(connection) as unknown as Handle, close: () => connection.close() };
}

function open(file: string): BetterSqlite.Database {
	const connection = new BetterSqlite(file, { timeout: 0 });
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	// What is erased is overwritten, not only left out of lists.
	connection.pragma('secure_delete = ON');
	tune(connection);
	return keepStatements(connection);
}

/**
 * Has each text compiled once. It is not only quicker: the driver frees a statement when its object is collected, and the collector
 * does not know of the memory behind it, so that thousands of one-off statements would lie around.
 */
function keepStatements(connection: BetterSqlite.Database): BetterSqlite.Database {
	const kept = createRecent<string, BetterSqlite.Statement>(KEPT_STATEMENTS);
	const compile = connection.prepare.bind(connection);
	const prepare = (text: string): BetterSqlite.Statement => {
		const known = kept.get(text);
		// Whoever had it before may have asked for rows as arrays.
		if (known) return known.reader ? known.raw(false) : known;
		const made = compile(text);
		if (text.length <= KEPT_TEXT) kept.set(text, made);
		return made;
	};
	return Object.assign(connection, { prepare });
}

function tune(connection: BetterSqlite.Database): void {
	connection.pragma('mmap_size = 0');
	connection.pragma('cache_size = -16000');
	connection.pragma('temp_store = MEMORY');
}

/** One body at a time on one connection. An AsyncLocalStorage turns the deadlock of a nested call into an error. */
function serialised(
	connection: BetterSqlite.Database,
	touched: Touched,
): { readonly write: Database['write']; between(work: () => void): Promise<void> } {
	const tx = drizzle(connection) as unknown as Handle;
	const inside = new AsyncLocalStorage<{ isOpen: boolean }>();
	let tail: Promise<unknown> = Promise.resolve();

	const between = (work: () => void): Promise<void> => {
		const run = tail.then(work);
		tail = run.catch(() => undefined);
		return run;
	};
	const write: Database['write'] = (body) => {
		if (inside.getStore()?.isOpen) return Promise.reject(new Error('write() inside write(): pass the tx you have instead'));
		const run = tail.then(async () => {
			await begin(connection);
			// Store calls settle in microtasks, so a turn of the loop means that something else was awaited.
			let awaitedElsewhere = false;
			const spy = setImmediate(() => (awaitedElsewhere = true));
			touched.begin(tx);
			const mark = { isOpen: true }; // what a body sets off may outlive it and write again
			try {
				const value = await inside.run(mark, () => body(tx));
				if (awaitedElsewhere) throw new Error('a write() body awaited something that is not the store; use the outbox for remote work');
				connection.exec('COMMIT');
				touched.tell(tx);
				return value;
			} catch (error) {
				if (connection.inTransaction) connection.exec('ROLLBACK');
				throw error;
			} finally {
				mark.isOpen = false;
				clearImmediate(spy);
			}
		});
		tail = run.catch(() => undefined);
		return run;
	};
	return { write, between };
}

/** busy_timeout would block the event loop while another process holds the lock; waiting here does not. */
async function begin(connection: BetterSqlite.Database): Promise<void> {
	const deadline = performance.now() + BUSY_LIMIT_MS;
	for (;;) {
		try {
			connection.exec('BEGIN IMMEDIATE');
			return;
		} catch (error) {
			const isBusy = error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
			if (!isBusy || performance.now() > deadline) throw error;
			await pause(1 + (performance.now() % 4));
		}
	}
}
