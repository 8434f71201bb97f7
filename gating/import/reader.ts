import { Worker } from 'node:worker_threads';

import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { PrepareOptions } from './prepare.ts';
import { type Batch, type Inspected, type KnownPerson, openReading, type Reading, type ReadingStart, type Resolved } from './reading.ts';
import type { Question } from './reading-thread.ts';

/** A file that a worker thread decodes, parses, cleans and encrypts. Close it in any case. */
export interface FileReader {
	inspect(): Promise<Inspected>;
	skip(options: PrepareOptions, count: number): Promise<void>;
	next(options: PrepareOptions, size: number): Promise<Batch>;
	resolve(options: PrepareOptions, people: readonly KnownPerson[]): Promise<readonly Resolved[]>;
	close(): Promise<void>;
}

interface Answer {
	readonly id: number;
	readonly result?: unknown;
	readonly error?: string;
}

/** A list so short is read at once: a thread takes longer to start. */
const SHORT_BYTES = 65_536;

export function openReader(keys: Keys, random: Random, start: Omit<ReadingStart, 'ring'>): FileReader {
	const size = start.parts.reduce((sum, { length }) => sum + length, 0);
	return size <= SHORT_BYTES ? readHere(openReading(keys, random, start)) : readApart({ ...start, ring: keys.forThread() });
}

function readHere(reading: Reading): FileReader {
	return Object.freeze<FileReader>({
		inspect: async () => reading.inspect(),
		skip: async (options, count) => reading.skip(options, count),
		next: async (options, size) => reading.next(options, size),
		resolve: async (options, people) => reading.resolve(options, people),
		close: async () => undefined,
	});
}

function readApart(start: ReadingStart): FileReader {
	const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), { workerData: start });
	const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	let lastId = 0;
	worker.unref();
	worker.on('message', ({ id, result, error }: Answer) => {
		const caller = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) caller?.resolve(result as never);
		else caller?.reject(new Error(error));
	});
	const fail = (error: Error): void => {
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
	};
	worker.on('error', fail);
	worker.on('exit', () => fail(new Error('the thread that reads the list stopped')));
	const ask = <T>(question: Question): Promise<T> =>
		new Promise((resolve, reject) => {
			const id = ++lastId;
			waiting.set(id, { resolve, reject });
			worker.postMessage({ id, question });
		});

	return Object.freeze<FileReader>({
		inspect: () => ask({ kind: 'inspect' }),
		skip: (options, count) => ask({ kind: 'skip', options, count }),
		next: (options, size) => ask({ kind: 'next', options, size }),
		resolve: (options, people) => (people.length === 0 ? Promise.resolve([]) : ask({ kind: 'resolve', options, people })),
		close: async () => {
			await worker.terminate();
		},
	});
}
