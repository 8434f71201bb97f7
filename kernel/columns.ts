import * as postgres from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';

const postgresInstant = postgres.customType<{ data: Date; driverData: string | number }>({
	dataType: () => 'bigint',
	toDriver: (value) => value.getTime(),
	fromDriver: (value) => new Date(Number(value)),
});

const postgresBytes = postgres.customType<{ data: Buffer }>({ dataType: () => 'bytea' });

const sqliteInstant = sqlite.customType<{ data: Date; driverData: number }>({
	dataType: () => 'integer',
	toDriver: (value) => value.getTime(),
	fromDriver: (value) => new Date(value),
});

/**
 * Column makers of PostgreSQL. Tables are described once, as `define(columns)`, and made for both databases.
 *
 * `id` and `text` are text; `int` is a 64-bit integer read as Number; `number` a double; `instant` an epoch in milliseconds
 * read as Date; `json` is text holding JSON, because jsonb reorders keys and refuses U+0000; `bytes` a Buffer.
 */
export const postgresColumns = {
	table: postgres.pgTable,
	index: postgres.index,
	uniqueIndex: postgres.uniqueIndex,
	primaryKey: postgres.primaryKey,
	id: (name: string) => postgres.text(name),
	text: (name: string) => postgres.text(name),
	int: (name: string) => postgres.bigint(name, { mode: 'number' }),
	number: (name: string) => postgres.doublePrecision(name),
	boolean: (name: string) => postgres.boolean(name),
	instant: (name: string) => postgresInstant(name),
	json: <T>(name: string) =>
		postgres.customType<{ data: T; driverData: string }>({
			dataType: () => 'text',
			toDriver: (value) => JSON.stringify(value),
			fromDriver: (value) => JSON.parse(value) as T,
		})(name),
	bytes: (name: string) => postgresBytes(name),
};

export type Columns = typeof postgresColumns;

/**
 * The same makers for SQLite, typed as those of PostgreSQL: what compiles then is what both databases can do.
 * Queries use the SQLite table objects under either handle (decision 0002).
 */
export const sqliteColumns = {
	table: sqlite.sqliteTable,
	index: sqlite.index,
	uniqueIndex: sqlite.uniqueIndex,
	primaryKey: sqlite.primaryKey,
	id: (name: string) => sqlite.text(name),
	text: (name: string) => sqlite.text(name),
	int: (name: string) => sqlite.integer(name),
	number: (name: string) => sqlite.real(name),
	boolean: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
	instant: (name: string) => sqliteInstant(name),
	json: <T>(name: string) =>
		sqlite.customType<{ data: T; driverData: string }>({
			dataType: () => 'text',
			toDriver: (value) => JSON.stringify(value),
			fromDriver: (value) => JSON.parse(value) as T,
		})(name),
	bytes: (name: string) => sqlite.blob(name, { mode: 'buffer' }),
} as unknown as Columns;
