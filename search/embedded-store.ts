import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import BetterSqlite from 'better-sqlite3';

import { type Locale, LOCALES } from '#cms/content.ts';

import { createTables, dropOthers, mergeStep, perLocale, prepareWrites, tableOf, type Writes } from './embedded-write.ts';
import type { DocumentType, FacetName, HashedDocument, Rules, SearchDocument, StoredHash } from './engine.ts';
import { NO_RULES } from './rules.ts';
import { compact } from './text.ts';

/** Raise it when the tables or the way texts are indexed change: the index is then made anew. */
const FORMAT = '3';

/** What the index knows of a document without reading its text. */
export interface StoredEntry {
	readonly row: number;
	readonly id: string;
	readonly type: DocumentType;
	readonly reference: string;
	readonly partNumber: string | null;
	/** The part number, compact. */
	readonly code: string | null;
	readonly publishedAt: number;
	readonly facets: Readonly<Record<FacetName, readonly string[]>>;
	readonly keywords: readonly string[];
}

/** The tables of the embedded engine. A generation is one whole set of them; the one named in `meta` is in use. */
export interface Store {
	/** Begins a new generation, unseen by queries until {@link Store.commit}. */
	begin(): void;
	add(documents: readonly HashedDocument[]): void;
	/** One step of making the new generation small; true when there is more to do. */
	optimise(): boolean;
	commit(rules: Rules, rulesHash: string): void;
	/** Frees what the generation before held; apart from {@link Store.commit}, so that queries come between. */
	tidy(): void;
	abort(): void;
	upsert(documents: readonly HashedDocument[]): void;
	remove(documents: readonly { readonly locale: Locale; readonly id: string }[]): void;
	rules(): { readonly rules: Rules; readonly hash: string | null };
	hashes(): StoredHash[];
	entries(locale: Locale): Iterable<StoredEntry>;
	document(row: number): SearchDocument | null;
	/** Rows that match an FTS5 expression, with their rank: the lower the better. */
	match(locale: Locale, expression: string): [row: number, rank: number][];
	/** The same rows without their rank. */
	rowsOf(locale: Locale, expression: string): number[];
	/** Whether a part number or standard of the index begins with these letters and digits. */
	isCode(locale: Locale, start: string): boolean;
	/** Takes other rules; what is indexed stays. */
	setRules(rules: Rules, rulesHash: string): void;
	/** Words of the index with the column they stand in and in how many documents. */
	words(locale: Locale): IterableIterator<[word: string, column: string, documents: number]>;
	close(): void;
}

/** Of title, codes, keywords, summary, body, locked text. */
const WEIGHTS = '20, 10, 16, 4, 1, 0.7';

/** Opens the index at `file`; what cannot be read is thrown away, since it is only a copy. */
export function openStore(file: string): Store {
	mkdirSync(dirname(file), { recursive: true });
	const { writer, reader } = openBoth(file);
	let generation = Number(meta(reader, 'generation') ?? 0);
	let building = 0;
	let isMerging = false;
	let reads = prepareReads(reader, generation);
	let writes = prepareWrites(writer, generation);
	let builds: Writes | null = null;
	const inTransaction = (body: () => void): void => {
		writer.exec('BEGIN IMMEDIATE');
		try {
			body();
			writer.exec('COMMIT');
		} catch (error) {
			writer.exec('ROLLBACK');
			throw error;
		}
	};

	return Object.freeze<Store>({
		begin: () => {
			if (writer.inTransaction) writer.exec('ROLLBACK');
			dropOthers(writer, generation);
			building = generation + 1;
			isMerging = false;
			writer.exec('BEGIN IMMEDIATE');
			createTables(writer, building);
			builds = prepareWrites(writer, building);
		},
		add: (documents) => {
			for (const document of documents) builds?.insert(document);
		},
		optimise: () => {
			const isFirst = !isMerging;
			isMerging = true;
			return LOCALES.map((locale) => mergeStep(writer, tableOf(building, locale), isFirst)).includes(true);
		},
		commit: (rules, rulesHash) => {
			setMeta(writer, 'rules', JSON.stringify(rules));
			setMeta(writer, 'rulesHash', rulesHash);
			setMeta(writer, 'generation', String(building));
			writer.exec('COMMIT');
			generation = building;
			builds = null;
			reads = prepareReads(reader, generation);
			writes = prepareWrites(writer, generation);
		},
		tidy: () => {
			dropOthers(writer, generation);
			writer.pragma('wal_checkpoint(TRUNCATE)');
		},
		abort: () => {
			if (writer.inTransaction) writer.exec('ROLLBACK');
			builds = null;
		},
		upsert: (documents) => inTransaction(() => documents.forEach((document) => writes.insert(document))),
		remove: (documents) => inTransaction(() => documents.forEach(({ locale, id }) => writes.remove(locale, id))),
		rules: () => ({ rules: JSON.parse(meta(reader, 'rules') ?? JSON.stringify(NO_RULES)) as Rules, hash: meta(reader, 'rulesHash') }),
		hashes: () => reads.hashes.all() as StoredHash[],
		entries: (locale) => entriesOf(reads.entries.iterate(locale) as IterableIterator<Row>),
		document: (row) => {
			const json = reads.document.get(row) as string | undefined;
			return json === undefined ? null : (JSON.parse(json) as SearchDocument);
		},
		match: (locale, expression) => reads.match[locale].all(expression) as [number, number][],
		rowsOf: (locale, expression) => reads.rowsOf[locale].all(expression) as number[],
		isCode: (locale, start) => reads.isCode[locale].get(start, `${start}\u{10FFFF}`) !== undefined,
		setRules: (rules, rulesHash) =>
			inTransaction(() => {
				setMeta(writer, 'rules', JSON.stringify(rules));
				setMeta(writer, 'rulesHash', rulesHash);
			}),
		words: (locale) => reads.words[locale].iterate() as IterableIterator<[string, string, number]>,
		close: () => {
			reader.close();
			writer.close();
		},
	});
}

