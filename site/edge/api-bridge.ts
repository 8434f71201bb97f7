import { holderOf } from '#site/api/auth.ts';

import { BODY_LIMIT_BYTES, FORM_LIMIT_BYTES, LIST_LIMIT_BYTES, LIST_PATHS, readBody } from './body.ts';
import { type Exchange, localeOf, sendAnswer } from './exchange.ts';
import type { RateName } from './limit.ts';
import { limitKeyOf, networkOf } from './network.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod, refuseTooLarge } from './refuse.ts';

export const API_PREFIX = '/api/v1/';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const FORM_PATH = /^\/api\/v1\/(?:forms\/[^/]+\/submissions|webinars\/[^/]+\/registrations|codes|passes)$/;

/** Hands a request to the API as a web request, its body read within limits, and its answer back. */
export function createApiBridge({ app, api, limits, network }: EdgeParts): (exchange: Exchange) => Promise<void> {
	const { publicUrl } = app.config.server;

	return async (exchange) => {
		const { req, path, search, method, id } = exchange;
		if (!METHODS.split(', ').includes(method)) return refuseMethod(exchange, METHODS);
		const address = network.addressOf(req);
		const isTokenHolder = holderOf(app, req.headers.authorization) !== null;
		const waitSeconds = limits.take(rateOf(method, path), limitKeyOf(address), isTokenHolder);
		if (waitSeconds > 0) return refuse(exchange, 'slow-down', { 'retry-after': waitSeconds });

		const hasBody = method !== 'GET' && method !== 'HEAD';
		const body = hasBody ? await readBody(req, limitOf(path, isTokenHolder)) : null;
		if (body?.status === 'aborted') return;
		if (body?.status === 'too-large') return refuseTooLarge(exchange);

		const request = new Request(publicUrl + path + search, { method, headers: headersOf(exchange), body: body ? new Uint8Array(body.bytes) : null });
		const response = await api(request, {
			requestId: id,
			network: networkOf(address),
			limitKey: limitKeyOf(address),
			locale: localeOf(path, req.headers['accept-language']),
			isSecure: network.isSecure(req),
		});
		const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie' && name !== 'content-length'));
		const all = { 'cache-control': 'no-store', ...headers, 'set-cookie': response.headers.getSetCookie() };
		sendAnswer(exchange, response.status, all, new Uint8Array(await response.arrayBuffer()));
	};
}

/** Lists are long: only who holds the token, which is known before a body is read, may send one whole. */
function limitOf(path: string, isTokenHolder: boolean): number {
	if (path === LIST_PATHS.api && isTokenHolder) return LIST_LIMIT_BYTES;
	return FORM_PATH.test(path) ? FORM_LIMIT_BYTES : BODY_LIMIT_BYTES;
}

function rateOf(method: string, path: string): RateName {
	if (path.startsWith('/api/v1/search')) return 'search';
	return method === 'POST' && FORM_PATH.test(path) ? 'forms' : 'api';
}

function headersOf({ req }: Exchange): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(req.headers)) {
		if (value !== undefined && name !== 'host' && name !== 'connection') headers.set(name, Array.isArray(value) ? value.join(', ') : value);
	}
	// sendBeacon says text/plain, and some clients nothing; origins were checked, so no type is needed as a guard.
	if (/^(?:text\/plain\b|$)/.test(headers.get('content-type') ?? '')) headers.set('content-type', 'application/json');
	return headers;
}
