import { type EnqueuedTaskPromise, Meilisearch, MeilisearchApiError, type MultiSearchQuery } from 'meilisearch';

import { type Locale, LOCALES } from '#cms/content.ts';

import { chunksOf } from './chunk.ts';
import type { Assistance } from './embedded.ts';
import {
	type EngineQuery,
	type EngineResult,
	FACETS,
	type FacetCount,
	type FacetName,
	type HashedDocument,
	type Rules,
	type SearchEngine,
	type StoredHash,
} from './engine.ts';
import { sortedCounts } from './facet.ts';
import { filterOf, MEILISEARCH_LOCALE, type MeilisearchRecord, recordOf, settingsOf, wordsFor } from './meilisearch-record.ts';
import { type Lexicon, lexiconOf, NO_RULES } from './rules.ts';

export interface MeilisearchDeps {
	readonly url: string;
	/** A key that may search, and write documents, indexes and settings. */
	readonly key: string;
	readonly queryTimeoutMs: number;
	/** Reads queries and shows hits, so that text behind the gate never has to leave Meilisearch. */
	readonly assistance: Assistance;
}

const INDEX: Readonly<Record<Locale, string>> = { en: 'foyer_en', 'zh-CN': 'foyer_zh' };
const META = 'foyer_meta';
/** Raise it when records or settings change: the indexes are then built anew. */
const FORMAT = 2;
const CHUNK = 500;
const REQUEST_TIMEOUT_MS = 30_000;
/** A large index may take minutes to build. */
const TASK_TIMEOUT_MS = 900_000;

/** Search with a Meilisearch server: one index for each language, rebuilt beside the old one and swapped in. */
export function meilisearchEngine({ url, key, queryTimeoutMs, assistance }: MeilisearchDeps): SearchEngine {
	const asking = new Meilisearch({ host: url, apiKey: key, timeout: queryTimeoutMs });
	const writing = new Meilisearch({ host: url, apiKey: key, timeout: REQUEST_TIMEOUT_MS, defaultWaitOptions: { timeout: TASK_TIMEOUT_MS } });
	let lexicon: Lexicon | null = null;
	/** Rules are read back once after a start: documents that come one by one need them too. */
	const rules = async (): Promise<Lexicon> => (lexicon ??= lexiconOf((await readMeta(writing))?.rules ?? NO_RULES));

	return Object.freeze<SearchEngine>({
		replaceAll: async (documents, { rules: given, hash }, onProgress) => {
			const next = lexiconOf(given);
			for (const locale of LOCALES) await makeEmpty(writing, locale);
			let taken = 0;
			for (const chunk of chunksOf(documents, CHUNK)) {
				await addTo(writing, (locale) => `${INDEX[locale]}_new`, chunk, next);
				onProgress?.((taken += chunk.length));
			}
			for (const locale of LOCALES) await ensure(writing, INDEX[locale]);
			await succeeded(writing.swapIndexes(LOCALES.map((locale) => ({ indexes: [INDEX[locale], `${INDEX[locale]}_new`], rename: false }))));
			for (const locale of LOCALES) await succeeded(writing.deleteIndex(`${INDEX[locale]}_new`));
			await writeMeta(writing, given, hash);
			lexicon = next;
		},
		upsert: async (documents) => addTo(writing, (locale) => INDEX[locale], documents, await rules()),
		remove: async (documents) => {
			for (const locale of LOCALES) {
				const ids = documents.filter((document) => document.locale === locale).map(({ id }) => id);
				if (ids.length > 0) await succeeded(writing.index(INDEX[locale]).deleteDocuments(ids));
			}
		},
		query: (query) => ask(asking, assistance, query),
		suggest: (query) => assistance.suggest(query),
		contents: async () => {
			const documents: StoredHash[] = [];
			for (const locale of LOCALES) documents.push(...(await hashesIn(writing, locale)));
			return { documents, rules: (await readMeta(writing))?.hash ?? null };
		},
		close: () => Promise.resolve(),
	});
}

/** Puts the readings of a query to Meilisearch until one is answered. */
async function ask(client: Meilisearch, assistance: Assistance, query: EngineQuery): Promise<EngineResult> {
	const isBrowsing = query.q.trim() === '';
	for (let number = 0; ; number++) {
		const { attempt, redirect, pinned, kept, facets: pinnedFacets } = await assistance.plan(query, number);
		if (attempt === null && !isBrowsing) {
			const first = await assistance.plan(query, 0);
			const nearest = kept.length > 0 || first.attempt === null ? [] : await assistance.nearest(query.locale, first.attempt.units);
			const hits = query.page === 1 ? await assistance.present(query.locale, kept, first.attempt?.units ?? []) : [];
			return { hits, total: kept.length, facets: pinnedFacets, didYouMean: null, redirect, nearest };
		}
		const units = attempt?.units ?? [];
		const found = await search(client, query, wordsFor(units), pinned, kept.length);
		if (found.isAnswered || isBrowsing) {
			const start = (query.page - 1) * query.limit;
			const ids = [...kept.slice(start, start + query.limit), ...found.ids];
			return {
				hits: await assistance.present(query.locale, ids, units),
				total: found.total + kept.length,
				facets: summed(found.facets, pinnedFacets),
				didYouMean: attempt?.isCorrected ? attempt.q : null,
				redirect,
				nearest: [],
			};
		}
	}
}

interface Answer {
	readonly ids: readonly string[];
	readonly total: number;
	readonly facets: EngineResult['facets'];
	/** True when anything matches the words, whether it passes the filters or not. */
	readonly isAnswered: boolean;
}

