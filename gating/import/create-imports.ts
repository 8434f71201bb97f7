import { and, asc, count, desc, eq, gt, inArray } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import type { Keys } from '#kernel/keys.ts';

import { requireChannel } from '../channel/tree.ts';
import { phoneCountryCodes } from '../cleaning/phone.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { importBatch, importRow } from '../schema.ts';
import { type ImportSession, PRESENCE_TARGETS } from './presence.ts';
import type { ImportedSessions } from './sessions.ts';
import { BASIS_KINDS, IMPORT_PURPOSES, type ImportBasis, type ImportReach, type ImportState, type ImportTarget, REACHES, TARGETS } from './batch.ts';
import { ENCODINGS } from './decode.ts';
import { type EnteredLead, enterLead, ENTRY_FIELDS, type EntryField, type EntryResult, entryResult } from './enter.ts';
import { openCells } from './prepare.ts';
import { errorFile } from './error-file.ts';
import { failureOf, type ImportFailure, IMPORT_JOBS } from './failure.ts';
import { checkImport, runImport } from './run.ts';
import { openSample, type Sample } from './sample.ts';
import { type ImportSettings, requireSettings, requireZone } from './settings.ts';
import { undoImport } from './undo.ts';
import { MOST_NEW_TAGS } from './tag-words.ts';
import { upload } from './upload.ts';

export type BatchRow = typeof importBatch.$inferSelect;

export interface ImportDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	/** Who keeps what lists say of sessions. Read at each call. */
	readonly sessions?: readonly ImportedSessions[];
}

/** What can be done about a failure: whatever was stored can be taken back. */
const AFTER_FAILURE: Readonly<Record<ImportFailure['step'], readonly ImportState[]>> = {
	check: ['checking'],
	run: ['running', 'undoing'],
	undo: ['undoing'],
};
const PAGE = 100;

export interface ImportView extends Omit<BatchRow, 'dataKey' | 'sample' | 'reach'> {
	readonly reach: ImportReach;
	readonly state: ImportState;
	/** Null once the file is gone. */
	readonly sample: Sample | null;
	/** Rows by outcome, of the dry run or the run. */
	readonly counts: Readonly<Record<'accept' | 'flag' | 'quarantine' | 'unmatched' | 'error' | 'new' | 'known', number>>;
	/** Why it is `failed`: what was under way, and whether its file is gone or the hub could not do it after every try; else null. */
	readonly failure: ImportFailure | null;
	/** Share done of what is under way, 0 to 1. */
	readonly progress: number;
}

export interface ImportRowView {
	readonly row: number;
	readonly outcome: string;
	readonly reasons: readonly string[];
	readonly match: string;
	/** `absent`, `unknown`, `outside`, or the minutes there; null in lists of people. */
	readonly presence: string | null;
	/** The cells of the file, where they are kept; null otherwise and for readers who see no people. */
	readonly cells: readonly string[] | null;
}