interface Row {
	readonly row: number;
	readonly id: string;
	readonly type: DocumentType;
	readonly reference: string;
	readonly partNumber: string | null;
	readonly publishedAt: number;
	readonly facets: string;
	readonly keywords: string;
}

function* entriesOf(rows: Iterable<Row>): Generator<StoredEntry> {
	for (const { facets, keywords, partNumber, ...row } of rows) {
		yield {
			...row,
			partNumber,
			code: partNumber === null ? null : compact(partNumber),
			facets: JSON.parse(facets) as StoredEntry['facets'],
			keywords: JSON.parse(keywords) as string[],
		};
	}
}

function openBoth(file: string): { writer: BetterSqlite.Database; reader: BetterSqlite.Database } {
	try {
		const writer = open(file);
		if (meta(writer, 'format') !== FORMAT) throw new Error('another format');
		return { writer, reader: open(file) };
	} catch {
		discard(file);
		const writer = open(file);
		writer.exec('BEGIN; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
		setMeta(writer, 'format', FORMAT);
		setMeta(writer, 'generation', '0');
		createTables(writer, 0);
		writer.exec('COMMIT');
		return { writer, reader: open(file) };
	}
}

/** Removes the index, to be made anew. */
export function discard(file: string): void {
	for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}

/** The index is a copy that can be made anew, so it need not survive a power cut to the last write. */
function open(file: string): BetterSqlite.Database {
	const connection = new BetterSqlite(file, { timeout: 5_000 });
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = NORMAL');
	connection.pragma('mmap_size = 0');
	connection.pragma('cache_size = -8000');
	connection.pragma('temp_store = MEMORY');
	return connection;
}

function meta(connection: BetterSqlite.Database, key: string): string | null {
	return (connection.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined) ?? null;
}

function setMeta(connection: BetterSqlite.Database, key: string, value: string): void {
	connection.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}

const WORDS: Readonly<Record<Locale, string>> = { en: 'en', 'zh-CN': 'zh' };

function prepareReads(connection: BetterSqlite.Database, generation: number) {
	const docs = `docs_${generation}`;
	for (const locale of LOCALES) {
		connection.exec(
			`DROP TABLE IF EXISTS temp.words_${WORDS[locale]}; CREATE VIRTUAL TABLE temp.words_${WORDS[locale]} USING fts5vocab('main', '${tableOf(generation, locale)}', 'col')`,
		);
	}
	return {
		hashes: connection.prepare(`SELECT locale, id, hash FROM ${docs}`),
		entries: connection.prepare(
			`SELECT row, id, type, reference, part_number AS partNumber, published_at AS publishedAt, facets, keywords FROM ${docs} WHERE locale = ?`,
		),
		document: connection.prepare(`SELECT json FROM ${docs} WHERE row = ?`).pluck(),
		match: perLocale((locale) =>
			connection
				.prepare(
					`SELECT rowid, bm25(${tableOf(generation, locale)}, ${WEIGHTS}) FROM ${tableOf(generation, locale)} WHERE ${tableOf(generation, locale)} MATCH ?`,
				)
				.raw(),
		),
		rowsOf: perLocale((locale) =>
			connection.prepare(`SELECT rowid FROM ${tableOf(generation, locale)} WHERE ${tableOf(generation, locale)} MATCH ?`).pluck(),
		),
		isCode: perLocale((locale) =>
			connection.prepare(`SELECT 1 FROM temp.words_${WORDS[locale]} WHERE term >= ? AND term < ? AND col = 'codes' LIMIT 1`),
		),
		words: perLocale((locale) => connection.prepare(`SELECT term, col, doc FROM temp.words_${WORDS[locale]}`).raw()),
	};
}
