import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';

import { changedTags } from './change.ts';
import type { DirectusClient } from './client.ts';
import type { Kept } from './kept.ts';
import { changedParts, loadParts } from './load.ts';
import { createReadMemo } from './read/memo.ts';
import { project, projecting, type Projection } from './read/project.ts';
import { NO_ROWS, type Part, PARTS, type Rows } from './rows.ts';
import { inSlices } from './slices.ts';
import { followSlugs, type SlugChange } from './slugs.ts';
import type { ContentChange } from './index.ts';

const LONGEST_TIMER_MS = 2_147_483_647;

export interface SnapshotStoreDeps {
	readonly client: DirectusClient;
	readonly now: Now;
	readonly log: Log;
	/** Called with each change, in order. */
	emit(change: ContentChange): void;
	/** Puts what must outlive the process on disk. */
	keep(kept: Kept): Promise<void>;
	recordOldSlugs(changes: readonly SlugChange[]): Promise<void>;
}

export interface SnapshotStore {
	/** The projection at this moment: takes in what became due since the last call. */
	current(): Projection;
	/** What other rows would show at this moment. */
	projectionOf(rows: Rows): Projection;
	rows(): Rows;
	/** The last slug of every item ever published, by `<collection>:<id>`. */
	slugs(): Kept['slugs'];
	/** Starts from what an earlier process kept. */
	adopt(kept: Kept): void;
	/** Reads what changed in parts, or everything anew, and takes it over. Calls wait for each other. @throws DomainError unavailable. */
	refresh(parts?: ReadonlySet<Part>): Promise<void>;
	/** Compares ids and dates with Directus and reads what differs. @throws DomainError unavailable. */
	reconcile(): Promise<void>;
	stop(): void;
}

/** Published content in memory: rows as Directus gave them, and what they show at this moment. */
export function createSnapshotStore({ client, now, log, emit, keep, recordOldSlugs }: SnapshotStoreDeps): SnapshotStore {
	let rows = NO_ROWS;
	let revision = 0;
	let slugs: Kept['slugs'] = {};
	const memo = createReadMemo();
	let projection = project(rows, now(), revision, memo);
	let timer: NodeJS.Timeout | undefined;
	let tail: Promise<unknown> = Promise.resolve();
	const inTurn = (work: () => Promise<void>): Promise<void> => {
		const run = tail.then(work);
		tail = run.catch(() => undefined);
		return run;
	};

	/** Projects the rows again and tells about the difference, if there is one. */
	const show = (next: Rows): boolean => {
		rows = next;
		const after = project(rows, now(), revision + 1, memo);
		const tags = changedTags(projection.snapshot, after.snapshot);
		if (tags.length > 0) revision++;
		projection = { ...after, snapshot: { ...after.snapshot, revision } };
		followDue();
		if (tags.length > 0) emit({ revision, tags, snapshot: projection.snapshot });
		return tags.length > 0;
	};
	const followDue = (): void => {
		clearTimeout(timer);
		const { nextDueAt } = projection.snapshot;
		if (nextDueAt === null) return;
		const waitMs = Math.min(Math.max(nextDueAt.getTime() - now().getTime(), 0), LONGEST_TIMER_MS);
		timer = setTimeout(settle, waitMs);
		timer.unref();
	};
	const settle = (): void => {
		const { nextDueAt } = projection.snapshot;
		if (nextDueAt !== null && nextDueAt <= now()) show(rows);
		else followDue();
	};
	const take = async (next: Rows): Promise<void> => {
		const followed = followSlugs(slugs, next);
		await recordOldSlugs(followed.changes);
		// What changed is read into the memo in slices; what is shown switches at once after it.
		await inSlices(projecting(next, now(), revision, memo));
		slugs = followed.slugs;
		show(next);
		await keep({ revision, rows, slugs });
	};
	const read = async (parts: Iterable<Part>, isWhole = false): Promise<void> => {
		const startedAt = performance.now();
		const next = await loadParts(client, rows, parts, isWhole);
		await take(next);
		log.debug({ revision, tookMs: Math.round(performance.now() - startedAt) }, 'read content from Directus');
	};

	return Object.freeze<SnapshotStore>({
		current: () => {
			const { nextDueAt } = projection.snapshot;
			if (nextDueAt !== null && nextDueAt <= now()) show(rows);
			return projection;
		},
		projectionOf: (others) => project(others, now(), 0, memo),
		rows: () => rows,
		slugs: () => slugs,
		adopt: (kept) => {
			revision = kept.revision;
			slugs = kept.slugs;
			show(kept.rows);
		},
		refresh: (parts) => inTurn(() => read(parts ?? PARTS, parts === undefined)),
		reconcile: () =>
			inTurn(async () => {
				const parts = await changedParts(client, rows);
				if (parts.length > 0) await read(parts);
			}),
		stop: () => clearTimeout(timer),
	});
}
