import type { Locale, Snapshot } from '#cms/content.ts';
import type { SearchConfig } from '#config';
import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';

import type { EngineResult, FacetName, OnProgress, Suggestion } from './engine.ts';

export { DOCUMENT_TYPES, FACETS } from './engine.ts';
export type { DocumentType, FacetName, Highlight, Hit, OnProgress, Segment, Suggestion } from './engine.ts';

/** A query as the page and the API take it. Several values of one facet are alternatives. */
export interface SearchInput extends Readonly<Partial<Record<FacetName, readonly string[] | undefined>>> {
	readonly q: string;
	readonly locale: Locale;
	readonly sort?: 'relevance' | 'newest' | undefined;
	/** From 1. */
	readonly page?: number | undefined;
	/** Hits a page, 1 to 50; 10 unless given. */
	readonly limit?: number | undefined;
}

export interface Facet {
	readonly value: string;
	/** Its name in the reader's language. */
	readonly label: string;
	readonly count: number;
	readonly isChosen: boolean;
}

export interface SearchResult extends Omit<EngineResult, 'facets' | 'redirect'> {
	readonly facets: Readonly<Record<FacetName, readonly Facet[]>>;
	readonly page: number;
	readonly pages: number;
	/** Path that an editor set for this very query, or null. */
	readonly redirect: string | null;
}

export interface SearchStatus {
	readonly state: 'ok' | 'degraded' | 'down';
	readonly reason: string;
	/** Which engine answers now. */
	readonly engine: 'embedded' | 'meilisearch';
	readonly documents: number;
}

export interface Search {
	query(input: SearchInput): Promise<SearchResult>;
	suggest(input: { readonly q: string; readonly locale: Locale; readonly limit?: number | undefined }): Promise<readonly Suggestion[]>;
	/** Brings the index up to `snapshot`. With `changed` (tags `<collection>` or `<collection>:<id>`) only those are looked at. */
	sync(snapshot: Snapshot, changed?: readonly string[]): Promise<void>;
	/** Builds the whole index anew from the present content, while the old one answers. */
	rebuild(onProgress?: OnProgress): Promise<void>;
	status(): SearchStatus;
	close(): Promise<void>;
}

export interface SearchDeps {
	readonly config: SearchConfig;
	readonly now: Now;
	readonly log: Log;
	readonly content: () => Snapshot;
}
