import { resolve } from 'node:path';

import { type Config, loadConfig } from '#config';
import { describeAccounts, startHub } from '#hub';
import { serveApp } from '#site/edge/serve.ts';

import { startLoop } from './worker.ts';

const DIST = resolve(import.meta.dirname, 'dist');

try {
	await main();
} catch (error) {
	console.error(`foyer: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}

/** Brings the hub up, serves it, and ends it in order: requests, then work in hand, then Directus and the database. */
async function main(): Promise<void> {
	const config = loadConfig(process.env);
	const hub = await startHub(config, { onStep: (name) => console.error(`  ${name} …`) });
	const { log } = hub.app;
	const server = await serveApp(hub.app, DIST);
	const loop = startLoop(hub.app);

	let isStopping = false;
	const stop = (why: string, code = 0): void => {
		if (isStopping) return;
		isStopping = true;
		log.info({ why }, 'stopping');
		const ending = (async () => {
			await server.stop();
			await loop.stop();
			await hub.stop();
		})();
		ending.then(
			() => process.exit(code),
			(error: unknown) => {
				log.error({ err: error }, 'the hub did not stop in order');
				process.exit(1);
			},
		);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
	process.on('disconnect', () => stop('the parent process is gone'));
	process.on('message', (message) => {
		if (message === 'stop') stop('asked by the parent process');
	});
	process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was not waited for'));
	process.on('uncaughtException', (error) => {
		log.error({ err: error }, 'an error nobody caught');
		stop('an error nobody caught', 1);
	});

	const { publicUrl } = config.server;
	const report = {
		site: publicUrl,
		console: `${publicUrl}/console`,
		directus: config.cms.publicUrl,
		seconds: Math.round(process.uptime() * 10) / 10,
	};
	process.send?.({ ready: report });
	console.log(
		`\nFoyer is ready after ${report.seconds} s.\n  Site      ${report.site}\n  Console   ${report.console}\n  Directus  ${report.directus}\n  Stage     ${stageOf(config, hub.app.config)}\n`,
	);
	hub.content.then(
		({ firstAccounts }) => {
			if (firstAccounts.length > 0) console.log(describeAccounts(firstAccounts));
		},
		() => undefined, // logged by the hub
	);
}

/** Where live stages are, for people. */
function stageOf(asked: Config, { rooms }: Config): string {
	if (rooms.kind !== 'livekit') return 'none: recordings and simulive only (no livekit-server on the PATH, and no LIVEKIT_URL)';
	return asked.rooms.kind === 'child' ? `${rooms.url}, by ${asked.rooms.program}, for browsers on this machine only` : rooms.url;
}
