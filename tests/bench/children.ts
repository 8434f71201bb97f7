import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import type { HubQuestion, Usage } from './hub.ts';
import type { LoadOrder, LoadResult } from './load.ts';

/** A result with the processor time that the measured process took for each request, which other work on the machine hardly changes. */
export interface Measured extends LoadResult {
	readonly cpuMicros: number;
}

const children: ChildProcess[] = [];

/** Starts a part of the bench; {@link endChildren} ends it. */
export function start(file: string, env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): ChildProcess {
	const child = fork(join(import.meta.dirname, file), {
		env: { ...process.env, ...env },
		execArgv: [...flags, ...(process.env['BENCH_FLAGS'] ?? '').split(' ').filter(Boolean)],
	});
	children.push(child);
	return child;
}

export function endChildren(): void {
	for (const child of children.splice(0)) if (child.connected) child.disconnect();
}

/** The next message of a child. */
export function told<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const gone = (code: number | null): void => reject(new Error(`a part of the bench ended with ${code}`));
		child.once('exit', gone);
		child.once('message', (message) => {
			child.off('exit', gone);
			resolve(message as T);
		});
	});
}

export async function usage(server: ChildProcess): Promise<Usage> {
	server.send({ ask: 'usage' } satisfies HubQuestion);
	return told<Usage>(server);
}

/** Has `load` ask `server`. */
export async function measure(load: ChildProcess, server: ChildProcess, order: LoadOrder): Promise<Measured> {
	const before = await usage(server);
	load.send(order);
	const result = await told<LoadResult>(load);
	const cpuMs = (await usage(server)).cpuMs - before.cpuMs;
	return { ...result, cpuMicros: (cpuMs * 1_000) / (result.perSecond * result.seconds) };
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function line(name: string, value: string, limit: string, isOk: boolean, numbers: string): void {
	const verdict = limit === '' ? '' : isOk ? 'ok' : 'too slow';
	console.log(`  ${name.padEnd(50)} ${value.padStart(8)}  ${limit.padEnd(9)} ${verdict.padEnd(9)} ${numbers}`);
}
