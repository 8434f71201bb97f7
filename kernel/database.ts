import { and, gte, lt, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * What queries may do, typed as PostgreSQL: `.get()`, `.run()`, `.changes` and `delete().limit()`, which only SQLite has, do not compile.
 * Banned by lint because SQLite lacks them: `.for()`, `selectDistinctOn`, `.execute(sql)`, `ilike`, `.rowCount`.
 */
export type Handle = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'>;

export interface WriteOptions {
	/**
	 * Serialise with every other body of the same key by updating its row in `locks` first. For hot rows: on PostgreSQL the
	 * body then runs at READ COMMITTED instead of SERIALIZABLE with retries. No effect on SQLite, which has one writer.
	 */
	readonly locks?: string;
}

/** A read that may take longer than 20 ms: an exported function `(read, params) => Promise<result>` of a module. Params and result are structured-cloneable. */
export interface AnalyseQuery<P> {
	readonly module: URL;
	readonly name: string;
	readonly params: P;
}

/** A database of either dialect. */
export interface Database {
	readonly dialect: 'sqlite' | 'postgres';
	/** For queries outside a transaction. Does not see an open `write` body. */
	readonly read: Handle;
	/**
	 * Runs `body` in a transaction and returns what it returns; a throw rolls back and is passed on.
	 * On SQLite bodies run one after another; on PostgreSQL a body may run more than once, so it touches nothing but `tx`.
	 * Only store calls are awaited inside; keep a body under 200 rows.
	 *
	 * @throws Error when called inside another body, or when something other than the store was awaited.
	 */
	write<T>(body: (tx: Handle) => Promise<T>, options?: WriteOptions): Promise<T>;
	/** Runs a long read off the main thread (SQLite) or in the pool (PostgreSQL). */
	analyse<P, R>(query: AnalyseQuery<P>): Promise<R>;
	/** Tells of whom committed bodies said `touch` (kernel/touched.ts), before `write` resolves. Of this process only. Returns what ends it. */
	onTouched(listener: (ids: ReadonlySet<string>) => void): () => void;
	/** Leaves nothing of deleted rows in the files: SQLite's log is folded in and emptied. Elsewhere the server's own vacuum does so. */
	scrub(): Promise<void>;
	/** Copies the whole database to `file` while it is in use; SQLite only. @throws DomainError unavailable on PostgreSQL: use pg_dump. */
	backup(file: string): Promise<void>;
	close(): Promise<void>;
}

/**
 * A statement prepared once per handle, at first use: `leadById(tx).execute({ id })`.
 * A prepared statement belongs to a connection, so one made from `read` would miss the rows of an open body.
 */
export function prepared<P>(make: (handle: Handle) => P): (handle: Handle) => P {
	const made = new WeakMap<Handle, P>();
	return (handle) => {
		let statement = made.get(handle);
		if (statement === undefined) made.set(handle, (statement = make(handle)));
		return statement;
	};
}

interface SqliteClient {
	prepare(text: string): { raw(isRaw: true): { all(...params: readonly unknown[]): unknown[][] } };
}
interface PostgresClient {
	query(query: { readonly text: string; readonly values: readonly unknown[]; readonly rowMode: 'array' }): Promise<{ readonly rows: unknown[][] }>;
}

/**
 * Rows of a query as arrays in the order of its columns, as the driver has them: an instant is a number, JSON its text, a boolean may be 0
 * or 1. For passes over so many rows that making an object of each would take longer than reading it.
 */
export async function rawRows(
	handle: Handle,
	query: { toSQL(): { readonly sql: string; readonly params: readonly unknown[] } },
): Promise<unknown[][]> {
	const { sql: text, params } = query.toSQL();
	const { $client } = handle as unknown as { readonly $client: SqliteClient | PostgresClient };
	if ('prepare' in $client) return $client.prepare(text).raw(true).all(...params); // prettier-ignore
	return (await $client.query({ text, values: params, rowMode: 'array' })).rows;
}

/** Text that begins with `start`, by code point: both databases use an index for it, and LIKE means another thing in each. */
export function beginsWith(column: AnyPgColumn<{ data: string }>, start: string): SQL | undefined {
	return and(gte(column, start), lt(column, `${start}\u{10FFFF}`));
}
