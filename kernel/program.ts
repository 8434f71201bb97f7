/** Programs that run beside the hub and end with it: Directus, a media server, a search engine. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { createServer } from 'node:net';

import type { Log } from './log.ts';

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const HEALTHY_AFTER_MS = 60_000;

/**
 * Starts the program with its standard input held: when the hub ends, however it ends, the input closes and the program is ended. The shell
 * becomes the program, so that its process id is the program's. It is told more than once: in its first moments LiveKit overhears a signal.
 */
const WITH_PARENT = 'exec 3<&0; (cat <&3 >/dev/null; while kill $$; do sleep 1; done) >/dev/null 2>&1 & exec "$0" "$@" </dev/null 3<&-';

export interface ProgramInput {
	/** For the log. */
	readonly name: string;
	readonly program: string;
	readonly args?: readonly string[];
	readonly options?: Pick<SpawnOptions, 'cwd' | 'env'>;
	readonly log: Log;
}

/** Starts a program that ends when this process does. In a group of its own: Ctrl-C in a terminal reaches the hub alone. */
export function launchProgram({ name, program, args = [], options = {}, log }: ProgramInput): ChildProcess {
	const child = spawn('sh', ['-c', WITH_PARENT, program, ...args], { ...options, stdio: ['pipe', 'ignore', 'pipe'], detached: true });
	child.stdin?.on('error', () => undefined); // it ended first
	child.once('exit', () => child.stdin?.destroy());
	child.stderr?.on('data', (chunk: Buffer) => log.debug({}, `${name}: ${chunk.toString().trimEnd()}`));
	return child;
}

export interface KeptRunning {
	/** Ends the program and starts it no more. */
	stop(): Promise<void>;
}

/** Starts a program again with growing pauses whenever it dies; `first` runs already. `graceMs` as in {@link endProgram}. */
export function keepRunning(
	first: ChildProcess,
	launch: () => ChildProcess,
	{ name, graceMs, log }: { readonly name: string; readonly graceMs: number; readonly log: Log },
): KeptRunning {
	let child = first;
	let isStopping = false;
	let pauseMs = SHORTEST_PAUSE_MS;
	const watch = (watched: ChildProcess): void => {
		const startedAt = performance.now();
		watched.once('exit', (code, signal) => {
			if (isStopping) return;
			pauseMs = performance.now() - startedAt > HEALTHY_AFTER_MS ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
			log.error({ code, signal, retryMs: pauseMs }, `${name} ended; starting it again`);
			setTimeout(() => {
				if (!isStopping) watch((child = launch()));
			}, pauseMs).unref();
		});
	};
	watch(first);
	return {
		stop: async () => {
			isStopping = true;
			await endProgram(child, graceMs);
		},
	};
}

/** Asks a program to end, and ends it when it has not after `graceMs`. */
export async function endProgram(child: ChildProcess, graceMs: number): Promise<void> {
	if (hasEnded(child)) return;
	const gone = new Promise<void>((done) => child.once('exit', () => done()));
	child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
	await gone;
	clearTimeout(timer);
}

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** The TCP port of this machine that could be listened on: `port`, or for 0 one that is free. Rejects when somebody has it. */
export function freePort(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(port, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}
