import { Worker } from 'node:worker_threads';

import { createCache } from './cache.ts';
import { chunksOf } from './chunk.ts';
import type { ThreadMethods } from './embedded-thread.ts';
import type { EngineQuery, EngineResult, SearchEngine, Suggestion } from './engine.ts';

type Call = <M extends keyof ThreadMethods>(method: M, ...args: Parameters<ThreadMethods[M]>) => Promise<ReturnType<ThreadMethods[M]>>;

/** What another engine borrows from this one: reading queries, and showing hits without what is behind the gate. */
export interface Assistance {
	plan(...args: Parameters<ThreadMethods['plan']>): Promise<ReturnType<ThreadMethods['plan']>>;
	present(...args: Parameters<ThreadMethods['present']>): Promise<ReturnType<ThreadMethods['present']>>;
	suggest(query: Parameters<ThreadMethods['suggest']>[0]): Promise<readonly Suggestion[]>;
	nearest(...args: Parameters<ThreadMethods['nearest']>): Promise<ReturnType<ThreadMethods['nearest']>>;
}

/** Hits that remembered results may hold together: about eight megabytes. */
const CACHED_HITS = 4_000;
/** Documents that the thread takes in before it looks at queries again. */
const CHUNK = 50;

/**
 * The search engine that comes with the hub: SQLite's FTS5 over folded words, each Han character a word of its own, in a
 * worker thread. The file at `file` is a copy of the published content and is made anew when it cannot be read.
 */
export function embeddedEngine(file: string): SearchEngine & Assistance {
	const { call, close } = startThread(file);
	const results = createCache<EngineResult>(CACHED_HITS, ({ hits }) => hits.length + 1);
	const changing = async <T>(change: Promise<T>): Promise<T> => {
		try {
			return await change;
		} finally {
			results.clear();
		}
	};

	return Object.freeze<SearchEngine & Assistance>({
		replaceAll: async (documents, rules, onProgress) => {
			await call('begin');
			try {
				let done = 0;
				for (const chunk of chunksOf(documents, CHUNK)) {
					await call('add', chunk);
					onProgress?.((done += chunk.length));
				}
				while (await call('optimise'));
			} catch (error) {
				await call('abort');
				throw error;
			}
			await changing(call('commit', rules.rules, rules.hash));
			await call('tidy');
		},
		setRules: ({ rules, hash }) => changing(call('setRules', rules, hash)),
		upsert: (documents) => changing(call('upsert', documents)),
		remove: (documents) => changing(call('remove', documents)),
		query: (query: EngineQuery) => results.of(JSON.stringify(query), () => call('query', query)),
		suggest: (query) => call('suggest', query),
		contents: () => call('contents'),
		plan: (...args) => call('plan', ...args),
		present: (...args) => call('present', ...args),
		nearest: (...args) => call('nearest', ...args),
		close,
	});
}

function startThread(file: string): { call: Call; close: () => Promise<void> } {
	let worker: Worker | null = null;
	let lastId = 0;
	let isClosed = false;
	const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();

	const lose = (lost: Worker, reason: string): void => {
		if (worker !== lost) return;
		worker = null;
		for (const { reject } of waiting.values()) reject(new Error(reason));
		waiting.clear();
	};
	const start = (): Worker => {
		const made = new Worker(new URL('./embedded-thread.ts', import.meta.url), {
			workerData: { file },
			resourceLimits: { maxYoungGenerationSizeMb: 8 },
		});
		made.unref();
		made.on('message', ({ id, value, error }: { readonly id: number; readonly value: unknown; readonly error?: string }) => {
			const caller = waiting.get(id);
			waiting.delete(id);
			if (error === undefined) caller?.resolve(value as never);
			else caller?.reject(new Error(error));
			if (waiting.size === 0) made.unref();
		});
		made.on('error', (error) => lose(made, error instanceof Error ? error.message : String(error)));
		made.on('exit', () => lose(made, 'the search thread stopped'));
		return made;
	};
	const call: Call = (method, ...args) =>
		new Promise((resolve, reject) => {
			if (isClosed) return reject(new Error('search is closed'));
			worker ??= start();
			worker.ref();
			const id = ++lastId;
			waiting.set(id, { resolve: resolve as (value: never) => void, reject });
			worker.postMessage({ id, method, args });
		});

	return {
		call,
		close: async () => {
			if (isClosed) return;
			if (worker !== null) await call('close');
			isClosed = true;
			await worker?.terminate();
		},
	};
}
