import { eq, sql } from 'drizzle-orm';

import type { Handle } from './database.ts';
import { counter } from './schema.ts';

/**
 * The next number of the ordered log `key`, from 1. Call it inside a body with `{ locks: key }` that also inserts the row
 * it numbers: readers by "number > last" then never miss one. A sequence would, since commits overtake each other.
 */
export async function nextNumber(tx: Handle, key: string): Promise<number> {
	const [row] = await tx
		.insert(counter)
		.values({ key, value: 1 })
		.onConflictDoUpdate({ target: counter.key, set: { value: sql`${counter.value} + 1` } })
		.returning({ value: counter.value });
	if (!row) throw new Error(`the counter "${key}" gave no number`);
	return row.value;
}

/** The number given last for `key`; 0 before the first. */
export async function lastNumber(handle: Handle, key: string): Promise<number> {
	const [row] = await handle.select({ value: counter.value }).from(counter).where(eq(counter.key, key));
	return row?.value ?? 0;
}
