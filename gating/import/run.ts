import { createHash } from 'node:crypto';

import { and, asc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import type { Purpose } from '../consent/purpose.ts';
import { freeze, type Wording } from '../consent/text.ts';
import { cleaningAllow, importBatch, importPart, importRow } from '../schema.ts';
import type { BatchRow, ImportDeps } from './create-imports.ts';
import type { Encoding } from './decode.ts';
import type { PrepareOptions } from './prepare.ts';
import { type FileReader, openReader } from './reader.ts';
import type { Batch, Resolved } from './reading.ts';
import { findKnown, knownWords, takenPhones } from './known.ts';
import { findingsOf, refusedRow, storeBatch, unmatchedRows } from './store.ts';
import { presenceTold } from './sessions.ts';
import { insertRows } from './store-rows.ts';
import { tagCounter, tagFinder } from './tag-words.ts';
import { tagCatalogue } from '../tag/catalogue.ts';
import { withTags } from './sample.ts';

/** Tells how far a run is; false means it was cancelled. */
export type Progress = (done: number, total: number) => Promise<boolean>;

/** Rows of a body: enough to keep the disk from waiting, few enough that a page is answered in between. */
const ROWS_A_BODY = 50;
const ROWS_A_CHECK = 200;
const MOST_TRIES = 20;
/** Batches between two signs of life. */
const PROGRESS_EVERY = 20;

/** Judges every row and finds who is known; changes nobody. */
export async function checkImport(deps: ImportDeps, id: string, progress: Progress): Promise<void> {
	const { db } = deps;
	const batch = await batchOf(deps, id, 'checking');
	if (!batch) return;
	await db.write(async (tx) => {
		await tx.delete(importRow).where(eq(importRow.importId, id));
		await tx.update(importBatch).set({ done: 0 }).where(eq(importBatch.id, id));
	});
	const tags = tagCounter(tagFinder(await tagCatalogue(db.read, deps.content())));
	await reading(deps, batch, true, async (reader, options) => {
		for (let done = 0, round = 0; ; round++) {
			const read = await reader.next(options, ROWS_A_CHECK);
			const known = await findKnown(db.read, read.groups);
			const taken = await takenPhones(db.read, read.groups, known);
			const isMet = ({ hash }: { readonly hash: string }) => batch.reach === 'people' || known.has(hash);
			const rows = read.groups.filter(isMet).flatMap((group) =>
				group.rows.map((one) => {
					tags.add(one.tags);
					const { outcome, reasons } = findingsOf(one, taken.has(group.hash));
					return {
						importId: id,
						row: one.row,
						outcome,
						reasons,
						match: known.has(group.hash) ? 'known' : 'new',
						personId: null,
						presence: one.presence && presenceTold(one.presence),
						cells: one.cells && outcome !== 'accept' ? Buffer.from(one.cells) : null,
					};
				}),
			);
			await db.write(async (tx) => {
				const unmatched = unmatchedRows(
					id,
					read.groups.filter((group) => !isMet(group)),
					taken,
				);
				await insertRows(tx, [...rows, ...unmatched, ...read.refused.map((refusal) => refusedRow(id, refusal))]);
				await tx
					.update(importBatch)
					.set({ done: read.done, ...(read.isLast ? { state: 'checked', sample: withTags(deps.keys, batch, tags.all()) } : {}) })
					.where(and(eq(importBatch.id, id), eq(importBatch.state, 'checking')));
			});
			done = read.done;
			if (read.isLast || (round % PROGRESS_EVERY === 0 && !(await progress(done, batch.rows)))) return;
			await turn();
		}
	});
}

/** Stores every row; goes on where a run before it ended, however it ended. */
export async function runImport(deps: ImportDeps, id: string, progress: Progress): Promise<void> {
	const { db } = deps;
	const batch = await batchOf(deps, id, 'running');
	if (!batch) return;
	const wordings = wordingsOf(batch);
	await db.write(async (tx) => {
		await freeze(tx, wordings, deps.now());
		// Rows of the dry run name nobody.
		if (batch.done === 0) await tx.delete(importRow).where(eq(importRow.importId, id));
	});
	const isOver = await reading(deps, batch, false, async (reader, options) => {
		await reader.skip(options, batch.done);
		const batches = ahead(() => reader.next(options, ROWS_A_BODY));
		for (let from = batch.done, round = 0; ; round++) {
			const read = await batches();
			if ((await storeOnce(deps, reader, options, batch, read, wordings, from)) === 'elsewhere') return false;
			from = read.done;
			if (read.isLast) return true;
			if (round % PROGRESS_EVERY === 0 && !(await progress(from, batch.rows))) return false;
			await turn();
		}
	});
	if (isOver) await db.write((tx) => finish(tx, id, deps.now()));
}

/** Has the next batch read while this one is stored. */
function ahead(next: () => Promise<Batch>): () => Promise<Batch> {
	let upcoming: Promise<Batch> | null = null;
	return async () => {
		const read = await (upcoming ?? next());
		upcoming = read.isLast ? null : next();
		// Told by the call that waits for it; after a cancelled run nobody does.
		upcoming?.catch(() => undefined);
		return read;
	};
}

/** Lets what waits be answered between two bodies. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function storeOnce(
	deps: ImportDeps,
	reader: FileReader,
	options: PrepareOptions,
	batch: BatchRow,
	read: Batch,
	wordings: readonly Wording[],
	from: number,
): Promise<'stored' | 'elsewhere'> {
	const { db } = deps;
	for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
		const known = await findKnown(db.read, read.groups);
		const words = await knownWords(db.read, read.groups, known);
		const worked = await reader.resolve(options, words);
		const resolved = new Map<string, Resolved>(worked.map((one, index) => [words[index]?.hash ?? '', one]));
		const taken = await takenPhones(db.read, read.groups, known);
		const outcome = await db.write((tx) => storeBatch(deps, tx, { batch, read, known, resolved, taken, wordings, from }), {
			locks: `import:${batch.id}`,
		});
		if (outcome !== 'changed') return outcome;
	}
	throw new Error('the people of a batch kept changing');
}

/** The file is done with: only rows that could not be read stay, to be downloaded. */
async function finish(tx: Handle, id: string, at: Date): Promise<void> {
	await tx.delete(importPart).where(eq(importPart.importId, id));
	await tx
		.update(importBatch)
		.set({ state: 'done', finishedAt: at })
		.where(and(eq(importBatch.id, id), eq(importBatch.state, 'running')));
}

/** Null when another process has moved it on. @throws DomainError invalid when its file is gone */
async function batchOf({ db }: ImportDeps, id: string, state: string): Promise<(BatchRow & { readonly dataKey: string }) | null> {
	const [row] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
	if (row?.state !== state) return null;
	if (row.dataKey === null) throw new DomainError('invalid', 'The file of this import is gone: somebody in it was erased.');
	return { ...row, dataKey: row.dataKey };
}

async function reading<T>(
	{ db, keys, random, content }: ImportDeps,
	batch: BatchRow & { readonly dataKey: string },
	isDryRun: boolean,
	work: (reader: FileReader, options: PrepareOptions) => Promise<T>,
): Promise<T> {
	const parts = await db.read
		.select({ bytes: importPart.bytes })
		.from(importPart)
		.where(eq(importPart.importId, batch.id))
		.orderBy(asc(importPart.seq));
	const allowed = await db.read.select({ hash: cleaningAllow.hash }).from(cleaningAllow);
	const { dataKey, encoding, delimiter, mapping, country, contactedAt, session } = batch;
	const reader = openReader(keys, random, {
		dataKey,
		parts: parts.map(({ bytes }) => bytes),
		encoding: encoding as Encoding,
		separator: delimiter,
	});
	try {
		const { headings } = await reader.inspect();
		return await work(reader, {
			...{
				importId: batch.id,
				reach: batch.reach === 'known' ? 'known' : 'people',
				mapping,
				headings,
				country,
				session,
				contactedAt: contactedAt.getTime(),
				dataKey,
				isDryRun,
			},
			competitorDomains: content().site.competitorDomains,
			allowed: new Set(allowed.map(({ hash }) => hash)),
		});
	} finally {
		await reader.close();
	}
}

/** What the people of a list agreed to, in staff's words, frozen like any other wording. */
export function wordingsOf({ name, locale, basis }: BatchRow): Wording[] {
	return basis.purposes.map((purpose: Purpose) => {
		const language = locale === 'zh-CN' ? 'zh-CN' : 'en';
		const hash = createHash('sha256')
			.update(JSON.stringify([purpose, language, name, basis.statement]))
			.digest('base64url');
		return { purpose, locale: language, title: name, text: basis.statement, hash };
	});
}
