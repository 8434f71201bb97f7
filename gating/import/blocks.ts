import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

import { type Handle, prepared } from '#kernel/database.ts';

/** Rows of one statement, the largest first: cut into these sizes, each is prepared once per connection. */
const SIZES = [64, 16, 4, 1];

/**
 * Returns a function that inserts many rows with prepared statements; rows that exist are left as they are. `name` is unique among
 * prepared statements, `columns` are all columns of the rows.
 */
export function blockInsert<T extends PgTable>(name: string, table: T, columns: readonly (keyof T['$inferInsert'] & string)[]) {
	const statements = SIZES.map((size) => ({
		size,
		insert: prepared((handle) => {
			const row = (index: number) => Object.fromEntries(columns.map((column) => [column, sql.placeholder(`${column}${index}`)]));
			const rows = Array.from({ length: size }, (_, index) => row(index)) as unknown as T['$inferInsert'][];
			return handle.insert(table).values(rows).onConflictDoNothing().prepare(`${name}-${size}`);
		}),
	}));
	return async (tx: Handle, rows: readonly Readonly<T['$inferInsert']>[]): Promise<void> => {
		let from = 0;
		for (const { size, insert } of statements) {
			for (; rows.length - from >= size; from += size) {
				const values: Record<string, unknown> = {};
				for (let index = 0; index < size; index++) for (const column of columns) values[column + index] = rows[from + index]?.[column] ?? null;
				await insert(tx).execute(values);
			}
		}
	};
}
