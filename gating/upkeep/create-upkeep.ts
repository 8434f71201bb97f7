import { and, desc, eq } from 'drizzle-orm';

import type { JobHandler } from '#kernel/job.ts';
import { job } from '#kernel/schema.ts';

import type { Reader } from '../lead/reader.ts';
import { planRekey, REKEY, type RekeyDeps, rekeyHandler } from './rekey.ts';
import { planNight, RETENTION, type RetentionDeps, retentionHandler, type RetentionLine, retentionLines, runNow, setRetention } from './retention.ts';
import { FEWEST_DAYS, MOST_DAYS } from './rules.ts';

/** The ring as the console shows it. */
export interface KeysView {
	/** Newest first, with how many keys of people and lists each wraps. */
	readonly keys: readonly { readonly id: string; readonly wraps: number }[];
	readonly hasRoots: boolean;
	/** While keys are being wrapped anew. */
	readonly rotating: { readonly done: number; readonly total: number } | null;
}

/** What goes with time, and under which keys the rest lies. */
export interface Upkeep {
	/** How long something can be kept, in days. */
	readonly limits: { readonly fewest: number; readonly most: number };
	/** How long everything is kept, what is due and what the last night did. */
	retention(): Promise<readonly RetentionLine[]>;
	/** @throws DomainError invalid */
	setRetention(rule: string, days: number, by: Pick<Reader, 'actor' | 'origin'>): Promise<void>;
	runRetention(by: Pick<Reader, 'actor' | 'origin'>): Promise<void>;
	keys(): Promise<KeysView>;
	/** Orders what the coming night does; call it now and then. */
	planNight(): Promise<void>;
	/** Orders that everything be wrapped by the newest master key; call it after the ring changed, and at the start. */
	planRekey(): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createUpkeep(given: Omit<RetentionDeps, 'afterwards'> & RekeyDeps): Upkeep {
	// Work that was under way while the ring changed may have used the key before.
	const deps = { ...given, afterwards: () => planRekey(given) };
	const { db, keys } = deps;
	return Object.freeze<Upkeep>({
		limits: { fewest: FEWEST_DAYS, most: MOST_DAYS },
		retention: () => retentionLines(deps),
		setRetention: (rule, days, by) => setRetention(deps, rule, days, by),
		runRetention: (by) => runNow(deps, by),
		keys: async () => {
			const ids = keys.ids();
			const counts = await db.analyse<{ ids: readonly string[] }, Record<string, number>>({
				module: new URL('./rekey.ts', import.meta.url),
				name: 'wrappedCounts',
				params: { ids },
			});
			const [running] = await db.read
				.select({ done: job.done, total: job.total })
				.from(job)
				.where(and(eq(job.kind, REKEY), eq(job.state, 'waiting')))
				.orderBy(desc(job.createdAt))
				.limit(1);
			return { keys: ids.map((id) => ({ id, wraps: counts[id] ?? 0 })), hasRoots: keys.hasRoots(), rotating: running ?? null };
		},
		planNight: () => planNight(deps),
		planRekey: () => planRekey(deps),
		jobs: { [RETENTION]: retentionHandler(deps), [REKEY]: rekeyHandler(deps) },
	});
}
