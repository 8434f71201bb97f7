/**
 * The HTTP edge: everything that is asked of the hub comes in here. It decides who may ask at all (host, origin, rate, size),
 * answers what is hot or long (events, streams, files, kept pages) itself, and hands the rest to the API and to the site.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { createApiBridge, API_PREFIX } from './api-bridge.ts';
import { createBeacon, EVENTS_PATH } from './beacon.ts';
import { mayBeSent } from './body.ts';
import { createBrochure } from './brochure.ts';
import { type ByteCache, createByteCache } from './byte-cache.ts';
import { createDownload } from './download.ts';
import { type Exchange, parseTarget } from './exchange.ts';
import { createPolicies } from './headers.ts';
import { createHostCheck, isSameOrigin } from './host.ts';
import { createLimits } from './limit.ts';
import { createLive, KEEP_ALIVE_MS, type Live, streamSlug } from './live.ts';
import { createMedia } from './media.ts';
import { createHealth, createMetrics, createMetricsPage } from './metrics.ts';
import { createNetwork, limitKeyOf } from './network.ts';
import { createPages, type Pages } from './pages.ts';
import type { EdgeDeps, EdgeParts } from './parts.ts';
import { ERROR_STYLE_PATH, refuse, refuseMethod, sendErrorStyle } from './refuse.ts';
import { createQueueStream, QUEUE_STREAM_PATH, type QueueStream } from './queue-stream.ts';
import { createSharePictures, type SharePictures } from './share-picture.ts';
import { createComposer } from './splice/compose.ts';
import { followBanners } from './site-banners.ts';
import { createStaticFiles } from './static.ts';
import { createStudioStream, studioOf, type StudioStream } from './studio-stream.ts';

const KNOWN_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const SAFE_METHODS = new Set(['GET', 'HEAD']);
const METHODS = new Set(KNOWN_METHODS.split(', '));
const STOP_WITHIN_MS = 8_000;
/** Personal invitations: nobody shall find out by trying which codes there are. */
const INVITATION = /^(?:\/zh-CN)?\/i\//;
const SEARCH = /^(?:\/zh-CN)?\/search\/?$/;
/** Paths that hold a token: logs keep what kind of link it was. */
const PERSONAL_LINK = /^((?:\/zh-CN)?\/(?:[bcdiju]|preview))\/.*/s;

export interface HubServer {
	readonly server: Server;
	readonly cache: ByteCache;
	readonly live: Live;
	/** Takes no new connections, ends streams, lets requests finish for {@link STOP_WITHIN_MS} at most. */
	stop(): Promise<void>;
}

/** A server that does not listen yet. */
export function createHubServer(deps: EdgeDeps): HubServer {
	const { app } = deps;
	const { publicUrl, trustedProxies, byteCacheBytes } = app.config.server;
	const nowMs = (): number => app.now().getTime();
	const parts: EdgeParts = {
		...deps,
		network: createNetwork(trustedProxies, publicUrl),
		limits: deps.limits ?? createLimits(nowMs),
		metrics: createMetrics(),
		marksSecret: randomBytes(16).toString('hex'),
	};
	const composer = createComposer(parts, deps.choosers ?? []);
	const cache = createByteCache({ limitBytes: byteCacheBytes, nowMs, dueMs: () => app.cms.snapshot().nextDueAt?.getTime() ?? null });
	const live = createLive(app);
	const queue = createQueueStream(app);
	const studio = createStudioStream(app);
	const sharePictures = createSharePictures(parts);
	const ends = [
		app.cms.onChange(({ tags }) => {
			cache.invalidate(tags);
			composer.invalidate(tags);
			void sharePictures.drawAhead(tags);
		}),
		// A winner stands in the page itself.
		app.gating.experiments.onDecided(() => cache.invalidate(['site'])),
		// Dates come from the copy of the schedule, which follows the content a moment later.
		app.webinars.onSchedule(() => {
			cache.invalidate(['webinars']);
			composer.invalidate(['webinars']);
		}),
		followBanners(app, cache),
	];
	const keepAlive = setInterval(() => {
		live.keepAlive();
		queue.keepAlive();
		studio.keepAlive();
	}, KEEP_ALIVE_MS).unref();
	let isStopping = false;

	const answer = createAnswer(parts, createPages(parts, cache, composer), cache, { live, queue, studio }, sharePictures, () => isStopping);
	const server = createServer((req, res) => {
		if (isStopping) res.shouldKeepAlive = false;
		answer(req, res);
	});
	server.keepAliveTimeout = 65_000;
	server.headersTimeout = 20_000;
	server.requestTimeout = 60_000;
	server.on('clientError', answerUnreadable);
	// A body that says it is too large is refused before it is sent.
	server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
		if (mayBeSent(req)) res.writeContinue();
		answer(req, res);
	});

	return Object.freeze<HubServer>({
		server,
		cache,
		live,
		stop: async () => {
			if (isStopping) return;
			isStopping = true;
			for (const end of ends) end();
			clearInterval(keepAlive);
			const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
			live.bye();
			queue.bye();
			studio.bye();
			server.closeIdleConnections();
			const bound = setTimeout(() => {
				server.closeAllConnections();
				live.cut();
			}, STOP_WITHIN_MS);
			await closed;
			clearTimeout(bound);
			await cache.settled();
		},
	});
}

