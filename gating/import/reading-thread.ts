import { parentPort, workerData } from 'node:worker_threads';

import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import type { PrepareOptions } from './prepare.ts';
import { type KnownPerson, openReading, type Reading, type ReadingStart } from './reading.ts';

/** What the main thread asks of the reading. */
export type Question =
	| { readonly kind: 'inspect' }
	| { readonly kind: 'skip'; readonly options: PrepareOptions; readonly count: number }
	| { readonly kind: 'next'; readonly options: PrepareOptions; readonly size: number }
	| { readonly kind: 'resolve'; readonly options: PrepareOptions; readonly people: readonly KnownPerson[] };

const start = workerData as ReadingStart;
const ring = start.ring.map(({ id, key }) => ({ id, key: Buffer.from(key) }));
const keys = createKeys(ring, systemRandom);
let reading: Reading | null = null;

parentPort?.on('message', ({ id, question }: { readonly id: number; readonly question: Question }) => {
	try {
		reading ??= openReading(keys, systemRandom, start);
		parentPort?.postMessage({ id, result: answer(reading, question) });
	} catch (error) {
		parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
	}
});

function answer(open: Reading, question: Question): unknown {
	switch (question.kind) {
		case 'inspect':
			return open.inspect();
		case 'skip':
			return open.skip(question.options, question.count);
		case 'next':
			return open.next(question.options, question.size);
		case 'resolve':
			return open.resolve(question.options, question.people);
	}
}
