import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { SearchConfig } from '#config';
import { systemRandom } from '#kernel/id.ts';
import type { Log } from '#kernel/log.ts';
import { keepSecret } from '#kernel/secrets.ts';

const HOST = '127.0.0.1';
const START_LIMIT_MS = 30_000;
const STOP_MS = 5_000;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const HEALTHY_AFTER_MS = 60_000;

/** The hub holds the standard input: when it ends, however it ends, the input closes and the program is told to end. The shell becomes the program. */
const WITH_PARENT = 'exec 3<&0; (cat <&3 >/dev/null; while kill $$; do sleep 1; done) >/dev/null 2>&1 & exec "$0" </dev/null 3<&-';

export interface MeilisearchChildInput {
	readonly program: string;
	/** Preferred port; another one is taken when it is not free. */
	readonly port: number;
	readonly dataFolder: string;
	/** The embedded index, which stays as fallback. */
	readonly file: string;
	readonly log: Log;
}

export interface RunningMeilisearch {
	readonly search: Extract<SearchConfig, { engine: 'meilisearch' }>;
	stop(): Promise<void>;
}

/**
 * A Meilisearch beside the hub, on the loopback, with a master key made once into the data folder. Started again with growing pauses when it
 * dies; meanwhile the embedded engine answers. Its database is a copy of the content: one that it cannot read, as after an upgrade, is made anew.
 *
 * @throws Error with one sentence for people when it does not come up.
 */
export async function startMeilisearch({ program, port: wanted, dataFolder, file, log }: MeilisearchChildInput): Promise<RunningMeilisearch> {
	const key = keepSecret(join(dataFolder, 'meilisearch.secret'), () => systemRandom(32).toString('base64url')).text;
	const port = await freePort(wanted);
	const folder = join(dataFolder, 'meilisearch');
	const url = `http://${HOST}:${port}`;
	const launch = (): ChildProcess => start({ program, port, key, folder, log });

	let child = launch();
	if (!(await comesUp(child, url))) {
		await end(child);
		rmSync(folder, { recursive: true, force: true });
		child = launch();
		if (!(await comesUp(child, url))) {
			await end(child);
			throw new Error(`${program} did not start on port ${port}: set MEILI_PORT to another port, or SEARCH_ENGINE=embedded to do without it.`);
		}
	}
	let isStopping = false;
	let pauseMs = SHORTEST_PAUSE_MS;
	const watch = (watched: ChildProcess): void => {
		const startedAt = performance.now();
		watched.once('exit', (code, signal) => {
			if (isStopping) return;
			pauseMs = performance.now() - startedAt > HEALTHY_AFTER_MS ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
			log.error({ code, signal, retryMs: pauseMs }, 'meilisearch ended; starting it again');
			setTimeout(() => {
				if (!isStopping) watch((child = launch()));
			}, pauseMs).unref();
		});
	};
	watch(child);
	return Object.freeze<RunningMeilisearch>({
		search: { engine: 'meilisearch', url, key, file },
		stop: async () => {
			isStopping = true;
			await end(child);
		},
	});
}

/** The key stands in the environment, where other users of the machine do not see it. In a group of its own: Ctrl-C in a terminal reaches the hub alone. */
function start({ program, port, key, folder, log }: { program: string; port: number; key: string; folder: string; log: Log }): ChildProcess {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const child = spawn('sh', ['-c', WITH_PARENT, program], {
		cwd: folder,
		stdio: ['pipe', 'ignore', 'pipe'],
		detached: true,
		env: {
			MEILI_MASTER_KEY: key,
			MEILI_HTTP_ADDR: `${HOST}:${port}`,
			MEILI_DB_PATH: join(folder, 'data'),
			MEILI_ENV: 'production',
			MEILI_NO_ANALYTICS: 'true',
			MEILI_LOG_LEVEL: 'WARN',
			MEILI_MAX_INDEXING_THREADS: '1',
		},
	});
	child.stdin?.on('error', () => undefined); // it ended first
	child.stderr?.on('data', (chunk: Buffer) => log.debug({}, `meilisearch: ${chunk.toString().trimEnd()}`));
	return child;
}

async function comesUp(child: ChildProcess, url: string): Promise<boolean> {
	const deadline = performance.now() + START_LIMIT_MS;
	while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
		const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
		if (answer?.ok) return true;
		await pause(50);
	}
	return false;
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise<void>((done) => child.once('exit', () => done()));
	child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
	await gone;
	clearTimeout(timer);
}

async function freePort(wanted: number): Promise<number> {
	return (await listens(wanted)) ?? (await listens(0)) ?? wanted;
}

function listens(port: number): Promise<number | null> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(null));
		probe.listen(port, HOST, () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}
