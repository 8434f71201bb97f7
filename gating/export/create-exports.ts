import type { Readable } from 'node:stream';

import { and, count, desc, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import { cancelJob, type JobHandler, schedule } from '#kernel/job.ts';
import type { KeptFiles } from '#kernel/kept-files.ts';
import type { Keys } from '#kernel/keys.ts';
import { job } from '#kernel/schema.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { exportFile } from '../schema.ts';
import type { StaffAction } from '../staff/can.ts';
import { EXPORT_FORMATS, type ExportList, type ExportRequest } from './list.ts';
import { EXPORT_JOB, exportHandler, fileIdOf, fileKeyOf, sealQuery } from './run.ts';

/** One who asks again and again fills no disk. */
const MOST_WAITING = 5;
const MOST_QUERY = 4_000;

export interface ExportsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly files: KeptFiles;
	/** Read at each call: lists of other folders may be pushed in. */
	readonly lists: () => readonly ExportList[];
}

/** `waiting` also while it is made; `too-long`: more rows than the format holds; `gone`: over a day old, or somebody was erased since. */
export type ExportState = 'waiting' | 'done' | 'failed' | 'too-long' | 'cancelled' | 'gone';

export interface ExportView extends Pick<
	typeof exportFile.$inferSelect,
	'id' | 'list' | 'format' | 'columns' | 'hasPeople' | 'rows' | 'createdAt' | 'settledAt'
> {
	readonly state: ExportState;
	readonly expiresAt: Date;
}

/** Lists as files: made in the background, encrypted, for their maker only, gone after a day. */
export interface Exports {
	readonly formats: typeof EXPORT_FORMATS;
	/** What the page of a list asks for; null when there is no such list. */
	rightOf(list: string): StaffAction | null;
	/** Orders a file; the caller has checked the list's right. Returns its id. @throws DomainError invalid, not-found, conflict (five wait already) */
	order(request: ExportRequest & { readonly list: string; readonly format: string }, by: Reader): Promise<string>;
	/** Null when there is none of this id that the reader asked for. */
	get(id: string, by: Pick<Reader, 'actor'>): Promise<ExportView | null>;
	/** The reader's own, newest first. */
	own(by: Pick<Reader, 'actor'>): Promise<readonly ExportView[]>;
	/** Stops making it, or removes the file. Returns false when there is none. */
	cancel(id: string, by: Reader): Promise<boolean>;
	/** The bytes; null when it is not made, or no longer there. The reading is on record. */
	open(
		id: string,
		by: Reader,
	): Promise<{ readonly filename: string; readonly mediaType: string; readonly sizeBytes: number; read(): Promise<Readable> } | null>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

type Row = typeof exportFile.$inferSelect;

export function createExports(deps: ExportsDeps): Exports {
	const { db, keys, now, random, files, lists } = deps;

	const find = async (id: string, { actor }: Pick<Reader, 'actor'>): Promise<Row | null> => {
		const [row] = await db.read
			.select()
			.from(exportFile)
			.where(and(eq(exportFile.id, id), eq(exportFile.actor, actor)));
		return row ?? null;
	};
	const doneOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
		const rows = await db.read
			.select({ key: job.key, done: job.done })
			.from(job)
			.where(inArray(job.key, ids.map(jobKeyOf)));
		return new Map(rows.map(({ key, done }) => [key, done]));
	};
	const viewOf = (row: Row, done: ReadonlyMap<string, number>): ExportView => {
		const { id, list, format, columns, hasPeople, createdAt, settledAt } = row;
		const expiresAt = new Date((settledAt ?? createdAt).getTime() + DAY_MS);
		const isOver = row.state === 'done' && (row.dataKey === null || expiresAt <= now());
		const rows = row.state === 'waiting' ? (done.get(jobKeyOf(id)) ?? 0) : row.rows;
		return {
			...{ id, list, format, columns, hasPeople, rows, createdAt, settledAt, expiresAt },
			state: isOver ? 'gone' : (row.state as ExportState),
		};
	};

