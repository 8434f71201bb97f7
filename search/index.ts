/**
 * What can be found, and how: turns published content into documents, keeps an index of them, answers queries and suggestions.
 * Which content is published is for `cms` to say; what a query tells about a visitor is for `gating`. Text behind the gate is
 * found, and never leaves this folder.
 */
import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { SearchConfig } from '#config';
import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';
import { textsFor } from '#kernel/texts/index.ts';

import { type Assistance, embeddedEngine } from './embedded.ts';
import { DOCUMENT_TYPES, type EngineResult, FACETS, type FacetName, type Filters, type SearchEngine, type Suggestion } from './engine.ts';
import { withFallback } from './fallback.ts';
import { meilisearchEngine } from './meilisearch.ts';
import { createSync, type Progress } from './sync.ts';

export { DOCUMENT_TYPES, FACETS };
export type { DocumentType, FacetName, Highlight, Hit, Segment, Suggestion } from './engine.ts';

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

export interface SearchResult extends Omit<EngineResult, 'facets'> {
	readonly facets: Readonly<Record<FacetName, readonly Facet[]>>;
	readonly page: number;
	readonly pages: number;
}

export interface SearchStatus {
	readonly state: 'ok' | 'degraded' | 'down';
	readonly reason: string;
	/** Which engine answers at present. */
	readonly engine: 'embedded' | 'meilisearch';
	readonly documents: number;
	/** How far a whole new index has come, while the old one answers; null while none is built. */
	readonly building: Progress | null;
}

export interface Search {
	query(input: SearchInput): Promise<SearchResult>;
	suggest(input: { readonly q: string; readonly locale: Locale; readonly limit?: number | undefined }): Promise<readonly Suggestion[]>;
	/**
	 * Brings the index up to `snapshot`: what differs is written. With `changed`, the tags of a change, nothing is done where
	 * none of them concerns search.
	 */
	sync(snapshot: Snapshot, changed?: readonly string[]): Promise<void>;
	/** Builds the whole index anew from the present content, while the old one answers. */
	rebuild(onProgress?: (done: number, total: number) => void): Promise<void>;
	status(): SearchStatus;
	close(): Promise<void>;
}

export interface SearchDeps {
	readonly config: SearchConfig;
	readonly now: Now;
	readonly log: Log;
	readonly content: () => Snapshot;
	/** How long Meilisearch has for an answer before the embedded engine gives it; 300 unless given. */
	readonly timeoutMs?: number;
}

const MOST_HITS = 50;
const MOST_PAGES = 1_000;
const MEILISEARCH_TIMEOUT_MS = 300;
const NOT_FOUND_HERE = new Set(['site', 'forms', 'consents', 'banners', 'slots', 'mail_templates', 'dealers', 'offers']);

/** Opens the index at `config.file`, and Meilisearch before it where that is configured. Content comes with {@link Search.sync}. */
export function createSearch({ config, now, log, content, timeoutMs = MEILISEARCH_TIMEOUT_MS }: SearchDeps): Search {
	const embedded = embeddedEngine(config.file);
	const local = createSync(embedded, log);
	const remote = config.engine === 'meilisearch' ? remoteEngine(config, embedded, { now, log, content, timeoutMs }) : null;
	const engine: Pick<SearchEngine, 'query' | 'suggest'> = remote?.fallback ?? embedded;

	return Object.freeze<Search>({
		query: async ({ q, locale, sort = 'relevance', page = 1, limit = 10, ...input }) => {
			const size = whole(limit, 1, MOST_HITS);
			const filters = Object.fromEntries(FACETS.flatMap((name) => (input[name]?.length ? [[name, input[name]]] : []))) as Filters;
			const result = await engine.query({ q, locale, filters, sort, page: whole(page, 1, MOST_PAGES), limit: size });
			return {
				...result,
				facets: named(result.facets, filters, content(), locale),
				page: whole(page, 1, MOST_PAGES),
				pages: Math.max(1, Math.ceil(result.total / size)),
			};
		},
		suggest: ({ q, locale, limit = 8 }) => engine.suggest({ q, locale, limit: whole(limit, 1, 20) }),
		sync: async (snapshot, changed) => {
			if (changed?.every((tag) => NOT_FOUND_HERE.has(tag.split(':')[0]!))) return;
			void remote?.sync.bring(snapshot).catch((error: unknown) => log.warn({ err: error }, 'Meilisearch could not be brought up to date'));
			await local.bring(snapshot);
		},
		rebuild: async (onProgress) => {
			await local.rebuild(content(), onProgress);
			await remote?.sync.rebuild(content());
		},
		status: () => {
			const trouble = remote?.fallback.trouble() ?? null;
			const answers = remote !== null && trouble === null ? 'meilisearch' : 'embedded';
			const building = local.progress() ?? remote?.sync.progress() ?? null;
			const being = building ? `the index is being built: ${building.done} of ${building.total}` : 'the index is being built';
			const reason = trouble === null ? (local.isCurrent() ? '' : being) : `Meilisearch: ${trouble}`;
			return { state: reason === '' ? 'ok' : 'degraded', reason, engine: answers, documents: local.documents(), building };
		},
		close: async () => {
			await embedded.close();
		},
	});
}

function remoteEngine(
	config: Extract<SearchConfig, { engine: 'meilisearch' }>,
	assistance: Assistance & SearchEngine,
	{ now, log, content, timeoutMs }: Required<Omit<SearchDeps, 'config'>>,
) {
	const primary = meilisearchEngine({ url: config.url, key: config.key, queryTimeoutMs: timeoutMs, assistance });
	const sync = createSync(primary, log);
	const fallback = withFallback({
		primary,
		secondary: assistance,
		isCurrent: sync.isCurrent,
		onRetry: () => void sync.bring(content()).catch((error: unknown) => log.warn({ err: error }, 'Meilisearch could not be brought up to date')),
		timeoutMs,
		now,
		log,
	});
	return { sync, fallback };
}

function named(facets: EngineResult['facets'], filters: Filters, snapshot: Snapshot, locale: Locale): SearchResult['facets'] {
	const types = textsFor(locale).search.types;
	const labels = new Map<string, string>([
		...DOCUMENT_TYPES.map((type) => [`type/${type}`, types[type]] as const),
		...snapshot.terms.map((term) => [`${term.kind}/${term.slug}`, inLocale(term.name, locale)] as const),
		...snapshot.categories.map((category) => [`category/${category.slug}`, inLocale(category.name, locale)] as const),
	]);
	const entries = FACETS.map((name) => {
		const counts = facets[name];
		const chosen = filters[name] ?? [];
		const empty = chosen.filter((value) => !counts.some((one) => one.value === value)).map((value) => ({ value, count: 0 })); // so that it can be unchosen
		const all = [...counts, ...empty];
		return [
			name,
			(name === 'date' ? all.sort((a, b) => Number(b.value) - Number(a.value)) : all).map(({ value, count }) => ({
				value,
				count,
				label: labels.get(`${name}/${value}`) ?? value,
				isChosen: chosen.includes(value),
			})),
		];
	});
	return Object.fromEntries(entries) as SearchResult['facets'];
}

function whole(value: number, least: number, most: number): number {
	return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value))) : least;
}
