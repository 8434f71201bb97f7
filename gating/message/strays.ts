import { and, eq, inArray, ne } from 'drizzle-orm';

import type { Database } from '#kernel/database.ts';
import { outbox } from '#kernel/schema.ts';

import { message } from '../schema.ts';
import { QUEUED_STATES } from './message.ts';
import type { PostDeps } from './post.ts';
import { decide } from './settle.ts';

/** Rows of one body. */
const AT_ONCE = 100;

/**
 * Brings to their end what another part no longer wants to send, or has given up: mails of the outbox that waited under the caps and were then
 * withdrawn, dropped, or found to be untrue by who wrote them.
 */
export async function settleStrays({ db, ...deps }: PostDeps & { readonly db: Database }): Promise<number> {
	const strays = await db.read
		.select({ id: message.id, state: message.state, outboxState: outbox.state })
		.from(message)
		.innerJoin(outbox, eq(outbox.id, message.id))
		.where(and(inArray(message.state, [...QUEUED_STATES, 'sending']), eq(message.composer, ''), ne(outbox.state, 'waiting')))
		.limit(AT_ONCE);
	if (strays.length === 0) return 0;
	await db.write(async (tx) => {
		for (const row of strays) {
			const isDead = row.outboxState === 'dead';
			await decide(tx, deps, row, isDead ? { state: 'failed', reason: 'no-answer' } : { state: 'dropped', reason: 'withdrawn' });
		}
	});
	return strays.length;
}
