import type { IncomingMessage, ServerResponse } from 'node:http';

import { type FlatHeaders, POLICY_NAMES } from './headers.ts';

/** One request and its answer. */
export interface Exchange {
	readonly req: IncomingMessage;
	readonly res: ServerResponse;
	readonly method: string;
	/** Path as sent, still percent-encoded. */
	readonly path: string;
	/** Query with its `?`, or `''`. */
	readonly search: string;
	/** Named in logs and in answers to errors. */
	readonly id: string;
	/** Headers that every answer to this path carries. */
	readonly policy: FlatHeaders;
}

export type AnswerHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Starts the answer: the path's constant headers, the request's id, then `headers`. */
export function startAnswer({ res, policy, id }: Exchange, status: number, headers: AnswerHeaders): void {
	const flat: string[] = [...policy, 'x-request-id', id];
	for (const [name, value] of Object.entries(headers)) {
		if (value === undefined) continue;
		// A constant header is not sent twice: what the answer says itself wins.
		if (POLICY_NAMES.has(name)) flat[policy.indexOf(name) + 1] = String(value);
		else if (Array.isArray(value)) for (const one of value) flat.push(name, String(one));
		else flat.push(name, String(value));
	}
	res.writeHead(status, flat);
}

/** Sends a whole answer; without its body to HEAD. */
export function sendAnswer(exchange: Exchange, status: number, headers: AnswerHeaders, body: string | Uint8Array = ''): void {
	const hasLength = status !== 204 && status !== 304;
	const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
	startAnswer(exchange, status, hasLength ? { ...headers, 'content-length': length } : headers);
	// Text stays text: Node then writes it together with the head.
	exchange.res.end(exchange.method === 'HEAD' || !hasLength ? undefined : body);
}

export function sendJson(exchange: Exchange, status: number, value: unknown, headers: AnswerHeaders = {}): void {
	sendAnswer(exchange, status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, JSON.stringify(value));
}

export type Target = { readonly path: string; readonly search: string };

/** Browsers resolve these before they ask; below, they would lead to another page than the one that was checked here. */
const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/** Splits a request's target; null when it is no path of ours, climbs with dots, or its percent-encoding cannot be read. */
export function parseTarget(url: string): Target | null {
	if (url.charCodeAt(0) !== 47 || url.charCodeAt(1) === 47) return null;
	const at = url.indexOf('?');
	const path = at < 0 ? url : url.slice(0, at);
	const plain = path.includes('%') ? decoded(path) : path;
	if (plain === null || path.includes('\\') || (plain.includes('/.') && DOT_SEGMENT.test(plain))) return null;
	return { path, search: at < 0 ? '' : url.slice(at) };
}

function decoded(path: string): string | null {
	try {
		const plain = decodeURIComponent(path);
		return plain.includes('\0') ? null : plain;
	} catch {
		return null;
	}
}

/** The language a request's answer should have: of its path, else of what the browser prefers. */
export function localeOf(path: string, acceptLanguage: string | undefined): 'en' | 'zh-CN' {
	if (path === '/zh-CN' || path.startsWith('/zh-CN/')) return 'zh-CN';
	return path.startsWith('/api/') || /^\/[dm]\//.test(path) ? preferred(acceptLanguage) : 'en';
}

/** English unless Chinese is asked for with a higher weight. */
function preferred(acceptLanguage = ''): 'en' | 'zh-CN' {
	const weigh = (prefix: string): number => {
		const found = acceptLanguage
			.split(',')
			.map((entry) => entry.trim().toLowerCase())
			.filter((entry) => entry.startsWith(prefix));
		return Math.max(0, ...found.map((entry) => Number(/;\s*q=([\d.]+)/.exec(entry)?.[1] ?? 1)));
	};
	return weigh('zh') > weigh('en') ? 'zh-CN' : 'en';
}