	return Object.freeze<Exports>({
		formats: EXPORT_FORMATS,
		rightOf: (list) => lists().find(({ key }) => key === list)?.right ?? null,
		order: async ({ list: key, format: asked, query, columns, locale }, by) => {
			const list = lists().find((one) => one.key === key);
			const format = EXPORT_FORMATS.find((one) => one === asked);
			if (!list || !format)
				throw new DomainError('invalid', 'There is no such list or format.', { fields: [{ field: list ? 'format' : 'list', code: 'choice' }] });
			const text = JSON.stringify(query);
			if (text.length > MOST_QUERY) throw new DomainError('invalid', 'The filter is too long.', { fields: [{ field: 'query', code: 'too-long' }] });
			const { hasPeople } = await list.open({ query, columns, locale }, by);
			const at = now();
			const id = newId(at, random);
			await db.write(async (tx) => {
				const [waiting] = await tx
					.select({ n: count() })
					.from(exportFile)
					.where(and(eq(exportFile.actor, by.actor), eq(exportFile.state, 'waiting')));
				if ((waiting?.n ?? 0) >= MOST_WAITING)
					throw new DomainError('conflict', 'Five exports are being made for you already: wait for one, or cancel it.');
				const dataKey = keys.newDataKey();
				await tx.insert(exportFile).values({
					...{ id, list: key, format, columns: [...columns].slice(0, 50), query: sealQuery(keys, dataKey, text), dataKey, locale },
					...{ actor: by.actor, origin: by.origin, seesPeople: by.seesPeople, hasPeople, state: 'waiting', rows: 0, createdAt: at, settledAt: null },
				});
				await schedule(tx, { key: jobKeyOf(id), kind: EXPORT_JOB, params: { id }, dueAt: at }, at);
				const detail = { list: key, format, columns, filters: Object.keys(query).filter((name) => query[name] !== undefined), hasPeople };
				await recordAudit(tx, { ...whoOf(by), action: 'export.order', subject: `export:${id}`, detail }, at, random);
			});
			return id;
		},
		get: async (id, by) => {
			const row = await find(id, by);
			return row && viewOf(row, await doneOf([id]));
		},
		own: async ({ actor }) => {
			const rows = await db.read
				.select()
				.from(exportFile)
				.where(eq(exportFile.actor, actor))
				.orderBy(desc(exportFile.createdAt), desc(exportFile.id))
				.limit(50);
			const done = await doneOf(rows.map(({ id }) => id));
			return rows.map((row) => viewOf(row, done));
		},
		cancel: async (id, by) => {
			const row = await find(id, by);
			if (!row || (row.state !== 'waiting' && row.dataKey === null)) return false;
			await db.write(async (tx) => {
				const at = now();
				await cancelJob(tx, jobKeyOf(id), at);
				const state = row.state === 'waiting' ? 'cancelled' : row.state;
				// Without its key the file is noise, and the sweep takes it.
				await tx.update(exportFile).set({ state, dataKey: null, query: null, settledAt: at }).where(eq(exportFile.id, id));
				await recordAudit(tx, { ...whoOf(by), action: 'export.cancel', subject: `export:${id}`, detail: {} }, at, random);
			});
			return true;
		},
		open: async (id, by) => {
			const row = await find(id, by);
			if (!row || row.state !== 'done' || row.dataKey === null) return null;
			const key = fileKeyOf(keys, row.dataKey);
			const kept = await files.find(fileIdOf(id));
			if (!kept) return null;
			await db.write((tx) =>
				recordAudit(tx, { ...whoOf(by), action: 'export.fetch', subject: `export:${id}`, detail: { list: row.list, rows: row.rows } }, now(), random),
			);
			const { filename, mediaType, sizeBytes } = kept;
			return { filename, mediaType, sizeBytes, read: () => files.read(kept, key) };
		},
		jobs: { [EXPORT_JOB]: exportHandler(deps) },
	});
}

const jobKeyOf = (id: string): string => `${EXPORT_JOB}:${id}`;
