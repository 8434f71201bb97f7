import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import type { PrintRequest } from './print-worker.ts';

/** Sets PDFs beside the main thread, one after the other. */
export interface Printer {
	/** @throws Error when the document cannot be set. */
	print(request: PrintRequest): Promise<Uint8Array>;
	close(): Promise<void>;
}

export function createPrinter(): Printer {
	const worker = new Worker(new URL('./print-worker.ts', import.meta.url));
	let tail: Promise<unknown> = Promise.resolve();
	return {
		print: (request) => {
			const run = tail.then(async () => {
				worker.postMessage(request);
				const [answer] = (await once(worker, 'message')) as [{ readonly bytes?: Uint8Array; readonly error?: string }];
				if (!answer.bytes) throw new Error(`a PDF could not be set: ${answer.error ?? 'no reason given'}`);
				return answer.bytes;
			});
			tail = run.catch(() => undefined);
			return run;
		},
		close: async () => {
			await worker.terminate();
		},
	};
}
