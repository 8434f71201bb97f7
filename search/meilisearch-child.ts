import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { SearchConfig } from '#config';
import { systemRandom } from '#kernel/id.ts';
import type { Log } from '#kernel/log.ts';
import { endProgram, freePort, hasEnded, keepRunning, launchProgram } from '#kernel/program.ts';
import { keepSecret } from '#kernel/secrets.ts';

const NAME = 'meilisearch';
const HOST = '127.0.0.1';
const START_LIMIT_MS = 30_000;
const STOP_MS = 5_000;

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
	const port = await freePort(wanted).catch(() => freePort(0));
	const folder = join(dataFolder, 'meilisearch');
	const url = `http://${HOST}:${port}`;
	const launch = (): ChildProcess => start({ program, port, key, folder, log });

	let child = launch();
	if (!(await comesUp(child, url))) {
		await endProgram(child, STOP_MS);
		rmSync(folder, { recursive: true, force: true });
		child = launch();
		if (!(await comesUp(child, url))) {
			await endProgram(child, STOP_MS);
			throw new Error(`${program} did not start on port ${port}: set MEILI_PORT to another port, or SEARCH_ENGINE=embedded to do without it.`);
		}
	}
	const { stop } = keepRunning(child, launch, { name: NAME, graceMs: STOP_MS, log });
	return Object.freeze<RunningMeilisearch>({ search: { engine: 'meilisearch', url, key, file }, stop });
}

/** The key stands in the environment, where other users of the machine do not see it. */
function start({ program, port, key, folder, log }: { program: string; port: number; key: string; folder: string; log: Log }): ChildProcess {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const env = {
		MEILI_MASTER_KEY: key,
		MEILI_HTTP_ADDR: `${HOST}:${port}`,
		MEILI_DB_PATH: join(folder, 'data'),
		MEILI_ENV: 'production',
		MEILI_NO_ANALYTICS: 'true',
		MEILI_LOG_LEVEL: 'WARN',
		MEILI_MAX_INDEXING_THREADS: '1',
	};
	return launchProgram({ name: NAME, program, options: { cwd: folder, env }, log });
}

async function comesUp(child: ChildProcess, url: string): Promise<boolean> {
	const deadline = performance.now() + START_LIMIT_MS;
	while (!hasEnded(child) && performance.now() < deadline) {
		const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
		if (answer?.ok) return true;
		await pause(50);
	}
	return false;
}
