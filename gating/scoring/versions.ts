import { desc, eq } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import { type Database, type Handle, prepared } from '#kernel/database.ts';

import { scoringModel, scoringPublication } from '../schema.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { type LiveModel, parseModel } from './model.ts';

const liveVersion = prepared((handle) =>
	handle.select({ version: scoringModel.version }).from(scoringModel).where(eq(scoringModel.isLive, true)).prepare('scoring.live'),
);
const runningVersion = prepared((handle) =>
	handle
		.select({ version: scoringPublication.version })
		.from(scoringPublication)
		.where(eq(scoringPublication.state, 'running'))
		.prepare('scoring.running'),
);

/** Models by version. A version never changes, so each is read once; which of them is in use is asked for at each body. */
export interface Versions {
	/** The model in use when last asked for. */
	readonly current: () => LiveModel;
	/** The model in use, and the one that is being published beside it. */
	inUse(handle: Handle): Promise<{ readonly live: LiveModel; readonly next: LiveModel | null }>;
	get(handle: Handle, version: number): Promise<LiveModel | null>;
	/** Publishes the shipped model where there is none. */
	start(): Promise<void>;
}

export function createVersions({ db, now }: { readonly db: Database; readonly now: Now }): Versions {
	const known = new Map<number, LiveModel>();
	let current: LiveModel = { version: 0, model: DEFAULT_MODEL };

	const get = async (handle: Handle, version: number): Promise<LiveModel | null> => {
		const found = known.get(version);
		if (found) return found;
		const [row] = await handle.select({ model: scoringModel.model }).from(scoringModel).where(eq(scoringModel.version, version));
		if (!row) return null;
		const read = { version, model: parseModel(row.model) };
		known.set(version, read);
		return read;
	};
	const inUse: Versions['inUse'] = async (handle) => {
		const [row] = await liveVersion(handle).execute();
		const [running] = await runningVersion(handle).execute();
		if (row && row.version !== current.version) current = (await get(handle, row.version)) ?? current;
		return { live: current, next: running ? await get(handle, running.version) : null };
	};

	return Object.freeze<Versions>({
		current: () => current,
		inUse,
		get,
		start: async () => {
			await db.write(async (tx) => {
				const [newest] = await tx.select({ version: scoringModel.version }).from(scoringModel).orderBy(desc(scoringModel.version)).limit(1);
				if (newest) return;
				const first = { version: 1, model: DEFAULT_MODEL, author: 'system', publishedAt: now(), isLive: true };
				await tx.insert(scoringModel).values(first).onConflictDoNothing();
			});
			await inUse(db.read);
		},
	});
}
