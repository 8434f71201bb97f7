import { Worker } from 'node:worker_threads';

import type { AnalyseQuery } from './database.ts';

interface Answer {
	readonly id: number;
	readonly result?: unknown;
	readonly error?: string;
}

/** One worker thread, started at first use, with its own read-only connection to `file`. Queries run one after another. */
export function createReadWorker(file: string): { run<P, R>(query: AnalyseQuery<P>): Promise<R>; close(): Promise<void> } {
	let worker: Worker | null = null;
	let lastId = 0;
	const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();

	const fail = (error: Error): void => {
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
		worker = null;
	};

	const start = (): Worker => {
		const made = new Worker(new URL('./read-worker-thread.ts', import.meta.url), { workerData: { file } });
		made.unref();
		made.on('message', ({ id, result, error }: Answer) => {
			const caller = waiting.get(id);
			waiting.delete(id);
			if (error === undefined) caller?.resolve(result as never);
			else caller?.reject(new Error(error));
		});
		made.on('error', fail);
		made.on('exit', () => fail(new Error('the read worker stopped')));
		return made;
	};

	return {
		run: <P, R>(query: AnalyseQuery<P>) =>
			new Promise<R>((resolve, reject) => {
				worker ??= start();
				const id = ++lastId;
				waiting.set(id, { resolve, reject });
				worker.postMessage({ id, module: query.module.href, name: query.name, params: query.params });
			}),
		close: async () => {
			await worker?.terminate();
		},
	};
}
