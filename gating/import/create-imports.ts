import { and, asc, count, desc, eq, gt, inArray } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import type { Keys } from '#kernel/keys.ts';

import { requireName } from '../channel/edit-channel.ts';
import { requireChannel } from '../channel/tree.ts';
import type { Reader } from '../lead/reader.ts';
import { importBatch, importRow } from '../schema.ts';
import { BASIS_KINDS, IMPORT_PURPOSES, type ImportBasis, type ImportMapping, type ImportState, type ImportTarget, TARGETS } from './batch.ts';
import { ENCODINGS } from './decode.ts';
import { openCells } from './prepare.ts';
import { errorFile } from './error-file.ts';
import { checkImport, runImport } from './run.ts';
import { undoImport } from './undo.ts';
import { SAMPLE, upload } from './upload.ts';

export type BatchRow = typeof importBatch.$inferSelect;

export interface ImportDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
}

/** Jobs of imports; each has the import's id in its params. */
export const IMPORT_JOBS = { check: 'import.check', run: 'import.run', undo: 'import.undo' } as const;

const PAGE = 100;

/** What staff says of a list before it is read. */
export interface ImportSettings {
	readonly name: string;
	readonly channel: string;
	readonly sourceId: string | null;
	readonly locale: Locale;
	readonly country: string;
	readonly contactedAt: Date;
	readonly basis: ImportBasis;
	readonly encoding: string;
	readonly mapping: ImportMapping;
}

