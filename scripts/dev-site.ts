import { IncomingMessage, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';

import { type AstroIntegration, dev } from 'astro';

import type { App } from '#app';
import { createApi } from '#site/api/app.ts';
import type { PageHandler } from '#site/edge/collect.ts';
import { createHubServer } from '#site/edge/server.ts';
import { createChoosers } from '#site/personal/choosers.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Where Astro's server looks for the locals of a request. */
const LOCALS = Symbol.for('astro.locals');
/** Modules that Vite hands to browsers: what pages import, by its place in the repository, and Vite's own. */
const MODULES = /^\/(?:@|(?:site|kernel|node_modules)\/)/;

type ViteServer = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0]['server'];

export interface DevSite {
	stop(): Promise<void>;
}

/**
 * Serves the site from its sources: the edge and the API as in production, pages by Astro's development server, on one port with
 * Vite's modules and its socket. Pages are rendered at each request.
 */
export async function serveSources(app: App): Promise<DevSite> {
	const { host, port } = app.config.server;
	let vite: ViteServer | undefined;
	const taking: AstroIntegration = { name: 'foyer', hooks: { 'astro:server:setup': ({ server }) => void (vite = server) } };
	const unwatched = [join(app.config.dataFolder, '**'), ...['dist', '.cache', '.data', 'backups'].map((folder) => join(ROOT, folder, '**'))];
	const astro = await dev({
		root: ROOT,
		logLevel: 'warn',
		server: { host, port },
		integrations: [taking],
		vite: {
			clearScreen: false,
			server: {
				strictPort: true,
				watch: { ignored: unwatched },
				fs: { deny: ['.env', '.env.*', '*.{crt,pem,key,keys,secret}', '**/.git/**', ...unwatched] },
			},
		},
	});
	const pages: PageHandler = (req, res, _next, locals) => astro.handle(askAgain(req, locals), unkept(res));
	const edge = createHubServer({ app, pages, api: createApi(app), choosers: createChoosers(app), staticFolders: [join(ROOT, 'site', 'public')] });
	// Before all else, so that only what the edge hands on reaches Astro.
	vite?.middlewares.stack.unshift({
		route: '',
		handle: (req: IncomingMessage, res: ServerResponse, next: () => void) => {
			if (LOCALS in req || MODULES.test(req.url ?? '/')) next();
			else edge.server.emit('request', req, res);
		},
	});
	return Object.freeze<DevSite>({
		stop: async () => {
			await edge.stop();
			await astro.stop();
		},
	});
}

/** The request once more, with its locals and the body that the edge has read. It asks for a page: to Vite, `/search` could be a module. */
function askAgain(req: IncomingMessage, locals: object): IncomingMessage {
	const { method, url, rawHeaders } = req;
	const headers = { ...req.headers, 'sec-fetch-dest': 'document' };
	const again = Object.assign(new IncomingMessage(req.socket), { method, url, headers, rawHeaders, complete: true, [LOCALS]: locals });
	const { body } = req as { readonly body?: Uint8Array };
	if (body) again.push(body);
	again.push(null);
	return again;
}

/** Takes from an answer what would have it kept, and begins one that its writer only ends. */
function unkept(res: ServerResponse): ServerResponse {
	const writeHead = res.writeHead.bind(res) as (status: number, headers: object) => ServerResponse;
	const end = res.end.bind(res) as (...rest: unknown[]) => ServerResponse;
	let isBegun = false;
	const begin = (status: number, ...rest: unknown[]): ServerResponse => {
		isBegun = true;
		const given = (rest.find((part) => typeof part === 'object' && part !== null) ?? {}) as Readonly<Record<string, unknown>>;
		return writeHead(status, Object.fromEntries(Object.entries(given).filter(([name]) => name.toLowerCase() !== 'cache-tag')));
	};
	return Object.assign(res, {
		writeHead: begin,
		end: (...rest: unknown[]) => {
			if (!isBegun) begin(res.statusCode);
			return end(...rest);
		},
	});
}
