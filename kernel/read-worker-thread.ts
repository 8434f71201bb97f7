import { parentPort, workerData } from 'node:worker_threads';

import { openSqliteReader } from './database-sqlite.ts';
import type { Handle } from './database.ts';

interface Question {
	readonly id: number;
	readonly module: string;
	readonly name: string;
	readonly params: unknown;
}

const { handle } = openSqliteReader((workerData as { file: string }).file);
let tail: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (question: Question) => {
	tail = tail.then(() => answer(question));
});

async function answer({ id, module, name, params }: Question): Promise<void> {
	try {
		const exported = (await import(module)) as Record<string, (read: Handle, params: unknown) => Promise<unknown>>;
		const query = exported[name];
		if (!query) throw new Error(`${module} exports no ${name}`);
		parentPort?.postMessage({ id, result: await query(handle, params) });
	} catch (error) {
		parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
	}
}
