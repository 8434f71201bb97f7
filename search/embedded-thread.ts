import { parentPort, workerData } from 'node:worker_threads';

import type { Locale } from '#cms/content.ts';

import { createIndex, type EmbeddedIndex } from './embedded-index.ts';
import { type Attempt, attemptsOf, nearest, pinnedFor, present, redirectFor, runQuery } from './embedded-query.ts';
import { discard, openStore, type Store } from './embedded-store.ts';
import { runSuggest } from './embedded-suggest.ts';
import type { EngineQuery, EngineResult, HashedDocument, Hit, Rules, Suggestion } from './engine.ts';
import { narrow } from './facet.ts';
import type { Unit } from './query.ts';

/** How a query is to be put to another engine. */
export interface Plan {
	/** Null: there is no further way to read the query. */
	readonly attempt: Attempt | null;
	readonly redirect: string | null;
	/** Ids that editors put first, whether they pass the filters or not. */
	readonly pinned: readonly string[];
	/** Those of them that do, with their facets. */
	readonly kept: readonly string[];
	readonly facets: EngineResult['facets'];
}

const { store, index } = openIndex((workerData as { readonly file: string }).file);

/** A file that opens and then cannot be read is given up too. */
function openIndex(file: string): { store: Store; index: EmbeddedIndex } {
	const opened = openStore(file);
	try {
		return { store: opened, index: createIndex(opened) };
	} catch {
		opened.close();
		discard(file);
		const made = openStore(file);
		return { store: made, index: createIndex(made) };
	}
}

const methods = {
	begin: (): void => store.begin(),
	add: (documents: readonly HashedDocument[]): void => store.add(documents),
	optimise: (): boolean => store.optimise(),
	tidy: (): void => store.tidy(),
	abort: (): void => store.abort(),
	commit: (rules: Rules, rulesHash: string): void => {
		store.commit(rules, rulesHash);
		index.reload();
	},
	setRules: (rules: Rules, rulesHash: string): void => {
		store.setRules(rules, rulesHash);
		index.reload();
	},
	upsert: (documents: readonly HashedDocument[]): void => {
		store.upsert(documents);
		index.reload();
	},
	remove: (documents: readonly { readonly locale: Locale; readonly id: string }[]): void => {
		store.remove(documents);
		index.reload();
	},
	query: (query: EngineQuery): EngineResult => runQuery(store, index, query),
	suggest: (query: { readonly q: string; readonly locale: Locale; readonly limit: number }): Suggestion[] => runSuggest(store, index, query),
	contents: () => ({ documents: store.hashes(), rules: store.rules().hash }),
	plan: (query: EngineQuery, number: number): Plan => {
		const pinned = pinnedFor(query, index);
		const { kept, facets } = narrow(pinned, query.filters, index.of(query.locale).facets);
		const idsOf = (found: typeof pinned) => found.map(({ entry }) => entry.id);
		return {
			attempt: attemptsOf(query.q, query.locale, index).drop(number).next().value ?? null,
			redirect: redirectFor(query.q, index),
			pinned: idsOf(pinned),
			kept: idsOf(kept),
			facets,
		};
	},
	present: (locale: Locale, ids: readonly string[], units: readonly Unit[]): Hit[] => present(store, index.of(locale), ids, units),
	nearest: (locale: Locale, units: readonly Unit[]): Hit[] => nearest(store, index.of(locale), units),
	close: (): void => store.close(),
};

/** What the thread can be asked; every method answers when it is done. */
export type ThreadMethods = typeof methods;

parentPort?.on('message', ({ id, method, args }: { readonly id: number; readonly method: keyof ThreadMethods; readonly args: never }) => {
	try {
		const value = (methods[method] as (...args: unknown[]) => unknown)(...(args as unknown[]));
		parentPort?.postMessage({ id, value });
	} catch (error) {
		parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
	}
	if (method === 'close') parentPort?.close();
});
