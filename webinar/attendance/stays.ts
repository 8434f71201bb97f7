import { eq } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';

import { stay } from '../schema.ts';
import { extend, type Signal, type Stay, type Told } from './fold.ts';

/** Stays of one transaction. */
const BATCH = 100;

/** Where stays are kept while they grow. */
export interface Stays {
	/** Applies a signal to a stay; resolves after the commit. Null: there is no such stay. */
	tell(stayId: string, signal: Signal): Promise<Told | null>;
}

interface Waiting {
	readonly stayId: string;
	readonly signal: Signal;
	readonly settle: (told: Told | null) => void;
	readonly fail: (error: unknown) => void;
}

/** Stays of the database. Signals that come while a transaction runs are written together by the next. */
export function storedStays(db: Database): Stays {
	const queue: Waiting[] = [];
	let isRunning = false;

	const run = async (): Promise<void> => {
		for (let batch = queue.splice(0, BATCH); batch.length > 0; batch = queue.splice(0, BATCH)) {
			try {
				const told = await db.write(async (tx) => {
					const results: (Told | null)[] = [];
					for (const { stayId, signal } of batch) results.push(await writeOne(tx, stayId, signal));
					return results;
				});
				batch.forEach(({ settle }, index) => settle(told[index] ?? null));
			} catch (error) {
				for (const { fail } of batch) fail(error);
			}
		}
		isRunning = false;
	};

	return Object.freeze<Stays>({
		tell: (stayId, signal) =>
			new Promise((settle, fail) => {
				queue.push({ stayId, signal, settle, fail });
				if (isRunning) return;
				isRunning = true;
				setImmediate(() => void run());
			}),
	});
}

async function writeOne(tx: Handle, stayId: string, signal: Signal): Promise<Told | null> {
	const [row] = await tx.select().from(stay).where(eq(stay.id, stayId));
	if (!row) return null;
	const told = extend(row, signal);
	if (isChanged(row, told.stay))
		await tx.update(stay).set({ lastSeenAt: told.stay.lastSeenAt, endedAt: told.stay.endedAt }).where(eq(stay.id, stayId));
	return told;
}

const isChanged = (before: Stay, after: Stay): boolean => before.lastSeenAt !== after.lastSeenAt || before.endedAt !== after.endedAt;
