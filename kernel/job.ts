import { and, asc, eq, inArray, lt, lte } from 'drizzle-orm';

import { HOUR_MS, MINUTE_MS, type Now } from './clock.ts';
import type { Database, Handle } from './database.ts';
import { DomainError } from './errors.ts';
import type { Log } from './log.ts';
import { job } from './schema.ts';

const LEASE_MS = MINUTE_MS;
/** Waits before a job that failed runs again, at its cursor; after the last one it is failed for good. */
const BACK_OFF_MS = [MINUTE_MS, 10 * MINUTE_MS, HOUR_MS];

export interface RunningJob {
	readonly key: string;
	readonly params: Readonly<Record<string, unknown>>;
	/** Where a crashed run had got to, or null. */
	readonly cursor: string | null;
	/** Stores how far it is and renews the lease. Returns false when the job was cancelled: stop then. */
	progress(done: number, total: number, cursor?: string): Promise<boolean>;
}

/** Does the work. A throw means another try after a wait, at the cursor; `DomainError('invalid')` ends the job as failed at once. */
export type JobHandler = (running: RunningJob) => Promise<void>;

/** Puts a job in. Returns false when `key` is known: a nightly job's key is its name and local date, so that N workers run it once. */
export async function schedule(
	tx: Handle,
	{
		key,
		kind,
		params,
		dueAt,
	}: { readonly key: string; readonly kind: string; readonly params: Readonly<Record<string, unknown>>; readonly dueAt: Date },
	now: Date,
): Promise<boolean> {
	const added = await tx
		.insert(job)
		.values({ key, kind, params, dueAt, leaseUntil: new Date(0), state: 'waiting', done: 0, total: 0, attempts: 0, createdAt: now })
		.onConflictDoNothing()
		.returning({ key: job.key });
	return added.length > 0;
}

/** Ends a job that is not over; a run that goes on is told at its next progress. Returns false when it was over, or there is none. */
export async function cancelJob(tx: Handle, key: string, now: Date): Promise<boolean> {
	const gone = await tx
		.update(job)
		.set({ state: 'cancelled', settledAt: now })
		.where(and(eq(job.key, key), eq(job.state, 'waiting')))
		.returning({ key: job.key });
	return gone.length > 0;
}

export type Jobs = ReturnType<typeof createJobs>;

/** Runs jobs that are due, one at a time. A job whose worker died goes on at its cursor when the lease ends. */
export function createJobs({
	db,
	now,
	log,
	handlers,
}: {
	readonly db: Database;
	readonly now: Now;
	readonly log: Log;
	readonly handlers: Readonly<Record<string, JobHandler>>;
}) {
	const kinds = Object.keys(handlers);
	const later = () => new Date(now().getTime() + LEASE_MS);

	const claim = () =>
		db.write(
			async (tx) => {
				const open = and(eq(job.state, 'waiting'), lte(job.dueAt, now()), lt(job.leaseUntil, now()), inArray(job.kind, kinds));
				const due = tx.select({ key: job.key }).from(job).where(open).orderBy(asc(job.dueAt)).limit(1);
				const [row] = await tx
					.update(job)
					.set({ leaseUntil: later() })
					.where(and(open, inArray(job.key, due)))
					.returning();
				return row;
			},
			{ locks: 'job' },
		);

	const settle = (key: string, values: Partial<typeof job.$inferInsert>) =>
		db.write(async (tx) => {
			await tx
				.update(job)
				.set(values)
				.where(and(eq(job.key, key), eq(job.state, 'waiting')));
		});

	const run = async (row: typeof job.$inferSelect): Promise<void> => {
		try {
			await handlers[row.kind]?.({
				key: row.key,
				params: row.params,
				cursor: row.cursor,
				progress: (done, total, cursor) =>
					db.write(async (tx) => {
						const kept = await tx
							.update(job)
							.set({ done, total, leaseUntil: later(), ...(cursor === undefined ? {} : { cursor }) })
							.where(and(eq(job.key, row.key), eq(job.state, 'waiting')))
							.returning({ key: job.key });
						return kept.length > 0;
					}),
			});
			await settle(row.key, { state: 'done', settledAt: now() });
		} catch (error) {
			const wait = error instanceof DomainError && error.code === 'invalid' ? undefined : BACK_OFF_MS[row.attempts];
			log.error({ err: error, job: row.key, attempts: row.attempts + 1 }, wait === undefined ? 'job failed for good' : 'job failed');
			const failure = { attempts: row.attempts + 1, lastError: error instanceof Error ? error.name : 'unknown' };
			if (wait === undefined) await settle(row.key, { ...failure, state: 'failed', settledAt: now() });
			else await settle(row.key, { ...failure, dueAt: new Date(now().getTime() + wait), leaseUntil: new Date(0) });
		}
	};

	return Object.freeze({
		/** Returns how many jobs ran. */
		async runDue(): Promise<number> {
			let ran = 0;
			for (let row = kinds.length > 0 ? await claim() : undefined; row; row = await claim()) {
				await run(row);
				ran++;
			}
			return ran;
		},
	});
}
