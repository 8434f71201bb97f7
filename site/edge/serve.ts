import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { App } from '#app';
import { createApi } from '#site/api/app.ts';
import { createChoosers } from '#site/personal/choosers.ts';

import type { PageHandler } from './collect.ts';
import { collectAtRest } from './rest.ts';
import { createHubServer, type HubServer } from './server.ts';

/** Connections that may wait to be taken; the system's own default drops some when thousands come at once. */
const BACKLOG = 4_096;

/**
 * Serves the app with the pages built into `dist`; resolves when it listens.
 *
 * @throws Error with one sentence for people when the site is not built or the port cannot be had.
 */
export async function serveApp(app: App, dist: string): Promise<HubServer> {
	const { host, port } = app.config.server;
	const hub = createHubServer({
		app,
		pages: await builtPages(dist),
		api: createApi(app),
		choosers: createChoosers(app),
		staticFolders: [join(dist, 'client')],
	});
	await new Promise<void>((resolve, reject) => {
		hub.server.once('error', (error: NodeJS.ErrnoException) => {
			reject(
				new Error(
					error.code === 'EADDRINUSE'
						? `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`
						: `The hub cannot listen on ${host}:${port} (${error.code ?? 'unknown'}).`,
					{ cause: error },
				),
			);
		});
		hub.server.listen({ port, host, backlog: BACKLOG }, resolve);
	});
	let requests = 0;
	hub.server.on('request', () => void requests++);
	const endCollecting = collectAtRest(() => requests);
	hub.server.once('close', endCollecting);
	return hub;
}

async function builtPages(dist: string): Promise<PageHandler> {
	const entry = pathToFileURL(join(dist, 'server', 'entry.mjs')).href;
	try {
		const { handler } = (await import(entry)) as { readonly handler: PageHandler };
		return handler;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
		throw new Error('The site is not built: run "npm run build" first, or "npm start", which does it.', { cause: error });
	}
}
