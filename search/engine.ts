import { CONTENT_TYPES, type Locale } from '#cms/content.ts';

/** What can be found: everything with a page of its own, and the files and questions of a product. */
export const DOCUMENT_TYPES = [...CONTENT_TYPES, 'documents', 'faq'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** By what results can be narrowed. `category` is the product line, `date` the year of publication. */
export const FACETS = ['type', 'topic', 'industry', 'role', 'category', 'date'] as const;
export type FacetName = (typeof FACETS)[number];

/** Plain text of one page or section. The words of a locked passage are found but never leave the engine. */
export interface Passage {
	/** Page of a paper, from 1; null where the text has no pages. */
	readonly page: number | null;
	readonly isLocked: boolean;
	readonly text: string;
}

/** One findable thing in one language. */
export interface SearchDocument {
	/** `<type>-<id>`, unique within a language. */
	readonly id: string;
	readonly type: DocumentType;
	readonly locale: Locale;
	/** The item that its clicks count for, `<collection>:<id>`. */
	readonly subject: string;
	/** `<type>/<slug>`, as pins name it. */
	readonly reference: string;
	readonly title: string;
	readonly summary: string;
	/** Path of its page, with a fragment for parts of a page. */
	readonly url: string;
	/** As printed, of the thing itself; null for everything but products. */
	readonly partNumber: string | null;
	/** Names that lead to it but need not stand in its text: terms, speakers, customer, author. */
	readonly keywords: readonly string[];
	readonly passages: readonly Passage[];
	readonly facets: Readonly<Record<FacetName, readonly string[]>>;
	/** Epoch milliseconds. */
	readonly publishedAt: number;
}

export type Filters = Readonly<Partial<Record<FacetName, readonly string[]>>>;

export interface EngineQuery {
	/** As typed; only its first 200 characters count. Empty: everything, newest first. */
	readonly q: string;
	readonly locale: Locale;
	/** Values of one facet are alternatives, facets are joined by "and". */
	readonly filters: Filters;
	readonly sort: 'relevance' | 'newest';
	/** From 1. */
	readonly page: number;
	/** Hits a page, 1 to 50. */
	readonly limit: number;
}

/** A piece of text; the pieces in order make up the whole. */
export interface Segment {
	readonly text: string;
	readonly isMatch: boolean;
}

/** Where a hit matches. A locked one says only on which page. */
export type Highlight =
	| { readonly field: 'title' | 'summary' | 'text'; readonly page: number | null; readonly locked: false; readonly segments: readonly Segment[] }
	| { readonly field: 'text'; readonly page: number; readonly locked: true };

export interface Hit {
	readonly id: string;
	readonly type: DocumentType;
	readonly locale: Locale;
	readonly subject: string;
	readonly title: string;
	readonly url: string;
	readonly partNumber: string | null;
	/** Epoch milliseconds. */
	readonly publishedAt: number;
	/** First the title, then one open excerpt (the summary where nothing in the text matches), then up to three locked pages. */
	readonly highlights: readonly Highlight[];
}

export interface FacetCount {
	readonly value: string;
	readonly count: number;
}

export interface EngineResult {
	readonly hits: readonly Hit[];
	readonly total: number;
	/** Most frequent first. The counts of a facet disregard its own filter, so that its other values stay to be chosen. */
	readonly facets: Readonly<Record<FacetName, readonly FacetCount[]>>;
	/** The query that the hits answer, when nothing answers the one that was typed. */
	readonly didYouMean: string | null;
	/** Where an editor sends this very query: a path, or `<type>/<slug>`. */
	readonly redirect: string | null;
	/** Up to three that match a part of the query, when nothing matches the whole. */
	readonly nearest: readonly Hit[];
}

export interface Suggestion {
	/** An item to open, or a query to go on with. */
	readonly kind: 'item' | 'query';
	readonly text: string;
	readonly segments: readonly Segment[];
	readonly type: DocumentType | null;
	/** Of an item; null for a query. */
	readonly url: string | null;
}

/** What editors set for search. Terms are kept as typed. */
export interface Rules {
	/** Groups of terms that mean the same, of any language. */
	readonly synonyms: readonly (readonly string[])[];
	readonly stopWords: readonly string[];
	/** `target` is `<type>/<slug>`. */
	readonly pins: readonly { readonly terms: readonly string[]; readonly target: string }[];
	readonly redirects: readonly { readonly terms: readonly string[]; readonly target: string }[];
}

export interface StoredHash {
	readonly locale: Locale;
	readonly id: string;
	readonly hash: string;
}

/** A document with the hash of its content, by which an engine is brought up to date. */
export interface HashedDocument {
	readonly document: SearchDocument;
	readonly hash: string;
}

export interface HashedRules {
	readonly rules: Rules;
	readonly hash: string;
}

export type OnProgress = (done: number) => void;

/** Finds documents. Writes come one after another (sync.ts sees to it); queries may come at any time and see all of a write or nothing. */
export interface SearchEngine {
	/** Puts these documents in the place of all others, at once: a query meanwhile is answered from the old ones. Progress counts documents taken in. */
	replaceAll(documents: Iterable<HashedDocument>, rules: HashedRules, onProgress?: OnProgress): Promise<void>;
	/** Takes other rules; left out where documents carry them, so that all must be put anew. */
	setRules?(rules: HashedRules): Promise<void>;
	upsert(documents: readonly HashedDocument[]): Promise<void>;
	remove(documents: readonly { readonly locale: Locale; readonly id: string }[]): Promise<void>;
	query(query: EngineQuery): Promise<EngineResult>;
	suggest(query: { readonly q: string; readonly locale: Locale; readonly limit: number }): Promise<readonly Suggestion[]>;
	/** What the engine holds, to compare with what it should hold; `rules` is the hash of its rules, null before the first {@link SearchEngine.replaceAll}. */
	contents(): Promise<{ readonly documents: readonly StoredHash[]; readonly rules: string | null }>;
	close(): Promise<void>;
}