export interface ImportView extends Omit<BatchRow, 'dataKey' | 'sample'> {
	readonly state: ImportState;
	/** Null once the file is gone. */
	readonly sample: { readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
	/** Rows by outcome, of the dry run or the run. */
	readonly counts: Readonly<Record<'accept' | 'flag' | 'quarantine' | 'error' | 'new' | 'known', number>>;
	/** Share done of what is under way, 0 to 1. */
	readonly progress: number;
}

export interface ImportRowView {
	readonly row: number;
	readonly outcome: string;
	readonly reasons: readonly string[];
	readonly match: string;
	/** The cells of the file, where they are kept; null otherwise and for readers who see no people. */
	readonly cells: readonly string[] | null;
}

export interface Imports {
	/** What settings may be. */
	readonly choices: {
		readonly targets: readonly ImportTarget[];
		readonly basisKinds: readonly ImportBasis['kind'][];
		readonly purposes: readonly (typeof IMPORT_PURPOSES)[number][];
		readonly encodings: readonly string[];
	};
	/** Keeps a file, sealed, and looks at it. @throws DomainError invalid for a file that is empty, too large or no list */
	upload(bytes: Uint8Array, name: string, locale: Locale, by: Reader): Promise<string>;
	list(): Promise<readonly ImportView[]>;
	/** Null when there is no such import. */
	get(id: string): Promise<ImportView | null>;
	/** Sets what the file means and starts the dry run. @throws DomainError not-found, invalid, conflict (it has run) */
	check(id: string, settings: ImportSettings, by: Reader): Promise<void>;
	/** Starts the run. @throws DomainError not-found, conflict (no dry run yet, or it has run) */
	run(id: string, by: Reader): Promise<void>;
	/** Takes everything of it back. @throws DomainError not-found, conflict */
	undo(id: string, by: Reader): Promise<void>;
	/** Rows from `after` on, worst first being left to the filter. */
	rows(id: string, reader: Reader, filter: { readonly outcome?: string; readonly after?: number }): Promise<readonly ImportRowView[]>;
	/** Rows that could not be read, with the reason, as CSV that opens in Excel; null when there is no such import or its file is gone. */
	errorFile(id: string, reader: Reader, words: (code: string) => string): Promise<Buffer | null>;
	/** Works through what is due for one import in this process, for callers who wait. */
	work(id: string): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createImports(deps: ImportDeps): Imports {
	const { db, keys, now, random } = deps;

	const move = async (
		id: string,
		from: readonly ImportState[],
		to: ImportState,
		kind: string,
		by: Reader,
		values: Partial<BatchRow> = {},
	): Promise<void> =>
		db.write(async (tx) => {
			const at = now();
			const moved = await tx
				.update(importBatch)
				.set({ ...values, state: to, done: 0 })
				.where(and(eq(importBatch.id, id), inArray(importBatch.state, [...from])))
				.returning({ id: importBatch.id });
			if (moved.length === 0) {
				if ((await tx.$count(importBatch, eq(importBatch.id, id))) === 0) throw new DomainError('not-found', 'There is no such import.');
				throw new DomainError('conflict', 'The import is not at a place where this can be done.');
			}
			await schedule(tx, { key: `${kind}:${id}:${newId(at, random)}`, kind, params: { id }, dueAt: at }, at);
			await recordAudit(tx, { actor: by.actor, origin: by.origin, action: kind, subject: `import:${id}`, detail: {} }, at, random);
		});

	return Object.freeze<Imports>({
		choices: { targets: TARGETS, basisKinds: BASIS_KINDS, purposes: IMPORT_PURPOSES, encodings: ENCODINGS },
		upload: (bytes, name, locale, by) => upload(deps, bytes, name, locale, by),
		list: async () => {
			const rows = await db.read.select().from(importBatch).orderBy(desc(importBatch.createdAt), desc(importBatch.id)).limit(PAGE);
			return Promise.all(rows.map((row) => viewOf(deps, row)));
		},
		get: async (id) => {
			const [row] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
			return row ? viewOf(deps, row) : null;
		},
		check: async (id, settings, by) => {
			await requireChannel(db.read, settings.channel);
			const { name, ...values } = requireSettings(settings);
			await move(id, ['uploaded', 'checked', 'failed'], 'checking', IMPORT_JOBS.check, by, { name, ...values });
		},
		run: (id, by) => move(id, ['checked'], 'running', IMPORT_JOBS.run, by, { startedAt: now() }),
		undo: (id, by) => move(id, ['done'], 'undoing', IMPORT_JOBS.undo, by),
		rows: async (id, reader, { outcome, after = 0 }) => {
			const [batch] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
			const rows = await db.read
				.select()
				.from(importRow)
				.where(and(eq(importRow.importId, id), gt(importRow.row, after), outcome === undefined ? undefined : eq(importRow.outcome, outcome)))
				.orderBy(asc(importRow.row))
				.limit(PAGE);
			const dataKey = reader.seesPeople ? (batch?.dataKey ?? null) : null;
			return rows.map(({ row, outcome: told, reasons, match, cells }) => ({
				row,
				outcome: told,
				reasons,
				match,
				cells: dataKey && cells ? openCells(keys, dataKey, cells) : null,
			}));
		},
		errorFile: (id, reader, words) => errorFile(deps, id, reader, words),
		work: async (id) => {
			const [row] = await db.read.select({ state: importBatch.state }).from(importBatch).where(eq(importBatch.id, id));
			if (row?.state === 'checking') await checkImport(deps, id, async () => true);
			if (row?.state === 'running') await runImport(deps, id, async () => true);
			if (row?.state === 'undoing') await undoImport(deps, id, async () => true);
		},
		jobs: {
			[IMPORT_JOBS.check]: ({ params, progress }) => checkImport(deps, String(params['id']), progress),
			[IMPORT_JOBS.run]: ({ params, progress }) => runImport(deps, String(params['id']), progress),
			[IMPORT_JOBS.undo]: ({ params, progress }) => undoImport(deps, String(params['id']), progress),
		},
	});
}

/** @throws DomainError invalid */
function requireSettings({ mapping, basis, country, encoding, ...rest }: ImportSettings) {
	const wrong = (field: string, code: string) => new DomainError('invalid', 'The settings cannot be used.', { fields: [{ field, code }] });
	const once = mapping.filter((target) => target !== 'ignore' && target !== 'attribute');
	if (mapping.some((target) => !TARGETS.includes(target)) || new Set(once).size < once.length) throw wrong('mapping', 'import-twice');
	if (!mapping.includes('email') && !mapping.includes('phone')) throw wrong('mapping', 'import-no-contact');
	if (!/^[A-Z]{2}$/.test(country)) throw wrong('country', 'choice');
	if (!(ENCODINGS as readonly string[]).includes(encoding)) throw wrong('encoding', 'choice');
	const purposes = basis.kind === 'consent' ? basis.purposes.filter((purpose) => (IMPORT_PURPOSES as readonly string[]).includes(purpose)) : [];
	if (!BASIS_KINDS.includes(basis.kind)) throw wrong('basis', 'choice');
	const statement = basis.statement.normalize('NFC').trim().slice(0, 2_000).toWellFormed();
	if (basis.kind === 'consent' && (purposes.length === 0 || statement === '')) throw wrong('statement', 'required');
	return { ...rest, name: requireName(rest.name, 'name'), mapping, country, encoding, basis: { kind: basis.kind, purposes, statement } };
}

async function viewOf({ db, keys }: ImportDeps, { dataKey, sample, ...row }: BatchRow): Promise<ImportView> {
	const counts = { accept: 0, flag: 0, quarantine: 0, error: 0, new: 0, known: 0 };
	const rows = await db.read
		.select({ outcome: importRow.outcome, match: importRow.match, count: count() })
		.from(importRow)
		.where(eq(importRow.importId, row.id))
		.groupBy(importRow.outcome, importRow.match);
	for (const { outcome, match, count: found } of rows) {
		if (outcome in counts) counts[outcome as keyof typeof counts] += found;
		if (match === 'new' || match === 'known') counts[match] += found;
	}
	const opened = dataKey && sample ? (JSON.parse(keys.unseal(dataKey, SAMPLE, sample)) as ImportView['sample']) : null;
	return { ...row, state: row.state as ImportState, sample: opened, counts, progress: row.rows === 0 ? 0 : Math.min(1, row.done / row.rows) };
}
