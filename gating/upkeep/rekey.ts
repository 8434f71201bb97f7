import { and, asc, count, eq, gt, gte, isNotNull, lt, or } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import type { Keys } from '#kernel/keys.ts';

import { exportFile, importBatch, person, webhookEndpoint } from '../schema.ts';

export const REKEY = 'gating.rekey';
const AT_ONCE = 200;

/** The tables with keys of people, of lists, webhooks and exports. */
const TABLES = [person, importBatch, webhookEndpoint, exportFile] as const;

export interface RekeyDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
}

/** What is wrapped by the master key `id`: wrapped keys begin with its name and a dot. */
const isBy = (table: (typeof TABLES)[number], id: string) => and(gte(table.dataKey, `${id}.`), lt(table.dataKey, `${id}/`));

/** How many keys each master key wraps. A long read: run it by `analyse`. */
export async function wrappedCounts(read: Handle, { ids }: { readonly ids: readonly string[] }): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const id of ids) {
		counts[id] = 0;
		for (const table of TABLES) {
			const [row] = await read.select({ n: count() }).from(table).where(isBy(table, id));
			counts[id] += row?.n ?? 0;
		}
	}
	return counts;
}

/** Orders that everything be wrapped by the newest key, when there is another in the ring. */
export async function planRekey({ db, keys, now }: RekeyDeps): Promise<void> {
	const [newest, ...older] = keys.ids();
	if (older.length === 0) return;
	const at = now();
	await db.write((tx) => schedule(tx, { key: `${REKEY}:${newest}:${at.getTime()}`, kind: REKEY, params: {}, dueAt: at }, at));
}

/** Wraps each data key anew, in small bodies; readers and writers go on meanwhile, since both wrappings open. */
export function rekeyHandler(deps: RekeyDeps): JobHandler {
	const { db, keys } = deps;
	return async ({ progress }) => {
		const [newest = '', ...older] = keys.ids();
		const counts = await db.analyse<{ ids: readonly string[] }, Record<string, number>>({ ...SELF, name: 'wrappedCounts', params: { ids: older } });
		const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
		let done = 0;
		for (const table of TABLES) {
			for (let after = ''; ;) {
				const rows = await db.write((tx) => rewrapSome(tx, keys, table, newest, after));
				const last = rows.at(-1);
				if (last === undefined) break;
				after = last;
				done += rows.length;
				if (!(await progress(done, Math.max(total, done)))) return;
			}
		}
		await db.scrub();
	};
}

async function rewrapSome(tx: Handle, keys: Keys, table: (typeof TABLES)[number], newest: string, after: string): Promise<string[]> {
	const isOld = or(lt(table.dataKey, `${newest}.`), gte(table.dataKey, `${newest}/`));
	const rows = await tx
		.select({ id: table.id, dataKey: table.dataKey })
		.from(table)
		.where(and(isNotNull(table.dataKey), isOld, gt(table.id, after)))
		.orderBy(asc(table.id))
		.limit(AT_ONCE);
	for (const { id, dataKey } of rows) {
		if (dataKey !== null)
			await tx
				.update(table)
				.set({ dataKey: keys.rewrap(dataKey) })
				.where(and(eq(table.id, id), eq(table.dataKey, dataKey)));
	}
	return rows.map(({ id }) => id);
}

const SELF = { module: new URL(import.meta.url) };