/** One request: the hits; then for each facet in use its counts without its own filter; then whether the words match at all. */
async function search(
	client: Meilisearch,
	{ locale, filters, sort, page, limit, q }: EngineQuery,
	words: string,
	pinned: readonly string[],
	first: number,
): Promise<Answer> {
	const used = FACETS.filter((name) => (filters[name]?.length ?? 0) > 0);
	const shared = {
		indexUid: INDEX[locale],
		q: words,
		matchingStrategy: 'all',
		locales: [MEILISEARCH_LOCALE[locale]],
		attributesToRetrieve: ['id'],
	} as const;
	const narrowed = (filter: string | null) => (filter === null ? {} : { filter });
	const start = (page - 1) * limit;
	const order = sort === 'newest' || q.trim() === '' ? { sort: ['publishedAt:desc'] } : {};
	const queries: MultiSearchQuery[] = [
		{
			...shared,
			...narrowed(filterOf(filters, pinned)),
			...order,
			facets: [...FACETS],
			offset: Math.max(0, start - first),
			limit: Math.max(0, limit - Math.max(0, first - start)),
		} as unknown as MultiSearchQuery,
		...used.map(
			(name) => ({ ...shared, ...narrowed(filterOf({ ...filters, [name]: [] }, pinned)), facets: [name], limit: 0 }) as unknown as MultiSearchQuery,
		),
		...(used.length === 0 ? [] : [{ ...shared, limit: 0 } as unknown as MultiSearchQuery]),
	];
	const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, { id: string }>({ queries });
	const [main, ...others] = results;
	const total = main?.estimatedTotalHits ?? 0;
	const counts = (name: FacetName): FacetCount[] =>
		sortedCounts(Object.entries(others[used.indexOf(name)]?.facetDistribution?.[name] ?? main?.facetDistribution?.[name] ?? {}));
	return {
		ids: main?.hits.map(({ id }) => id) ?? [],
		total,
		facets: Object.fromEntries(FACETS.map((name) => [name, counts(name)])) as Record<FacetName, FacetCount[]>,
		isAnswered: total > 0 || (others.at(-1)?.estimatedTotalHits ?? 0) > 0,
	};
}

function summed(a: EngineResult['facets'], b: EngineResult['facets']): EngineResult['facets'] {
	const sums = FACETS.map((name) => {
		const counts = new Map(a[name].map(({ value, count }) => [value, count]));
		for (const { value, count } of b[name]) counts.set(value, (counts.get(value) ?? 0) + count);
		return [name, sortedCounts(counts)];
	});
	return Object.fromEntries(sums) as EngineResult['facets'];
}

async function makeEmpty(client: Meilisearch, locale: Locale): Promise<void> {
	const name = `${INDEX[locale]}_new`;
	await client.deleteIndexIfExists(name);
	await ensure(client, name);
	await succeeded(client.index(name).updateSettings(settingsOf(locale)));
}

async function addTo(
	client: Meilisearch,
	indexOf: (locale: Locale) => string,
	documents: readonly HashedDocument[],
	lexicon: Lexicon,
): Promise<void> {
	for (const locale of LOCALES) {
		const records = documents.filter(({ document }) => document.locale === locale).map((document) => recordOf(document, lexicon));
		if (records.length > 0) await succeeded(client.index<MeilisearchRecord>(indexOf(locale)).addDocuments(records, { primaryKey: 'id' }));
	}
}

async function ensure(client: Meilisearch, name: string): Promise<void> {
	const exists = (await orNull(client.getRawIndex(name))) !== null;
	if (!exists) await succeeded(client.createIndex(name, { primaryKey: 'id' }));
}

async function hashesIn(client: Meilisearch, locale: Locale): Promise<StoredHash[]> {
	const hashes: StoredHash[] = [];
	for (let offset = 0; ; offset += CHUNK) {
		const page = await orNull(client.index<MeilisearchRecord>(INDEX[locale]).getDocuments({ fields: ['id', 'hash'], limit: CHUNK, offset }));
		for (const { id, hash } of page?.results ?? []) hashes.push({ locale, id, hash });
		if (page === null || offset + CHUNK >= page.total) return hashes;
	}
}

interface Meta {
	readonly id: 'rules';
	readonly format: number;
	readonly hash: string;
	readonly rules: Rules;
}

/** Null when there is no index, or one whose records are made otherwise. */
async function readMeta(client: Meilisearch): Promise<Meta | null> {
	const meta = await orNull(client.index<Meta>(META).getDocument<Meta>('rules'));
	return meta?.format === FORMAT ? meta : null;
}

async function writeMeta(client: Meilisearch, rules: Rules, hash: string): Promise<void> {
	await ensure(client, META);
	await succeeded(client.index<Meta>(META).addDocuments([{ id: 'rules', format: FORMAT, hash, rules }]));
}

/** Waits for a task; Meilisearch's client takes a failed one for done. */
async function succeeded(enqueued: EnqueuedTaskPromise): Promise<void> {
	const task = await enqueued.waitTask();
	if (task.status !== 'succeeded') throw new Error(`Meilisearch could not do ${task.type}: ${task.error?.message ?? task.status}`);
}

/** Null where the index or document does not exist. */
async function orNull<T>(request: Promise<T>): Promise<T | null> {
	try {
		return await request;
	} catch (error) {
		if (error instanceof MeilisearchApiError && error.response.status === 404) return null;
		throw error;
	}
}
