import { and, asc, count, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';

import { SECOND_MS, MINUTE_MS, HOUR_MS, type Now } from './clock.ts';
import type { Database, Handle } from './database.ts';
import { databaseCode, DomainError } from './errors.ts';
import { newId, type Random } from './id.ts';
import type { Log } from './log.ts';
import { outbox } from './schema.ts';

const CLAIM_MS = 2 * MINUTE_MS;
const BATCH = 20;
/** Waits before attempt 2, 3, …; after the last, the row is a dead letter. About three days in all. */
const BACK_OFF_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS, 30 * HOUR_MS];

export interface OutboxRow {
	readonly id: string;
	readonly kind: string;
	/** Known to the receiver as idempotency key: delivery is at least once. */
	readonly key: string;
	/** Ids and codes; the handler renders words at delivery. */
	readonly payload: Readonly<Record<string, unknown>>;
	/** Attempts before this one. */
	readonly attempts: number;
}

/** Said by a handler that found its row no longer wanted: nothing was delivered, and nothing is tried again. */
export interface Dropped {
	/** A code: `erased`, `no-consent`, `objected`. */
	readonly dropped: string;
}

/** Said by a handler whose row may not be delivered yet: it is asked again then, and this was no attempt. */
export interface Deferred {
	readonly deferredUntil: Date;
}

/** Delivers one row. A throw means another try after a wait; `DomainError('invalid')` makes a dead letter at once. */
export type OutboxHandler = (row: OutboxRow) => Promise<void | Dropped | Deferred>;

export interface NewOutboxRow {
	readonly kind: string;
	readonly key: string;
	readonly payload: Readonly<Record<string, unknown>>;
	readonly dueAt: Date;
	/** Who is written to: what became of it is on their timeline. */
	readonly personId?: string;
}

/** Puts work out in the transaction of the fact that causes it. Returns false when `key` is known: it is never done twice. */
export async function enqueue(tx: Handle, row: NewOutboxRow, now: Date, random: Random): Promise<boolean> {
	const added = await tx
		.insert(outbox)
		.values({ ...row, id: newId(now, random), claimedUntil: new Date(0), attempts: 0, state: 'waiting', createdAt: now })
		.onConflictDoNothing()
		.returning({ id: outbox.id });
	return added.length > 0;
}

/** Takes back what has not been delivered. Returns how many rows. */
export async function withdraw(tx: Handle, keys: readonly string[]): Promise<number> {
	if (keys.length === 0) return 0;
	const gone = await tx
		.update(outbox)
		.set({ state: 'withdrawn' })
		.where(and(inArray(outbox.key, [...keys]), eq(outbox.state, 'waiting')))
		.returning({ id: outbox.id });
	return gone.length;
}

/** Moves what has not been delivered to another time. Returns false when it is gone or delivered. */
export async function reschedule(tx: Handle, key: string, dueAt: Date): Promise<boolean> {
	const moved = await tx
		.update(outbox)
		.set({ dueAt })
		.where(and(eq(outbox.key, key), eq(outbox.state, 'waiting')))
		.returning({ id: outbox.id });
	return moved.length > 0;
}

export interface OutboxDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** The worker's side: claims due rows, delivers at least once, backs off, keeps dead letters for people. */
export function createOutbox({ db, now, random, log, handlers }: OutboxDeps) {
	const claim = (limit: number) =>
		db.write(
			async (tx) => {
				const at = now();
				const open = and(eq(outbox.state, 'waiting'), lte(outbox.dueAt, at), lt(outbox.claimedUntil, at));
				const due = tx.select({ id: outbox.id }).from(outbox).where(open).orderBy(asc(outbox.dueAt)).limit(limit);
				return tx
					.update(outbox)
					.set({ claimedUntil: new Date(at.getTime() + CLAIM_MS), attempts: sql`${outbox.attempts} + 1` })
					.where(and(open, inArray(outbox.id, due)))
					.returning();
			},
			{ locks: 'outbox' },
		);

	const settle = (id: string, values: Partial<typeof outbox.$inferInsert>) =>
		db.write(async (tx) => {
			await tx.update(outbox).set(values).where(eq(outbox.id, id));
		});

	const deliver = async (row: typeof outbox.$inferSelect): Promise<void> => {
		const attempts = row.attempts - 1;
		try {
			const handler = handlers[row.kind];
			if (!handler) throw new DomainError('invalid', `no handler for outbox kind "${row.kind}"`);
			const outcome = await handler({ id: row.id, kind: row.kind, key: row.key, payload: row.payload, attempts });
			if (outcome && 'deferredUntil' in outcome) {
				await settle(row.id, { dueAt: outcome.deferredUntil, claimedUntil: new Date(0), attempts });
				return;
			}
			if (outcome) log.info({ outbox: row.id, kind: row.kind, reason: outcome.dropped }, 'outbox row was dropped');
			await settle(
				row.id,
				outcome ? { state: 'dropped', settledAt: now(), lastError: outcome.dropped } : { state: 'done', settledAt: now(), lastError: null },
			);
		} catch (error) {
			const wait = BACK_OFF_MS[attempts];
			const isDead = wait === undefined || (error instanceof DomainError && error.code === 'invalid');
			log.warn(
				{ err: error, outbox: row.id, kind: row.kind, attempts: row.attempts },
				isDead ? 'outbox row is a dead letter' : 'outbox delivery failed',
			);
			await settle(row.id, {
				...(isDead
					? { state: 'dead' as const, settledAt: now() }
					: { dueAt: new Date(now().getTime() + wait * (0.9 + (random(1)[0] ?? 0) / 1_280)) }),
				claimedUntil: new Date(0),
				lastError: reasonOf(error),
			});
		}
	};

	return Object.freeze({
		/** Delivers what is due, `limit` rows at most. Returns how many were tried. */
		async runDue(limit = 200): Promise<number> {
			let tried = 0;
			while (tried < limit) {
				const rows = await claim(Math.min(BATCH, limit - tried));
				await Promise.all(rows.map(deliver));
				tried += rows.length;
				if (rows.length < BATCH) break;
			}
			return tried;
		},
		waiting: async (): Promise<number> => {
			const [row] = await db.read.select({ n: count() }).from(outbox).where(eq(outbox.state, 'waiting'));
			return row?.n ?? 0;
		},
		/** Rows that failed for good, newest first. */
		deadLetters: (limit = 100) => db.read.select().from(outbox).where(eq(outbox.state, 'dead')).orderBy(desc(outbox.settledAt)).limit(limit),
		/** Rows that were no longer wanted when they were due, newest first; `lastError` is the reason's code. */
		dropped: (limit = 100) => db.read.select().from(outbox).where(eq(outbox.state, 'dropped')).orderBy(desc(outbox.settledAt)).limit(limit),
		/** Tries a dead letter again, with all its attempts. Returns false when it is none. */
		retry: (id: string): Promise<boolean> =>
			db.write(async (tx) => {
				const again = await tx
					.update(outbox)
					.set({ state: 'waiting', attempts: 0, dueAt: now(), settledAt: null })
					.where(and(eq(outbox.id, id), eq(outbox.state, 'dead')))
					.returning({ id: outbox.id });
				return again.length > 0;
			}),
	});
}

/** A code that holds no personal data: drivers' and servers' messages may quote addresses. */
function reasonOf(error: unknown): string {
	if (error instanceof DomainError) return error.message;
	return databaseCode(error) ?? (error instanceof Error ? error.name : 'unknown');
}
