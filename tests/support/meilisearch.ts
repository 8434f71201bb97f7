import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const START_LIMIT_MS = 30_000;

export interface MeilisearchServer {
	readonly url: string;
	readonly key: string;
	/** Leaves connections unanswered from then on, as a hanging server does. */
	freeze(): void;
	thaw(): void;
	stop(): Promise<void>;
}

/** Starts a Meilisearch of its own on the loopback, with a master key and a new database in a temporary folder. */
export async function startMeilisearch(binary: string): Promise<MeilisearchServer> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-meilisearch-'));
	const port = await freePort();
	const key = 'a-master-key-for-tests-only';
	const server = spawn(
		binary,
		[
			'--no-analytics',
			'--http-addr',
			`127.0.0.1:${port}`,
			'--db-path',
			join(folder, 'data'),
			'--master-key',
			key,
			'--env',
			'development',
			'--max-indexing-threads',
			'1',
		],
		{ cwd: folder, stdio: 'ignore' },
	);
	const url = `http://127.0.0.1:${port}`;
	const deadline = performance.now() + START_LIMIT_MS;
	while (!(await isHealthy(url))) {
		if (server.exitCode !== null || performance.now() > deadline) throw new Error('Meilisearch did not start');
		await pause(50);
	}
	return {
		url,
		key,
		freeze: () => server.kill('SIGSTOP'),
		thaw: () => server.kill('SIGCONT'),
		stop: async () => {
			server.kill('SIGKILL');
			if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function isHealthy(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/health`)).ok;
	} catch {
		return false;
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
