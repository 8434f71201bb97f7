import { type Locale, LOCALES } from '#cms/content.ts';

import type { Store, StoredEntry } from './embedded-store.ts';
import { createFacetBook, type FacetBook } from './facet.ts';
import { type Typed, typedNames } from './pinyin.ts';
import { type Lexicon, lexiconOf } from './rules.ts';
import { type Vocabulary, vocabularyOf } from './spelling.ts';

/** A document in memory; its facets as numbers of the book. */
export interface Entry extends Omit<StoredEntry, 'facets' | 'keywords'> {
	readonly values: readonly number[];
}

/** What is kept in memory of one language's documents, to narrow, count and correct without reading the disk. */
export interface LocaleIndex {
	readonly locale: Locale;
	readonly facets: FacetBook;
	readonly entries: ReadonlyMap<number, Entry>;
	readonly byId: ReadonlyMap<string, Entry>;
	readonly byReference: ReadonlyMap<string, Entry>;
	/** As printed. */
	readonly partNumbers: readonly string[];
	/** Names that lead to documents, with how many they lead to. */
	readonly names: ReadonlyMap<string, number>;
	/** The Chinese ones, as they are typed in pinyin. */
	typed(): readonly Typed[];
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
	const facets = createFacetBook();
	const names = new Map<string, number>();
	const entries = new Map<number, Entry>();
	const byId = new Map<string, Entry>();
	const byReference = new Map<string, Entry>();
	const partNumbers: string[] = [];
	for (const { facets: own, keywords, ...stored } of store.entries(locale)) {
		const entry: Entry = { ...stored, values: facets.numbersOf(own) };
		entries.set(entry.row, entry);
		byId.set(entry.id, entry);
		byReference.set(entry.reference, entry);
		if (entry.partNumber !== null) partNumbers.push(entry.partNumber);
		if (entry.type !== 'documents' && entry.type !== 'faq') for (const name of keywords) names.set(name, (names.get(name) ?? 0) + 1);
	}
	let vocabulary: Vocabulary | null = null;
	let typed: readonly Typed[] | null = null;
	return {
		locale,
		facets,
		entries,
		byId,
		byReference,
		partNumbers,
		names,
		typed: () => (typed ??= typedNames(names.keys())),
		vocabulary: () => (vocabulary ??= readWords(store, locale)),
		isCode: (compact) => store.isCode(locale, compact),
	};
}

function readWords(store: Store, locale: Locale): Vocabulary {
	const open = new Map<string, number>();
	for (const [word, column, documents] of store.words(locale))
		if (column !== 'codes' && column !== 'locked') open.set(word, Math.max(documents, open.get(word) ?? 0));
	return vocabularyOf(open);
}