export interface Imports {
	/** What settings may be. */
	readonly choices: {
		readonly targets: readonly ImportTarget[];
		/** Further ones of a session's list. */
		readonly presence: readonly ImportTarget[];
		readonly reaches: readonly ImportReach[];
		readonly basisKinds: readonly ImportBasis['kind'][];
		readonly purposes: readonly (typeof IMPORT_PURPOSES)[number][];
		readonly encodings: readonly string[];
		/** Of one person entered by hand. */
		readonly entryFields: readonly EntryField[];
		/** ISO 3166 codes of countries whose phone numbers can be read. */
		readonly countries: readonly string[];
	};
	/** Keeps a file, sealed, and looks at it. @throws DomainError invalid for a file that is empty, too large or no list */
	upload(bytes: Uint8Array, name: string, locale: Locale, by: Reader, session?: ImportSession): Promise<string>;
	/** Lists of who was at a session, the newest first. */
	ofSession(occurrenceId: string): Promise<readonly ImportView[]>;
	list(): Promise<readonly ImportView[]>;
	/** Of the same lists, what they are called. */
	names(): Promise<readonly Pick<ImportView, 'id' | 'name'>[]>;
	/** Null when there is no such import. */
	get(id: string): Promise<ImportView | null>;
	/** Sets what the file means and starts the dry run. @throws DomainError not-found, invalid, conflict (it has run) */
	check(id: string, settings: ImportSettings, by: Reader): Promise<void>;
	/** Starts the run, or goes on with one that failed. @throws DomainError not-found, invalid (too many new tags), conflict (no dry run yet, or it has run) */
	run(id: string, by: Reader): Promise<void>;
	/** Takes everything of it back. @throws DomainError not-found, conflict */
	undo(id: string, by: Reader): Promise<void>;
	/** Rows from `after` on, worst first being left to the filter. */
	rows(id: string, reader: Reader, filter: { readonly outcome?: string; readonly after?: number }): Promise<readonly ImportRowView[]>;
	/** Rows that could not be read or are about nobody on record, with the reason, as CSV that opens in Excel; null when there is no such import or its file is gone. */
	errorFile(id: string, reader: Reader, words: (code: string) => string): Promise<Buffer | null>;
	/** Takes one person, entered by hand. @throws DomainError invalid with each field that cannot be used */
	enter(entry: EnteredLead, by: Reader): Promise<EntryResult>;
	/** What became of an entry, by the id of its import; null when there is none. */
	entered(id: string): Promise<EntryResult | null>;
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
			const [row] = await tx.select({ state: importBatch.state }).from(importBatch).where(eq(importBatch.id, id));
			if (!row) throw new DomainError('not-found', 'There is no such import.');
			const failure = await failureOf(tx, id, row.state);
			const mayMove = failure ? AFTER_FAILURE[failure.step].includes(to) : from.includes(row.state as ImportState);
			if (!mayMove) throw new DomainError('conflict', 'The import is not at a place where this can be done.');
			// A run that failed goes on where it ended.
			const goesOn = row.state === to && to === 'running';
			await tx
				.update(importBatch)
				.set(goesOn ? { state: to } : { ...values, state: to, done: 0 })
				.where(eq(importBatch.id, id));
			await schedule(tx, { key: `${kind}:${id}:${newId(at, random)}`, kind, params: { id }, dueAt: at }, at);
			await recordAudit(tx, { ...whoOf(by), action: kind, subject: `import:${id}`, detail: {} }, at, random);
		});

	const imports: Imports = Object.freeze<Imports>({
		choices: {
			targets: TARGETS,
			presence: PRESENCE_TARGETS,
			reaches: REACHES,
			basisKinds: BASIS_KINDS,
			purposes: IMPORT_PURPOSES,
			encodings: ENCODINGS,
			entryFields: ENTRY_FIELDS,
			countries: phoneCountryCodes(),
		},
		upload: (bytes, name, locale, by, session) => upload(deps, bytes, name, locale, by, session),
		ofSession: async (occurrenceId) => (await imports.list()).filter(({ session }) => session?.occurrenceId === occurrenceId),
		list: async () => {
			const rows = await db.read.select().from(importBatch).orderBy(desc(importBatch.createdAt), desc(importBatch.id)).limit(PAGE);
			return viewsOf(deps, rows);
		},
		names: () => {
			const { id, name, createdAt } = importBatch;
			return db.read.select({ id, name }).from(importBatch).orderBy(desc(createdAt), desc(id)).limit(PAGE);
		},
		get: async (id) => {
			const [row] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
			return row ? ((await viewsOf(deps, [row]))[0] ?? null) : null;
		},
		check: async (id, settings, by) => {
			await requireChannel(db.read, settings.channel);
			const session = (await imports.get(id))?.session ?? null;
			const values = requireSettings(settings, session !== null);
			const of = session && {
				session: { ...session, timeZone: requireZone(settings.timeZone ?? session.timeZone) },
				contactedAt: new Date(session.startsAt),
			};
			await move(id, ['uploaded', 'checked'], 'checking', IMPORT_JOBS.check, by, { ...values, ...of });
		},
		run: async (id, by) => {
			const tags = (await imports.get(id))?.sample?.tags ?? [];
			if (tags.filter(({ status }) => status === 'new').length > MOST_NEW_TAGS)
				throw new DomainError('invalid', 'The list would make too many tags.', { fields: [{ field: 'mapping', code: 'import-many-tags' }] });
			await move(id, ['checked'], 'running', IMPORT_JOBS.run, by, { startedAt: now() });
		},
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
			return rows.map(({ row, outcome: told, reasons, match, presence, cells }) => ({
				presence,
				row,
				outcome: told,
				reasons,
				match,
				cells: dataKey && cells ? openCells(keys, dataKey, cells) : null,
			}));
		},
		errorFile: (id, reader, words) => errorFile(deps, id, reader, words),
		enter: (entry, by) => enterLead(deps, imports, entry, by),
		entered: (id) => entryResult(deps, id),
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
	return imports;
}

async function viewsOf({ db, keys }: ImportDeps, batches: readonly BatchRow[]): Promise<ImportView[]> {
	const ids = batches.map(({ id }) => id);
	const rows = await db.read
		.select({ importId: importRow.importId, outcome: importRow.outcome, match: importRow.match, count: count() })
		.from(importRow)
		.where(inArray(importRow.importId, ids))
		.groupBy(importRow.importId, importRow.outcome, importRow.match);
	return Promise.all(
		batches.map(async ({ dataKey, sample, ...row }) => {
			const counts = { accept: 0, flag: 0, quarantine: 0, unmatched: 0, error: 0, new: 0, known: 0 };
			for (const { importId, outcome, match, count: found } of rows) {
				if (importId !== row.id) continue;
				if (outcome in counts) counts[outcome as keyof typeof counts] += found;
				if (match === 'new' || match === 'known') counts[match] += found;
			}
			const opened = dataKey && sample ? openSample(keys, dataKey, sample) : null;
			const reach = row.reach === 'known' ? 'known' : 'people';
			const failure = await failureOf(db.read, row.id, row.state);
			const state = failure ? 'failed' : (row.state as ImportState);
			return { ...row, reach, state, failure, sample: opened, counts, progress: row.rows === 0 ? 0 : Math.min(1, row.done / row.rows) };
		}),
	);
}
