import { and, eq } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, localDay, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError, isDomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import type { JobHandler } from '#kernel/job.ts';
import type { KeptFiles } from '#kernel/kept-files.ts';
import type { Keys } from '#kernel/keys.ts';

import { exportFile } from '../schema.ts';
import type { Cell } from './cell.ts';
import { csvOf } from './csv.ts';
import type { ExportList, ExportQuery, OpenList } from './list.ts';
import { MOST_XLSX_ROWS, xlsxOf } from './xlsx.ts';

export const EXPORT_JOB = 'gating.export';
const QUERY = 'export_file.query';
const FILE = 'export';
const MEDIA = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;
/** Progress is kept after so many rows, and the order asked for whether it still holds. */
const STEP = 1_000;

export const sealQuery = (keys: Keys, dataKey: string, text: string): Buffer => keys.seal(dataKey, QUERY, text);
export const fileIdOf = (id: string): string => `export:${id}`;
export const fileKeyOf = (keys: Keys, dataKey: string): Buffer => keys.derive(dataKey, FILE);

export interface RunDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly files: KeptFiles;
	readonly lists: () => readonly ExportList[];
}

type Stopped = 'cancelled' | 'too-long';

/** Writes the file of an order page by page, and puts on record who took how many rows. A run that breaks off begins anew. */
export function exportHandler(deps: RunDeps): JobHandler {
	const { db, keys, now, random, files, lists } = deps;
	return async ({ params, progress }) => {
		const id = String(params['id']);
		const [row] = await db.read
			.select()
			.from(exportFile)
			.where(and(eq(exportFile.id, id), eq(exportFile.state, 'waiting')));
		const list = lists().find(({ key }) => key === row?.list);
		if (!row || !list || row.dataKey === null || row.query === null) return;
		const { dataKey, actor, origin, seesPeople } = row;
		const format = row.format === 'xlsx' ? 'xlsx' : 'csv';
		const query = JSON.parse(keys.unseal(dataKey, QUERY, row.query)) as ExportQuery;
		let written = 0;
		let stopped: Stopped | null = null;
		const stop = (why: Stopped): never => {
			stopped = why;
			throw new DomainError('conflict', 'The writing was ended from within.');
		};
		const settle = (state: 'done' | 'failed' | 'too-long') =>
			db.write(async (tx) => {
				const at = now();
				const kept = await tx
					.update(exportFile)
					.set({ state, rows: written, settledAt: at, ...(state !== 'done' && { dataKey: null, query: null }) })
					.where(and(eq(exportFile.id, id), eq(exportFile.state, 'waiting')))
					.returning({ id: exportFile.id });
				if (kept.length === 0) return;
				const detail = { list: row.list, format, columns: row.columns, filters: Object.keys(query), count: written, hasPeople: row.hasPeople };
				await recordAudit(tx, { actor, action: `export.${state}`, subject: `export:${id}`, origin, detail }, at, random);
			});
		try {
			const opened = await list.open({ query, columns: row.columns, locale: row.locale as Locale }, { actor, seesPeople });
			const most = format === 'xlsx' ? MOST_XLSX_ROWS - 1 : Infinity;
			const pages = counted(opened, async (rows) => {
				written = rows;
				if (rows > most) stop('too-long');
				if (!(await progress(rows, 0))) stop('cancelled');
			});
			const filename = `foyer-${row.list}-${localDay(row.createdAt, 'UTC')}.${format}`;
			const request = { id: fileIdOf(id), key: fileKeyOf(keys, dataKey), personId: null, mediaType: MEDIA[format], filename, keptForMs: DAY_MS };
			await files.keep(request, async () => ({ bytes: format === 'xlsx' ? xlsxOf(opened.heads, pages) : csvOf(opened.heads, pages) }));
			await settle('done');
		} catch (error) {
			if (stopped === 'too-long') await settle('too-long');
			if (stopped !== null) return;
			if (isDomainError(error) && error.code !== 'unavailable') await settle('failed');
			throw error;
		}
	};
}

/** The pages, with a word after each thousand of rows and at the end. */
async function* counted(list: OpenList, note: (rows: number) => Promise<void>): AsyncGenerator<readonly (readonly Cell[])[]> {
	let [rows, noted] = [0, 0];
	for await (const page of list.pages()) {
		rows += page.length;
		if (rows - noted >= STEP || noted === 0) await note((noted = rows));
		yield page;
	}
	await note(rows);
}