/** The order of things: refusals first, then what is asked most. */
function createAnswer(
	parts: EdgeParts,
	pages: Pages,
	cache: ByteCache,
	{ live, queue, studio }: { readonly live: Live; readonly queue: QueueStream; readonly studio: StudioStream },
	sharePictures: SharePictures,
	isStopping: () => boolean,
): (req: IncomingMessage, res: ServerResponse) => void {
	const { app, metrics } = parts;
	const { publicUrl } = app.config.server;
	const policyOf = createPolicies(app.config);
	const isOurs = createHostCheck(publicUrl);
	const publicHost = new URL(publicUrl).host;
	const beacon = createBeacon(parts);
	const download = createDownload(parts);
	const media = createMedia(parts);
	const brochure = createBrochure(parts);
	const api = createApiBridge(parts);
	const files = createStaticFiles(parts.staticFolders);
	const health = createHealth(parts, isStopping);
	const metricsPage = createMetricsPage(parts, cache, live);
	const run = Date.now().toString(36);
	let count = 0;

	const route = (exchange: Exchange): void | Promise<void> => {
		const { req, path, method } = exchange;
		if (path === '/healthz' || path === '/readyz') return SAFE_METHODS.has(method) ? health(exchange) : refuseMethod(exchange, 'GET, HEAD');
		if (!isOurs(req)) return refuse(exchange, 'host');
		if (!METHODS.has(method)) return refuseMethod(exchange, KNOWN_METHODS);
		if (!SAFE_METHODS.has(method) && !isSameOrigin(req, publicUrl)) return refuse(exchange, 'cross-site');
		// From here on nobody sees another name than the public one: it could end up in links of kept pages.
		if (req.headers.host !== publicHost) req.headers.host = publicHost;

		if (path.startsWith(API_PREFIX)) {
			if (path === EVENTS_PATH) return beacon(exchange);
			const slug = streamSlug(path);
			return slug === null ? api(exchange) : live.handle(exchange, slug);
		}
		if (path.startsWith('/d/')) return download(exchange);
		if (path.startsWith('/b/')) return brochure(exchange);
		if (path.startsWith('/media/og/')) return sharePictures.handle(exchange);
		if (path.startsWith('/media/')) return media(exchange);
		if (path === '/metrics') return metricsPage(exchange);
		if (path === QUEUE_STREAM_PATH) return queue.handle(exchange);
		const hosted = studioOf(path);
		if (hosted !== null) return studio.handle(exchange, hosted);
		if (path === ERROR_STYLE_PATH) return sendErrorStyle(exchange);
		const rate = INVITATION.test(path) ? 'invitations' : SEARCH.test(path) ? 'search' : null;
		if (rate !== null) {
			const waitSeconds = parts.limits.take(rate, limitKeyOf(parts.network.addressOf(req)), false);
			if (waitSeconds > 0) return refuse(exchange, 'slow-down', { 'retry-after': waitSeconds });
		}
		const sent = files.handle(exchange);
		if (sent !== null) return sent;
		const kept = pages.sendKept(exchange);
		return kept === false ? pages.handle(exchange) : kept;
	};

	return (req, res) => {
		metrics.count('requests');
		const url = req.url ?? '/';
		const target = parseTarget(url);
		const id = `${run}-${(count += 1).toString(36)}`;
		const exchange: Exchange = {
			req,
			res,
			method: req.method ?? 'GET',
			...(target ?? { path: '/', search: '' }),
			id,
			policy: policyOf(target?.path ?? '/'),
		};
		const fail = (error: unknown): void => {
			if (res.destroyed || (error instanceof Error && error.name === 'AbortError')) return void res.destroy(); // the reader left
			metrics.count('failed');
			app.log.error({ err: error, requestId: id, method: exchange.method, path: exchange.path.replace(PERSONAL_LINK, '$1') }, 'a request failed');
			if (res.headersSent) res.destroy();
			else refuse(exchange, 'internal');
		};
		try {
			const answering = target ? route(exchange) : refuse(exchange, 'malformed');
			if (answering) answering.catch(fail);
		} catch (error) {
			fail(error);
		}
	};
}

/** What is no HTTP at all, or has headers without end. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const status =
		error.code === 'HPE_HEADER_OVERFLOW'
			? '431 Request Header Fields Too Large'
			: error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
				? '408 Request Timeout'
				: '400 Bad Request';
	socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
