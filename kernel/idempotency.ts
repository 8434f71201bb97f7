import { createHash } from 'node:crypto';

import { and, eq, gt, lte } from 'drizzle-orm';

import { DAY_MS } from './clock.ts';
import type { Database } from './database.ts';
import { idempotency } from './schema.ts';

const KEPT_MS = DAY_MS;

export interface Answer {
	readonly status: number;
	readonly body: string;
}

export type OnceOutcome = ({ readonly outcome: 'first' | 'replayed' } & Answer) | { readonly outcome: 'conflict' };

/** A hash of a request's body, to tell a repeat from another request under the same key. */
export function requestHash(body: string | Buffer): string {
	return createHash('sha256').update(body).digest('base64url');
}

/**
 * Runs `act` unless `key` was answered within the last day; then gives the first answer again. Another body under the same
 * key is a conflict. `act` must itself be safe to repeat: two first requests at the same instant may both run it.
 */
export async function once(
	db: Database,
	{ scope, key, hash, now }: { readonly scope: string; readonly key: string; readonly hash: string; readonly now: Date },
	act: () => Promise<Answer>,
): Promise<OnceOutcome> {
	const known = async () => {
		const [row] = await db.read
			.select()
			.from(idempotency)
			.where(and(eq(idempotency.scope, scope), eq(idempotency.key, key), gt(idempotency.expiresAt, now)));
		return row;
	};
	const before = await known();
	if (before) return replay(before, hash);

	const answer = await act();
	const kept = await db.write(async (tx) => {
		await tx.delete(idempotency).where(lte(idempotency.expiresAt, now));
		return tx
			.insert(idempotency)
			.values({ scope, key, requestHash: hash, ...answer, expiresAt: new Date(now.getTime() + KEPT_MS) })
			.onConflictDoNothing()
			.returning({ key: idempotency.key });
	});
	if (kept.length > 0) return { outcome: 'first', ...answer };
	const other = await known();
	return other ? replay(other, hash) : { outcome: 'first', ...answer };
}

function replay(row: typeof idempotency.$inferSelect, hash: string): OnceOutcome {
	return row.requestHash === hash ? { outcome: 'replayed', status: row.status, body: row.body } : { outcome: 'conflict' };
}
