import { gte, sum } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { counter } from '#kernel/schema.ts';

/** A read for `analyse()`: the sum of the counters that are at least `least`. */
export async function sumOver(read: Handle, { least }: { readonly least: number }): Promise<{ readonly total: number }> {
	const [row] = await read
		.select({ total: sum(counter.value).mapWith(Number) })
		.from(counter)
		.where(gte(counter.value, least));
	return { total: row?.total ?? 0 };
}
