import { type Locale, LOCALES } from '#cms/content.ts';

import type { Entry, Store } from './embedded-store.ts';
import { type Lexicon, lexiconOf } from './rules.ts';
import { hasPrefix, type Vocabulary, vocabularyOf } from './spelling.ts';

/** What is kept in memory of one language's documents, to narrow, count and correct without reading the disk. */
export interface LocaleIndex {
	readonly locale: Locale;
	readonly entries: ReadonlyMap<number, Entry>;
	readonly byId: ReadonlyMap<string, Entry>;
	readonly byReference: ReadonlyMap<string, Entry>;
	/** As printed. */
	readonly partNumbers: readonly string[];
	/** Names that lead to documents, with how many they lead to. */
	readonly names: ReadonlyMap<string, number>;
	/** Words of the open texts: what stands behind the gate is never proposed. */
	vocabulary(): Vocabulary;
	isCode(compact: string): boolean;
}

/** The store's documents in memory. */
export interface EmbeddedIndex {
	of(locale: Locale): LocaleIndex;
	lexicon(): Lexicon;
	/** Reads the store again, after it changed. */
	reload(): void;
}

export function createIndex(store: Store): EmbeddedIndex {
	let indexes = new Map<Locale, LocaleIndex>();
	let lexicon = lexiconOf(store.rules().rules);
	const of = (locale: Locale): LocaleIndex => {
		const index = indexes.get(locale) ?? readIndex(store, locale);
		indexes.set(locale, index);
		return index;
	};
	for (const locale of LOCALES) of(locale);
	return {
		of,
		lexicon: () => lexicon,
		reload: () => {
			indexes = new Map();
			lexicon = lexiconOf(store.rules().rules);
		},
	};
}

function readIndex(store: Store, locale: Locale): LocaleIndex {
	const entries = pooled(store.entries(locale));
	const names = new Map<string, number>();
	for (const { type, keywords } of entries) for (const name of type === 'documents' || type === 'faq' ? [] : keywords) names.set(name, (names.get(name) ?? 0) + 1);
	let read: { vocabulary: Vocabulary; codes: string[] } | null = null;
	const words = () => (read ??= readWords(store, locale));
	return {
		locale,
		entries: new Map(entries.map((entry) => [entry.row, entry])),
		byId: new Map(entries.map((entry) => [entry.id, entry])),
		byReference: new Map(entries.map((entry) => [entry.reference, entry])),
		partNumbers: entries.flatMap(({ partNumber }) => partNumber ?? []),
		names,
		vocabulary: () => words().vocabulary,
		isCode: (compact) => hasPrefix(words().codes, compact),
	};
}

/** The same entries with equal strings and lists kept once: most documents share their facets. */
function pooled(entries: readonly Entry[]): Entry[] {
	const pool = new Map<string, readonly string[]>();
	const once = (list: readonly string[]): readonly string[] => {
		const key = list.join('\n');
		const known = pool.get(key) ?? list;
		pool.set(key, known);
		return known;
	};
	return entries.map((entry) => ({
		...entry,
		keywords: once(entry.keywords),
		facets: { type: once(entry.facets.type), topic: once(entry.facets.topic), industry: once(entry.facets.industry), role: once(entry.facets.role), category: once(entry.facets.category) },
	}));
}

function readWords(store: Store, locale: Locale): { vocabulary: Vocabulary; codes: string[] } {
	const open = new Map<string, number>();
	const codes: string[] = [];
	for (const [word, column, documents] of store.words(locale)) {
		if (column === 'codes') codes.push(word);
		else if (column !== 'locked') open.set(word, Math.max(documents, open.get(word) ?? 0));
	}
	return { vocabulary: vocabularyOf(open), codes: codes.sort() };
}

