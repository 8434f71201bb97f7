import type BetterSqlite from 'better-sqlite3';

import { type Locale, LOCALES } from '#cms/content.ts';

import type { HashedDocument, SearchDocument } from './engine.ts';
import { codesIn, compact, indexed } from './text.ts';

/** Columns of a full-text table, in the order of their weights. Texts stand in them as `indexed` gives them. */
const COLUMNS = 'title, codes, keywords, summary, body, locked';
const MERGE_PAGES = 300;
const SUFFIX: Readonly<Record<Locale, string>> = { en: 'en', 'zh-CN': 'zh' };

/** The full-text table of a generation and language. */
export function tableOf(generation: number, locale: Locale): string {
	return `text_${generation}_${SUFFIX[locale]}`;
}

export function createTables(connection: BetterSqlite.Database, generation: number): void {
	connection.exec(`CREATE TABLE docs_${generation} (row INTEGER PRIMARY KEY, locale TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, type TEXT NOT NULL,
		reference TEXT NOT NULL, part_number TEXT, published_at INTEGER NOT NULL, facets TEXT NOT NULL, keywords TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (locale, id))`);
	for (const locale of LOCALES) {
		connection.exec(
			`CREATE VIRTUAL TABLE ${tableOf(generation, locale)} USING fts5(${COLUMNS}, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')`,
		);
	}
}

/** Drops the tables of every generation but `kept`. */
export function dropOthers(connection: BetterSqlite.Database, kept: number): void {
	const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'docs_[0-9]*'").pluck().all() as string[];
	for (const generation of tables.map((name) => Number(name.slice('docs_'.length)))) {
		if (generation === kept) continue;
		connection.exec(`DROP TABLE docs_${generation}`);
		for (const locale of LOCALES) connection.exec(`DROP TABLE ${tableOf(generation, locale)}`);
	}
}

/** Merges a part of the index's segments; true while there is more. A negative number of pages begins, a positive one goes on. Source: https://sqlite.org/fts5.html, "The 'merge' Command". */
export function mergeStep(connection: BetterSqlite.Database, table: string, isFirst: boolean): boolean {
	const changesBefore = connection.prepare('SELECT total_changes()').pluck().get() as number;
	connection.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${isFirst ? -MERGE_PAGES : MERGE_PAGES})`);
	return (connection.prepare('SELECT total_changes()').pluck().get() as number) - changesBefore >= 2;
}

/** Prepared changes of one generation. */
export interface Writes {
	insert(document: HashedDocument): void;
	remove(locale: Locale, id: string): void;
}

export function prepareWrites(connection: BetterSqlite.Database, generation: number): Writes {
	const find = connection.prepare(`SELECT row FROM docs_${generation} WHERE locale = ? AND id = ?`).pluck();
	const insert = connection.prepare(`INSERT INTO docs_${generation} VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
	const erase = connection.prepare(`DELETE FROM docs_${generation} WHERE row = ?`);
	const text = perLocale((locale) =>
		connection.prepare(`INSERT INTO ${tableOf(generation, locale)} (rowid, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`),
	);
	const eraseText = perLocale((locale) => connection.prepare(`DELETE FROM ${tableOf(generation, locale)} WHERE rowid = ?`));
	const remove: Writes['remove'] = (locale, id) => {
		const row = find.get(locale, id) as number | undefined;
		if (row === undefined) return;
		erase.run(row);
		eraseText[locale].run(row);
	};
	return {
		remove,
		insert: ({ document, hash }) => {
			const { locale, id } = document;
			remove(locale, id);
			const stored = insert.run(
				locale,
				id,
				hash,
				document.type,
				document.reference,
				document.partNumber,
				document.publishedAt,
				JSON.stringify(document.facets),
				JSON.stringify(document.keywords),
				JSON.stringify(document),
			);
			text[locale].run(stored.lastInsertRowid, ...textColumns(document));
		},
	};
}

function textColumns({ title, summary, keywords, partNumber, passages }: SearchDocument): string[] {
	const joined = (isLocked: boolean): string =>
		passages
			.filter((passage) => passage.isLocked === isLocked)
			.map(({ text }) => text)
			.join('\n');
	const [body, locked] = [joined(false), joined(true)];
	const codes = new Set([
		...(partNumber === null ? [] : [compact(partNumber)]),
		...codesIn([title, summary, keywords.join('\n'), body, locked].join('\n')),
	]);
	return [indexed(title), [...codes].join(' '), indexed(keywords.join('\n')), indexed(summary), indexed(body), indexed(locked)];
}

/** One of something for each language. */
export function perLocale<T>(make: (locale: Locale) => T): Readonly<Record<Locale, T>> {
	return Object.fromEntries(LOCALES.map((locale) => [locale, make(locale)])) as Record<Locale, T>;
}
