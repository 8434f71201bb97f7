import { asc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { outbox } from '#kernel/schema.ts';

/** A delivery that is still to be made. */
export interface WaitingDelivery {
	readonly id: string;
	readonly kind: string;
	readonly key: string;
	readonly dueAt: Date;
	/** Tries so far. */
	readonly attempts: number;
	/** A code, or null before the first failure. */
	readonly lastError: string | null;
}

/** What waits in the outbox, soonest first. */
export async function waitingDeliveries(handle: Handle, limit: number): Promise<WaitingDelivery[]> {
	const { id, kind, key, dueAt, attempts, lastError } = outbox;
	return handle
		.select({ id, kind, key, dueAt, attempts, lastError })
		.from(outbox)
		.where(eq(outbox.state, 'waiting'))
		.orderBy(asc(dueAt), asc(id))
		.limit(limit);
}
