import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { Split } from './splice/split.ts';

/** The built site: `handler` of `dist/server/entry.mjs` in middleware mode. `next` is called for addresses that no page matches. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void, locals: object) => Promise<void> | void;

/** A page as it came from the site. */
export interface Rendered {
	readonly status: number;
	/** Without what was meant for the byte cache only. */
	readonly headers: readonly (readonly [string, string])[];
	readonly body: Buffer;
	/** True when the page named its tags and nothing in it is personal. */
	readonly isShareable: boolean;
	readonly tags: readonly string[];
	/** Infinity when the page did not say. */
	readonly untilMs: number;
	/** Where its holes are; null for a page without any. */
	readonly split: Split | null;
}

export type Collected =
	| ({ readonly outcome: 'rendered' } & Rendered)
	/** No text: it went to the visitor while it came. */
	| { readonly outcome: 'streamed' }
	| { readonly outcome: 'unmatched' }
	| { readonly outcome: 'failed' };

/** Starts the answer for what is not collected, and gives the response to write to. */
export type OpenStream = (status: number, headers: OutgoingHttpHeaders) => ServerResponse;

const COLLECTED_TYPE = /^(?:text\/(?!csv|event-stream)|application\/(?:(?:ld\+|problem\+|manifest\+)?json|(?:[a-z]+\+)?xml|javascript)|image\/svg)/;

/**
 * Runs a page and takes what it writes: text as a whole, so that it can be kept, compressed and given an ETag; anything else
 * through `open` as it comes.
 */
export function collect(handler: PageHandler, req: IncomingMessage, locals: object, open: OpenStream): Promise<Collected> {
	return new Promise((resolve, reject) => {
		// Not attached to the connection: nothing leaves before the page is whole.
		const page = new ServerResponse(req);
		const chunks: Buffer[] = [];
		let head: { readonly status: number; readonly headers: OutgoingHttpHeaders } | undefined;
		let stream: ServerResponse | undefined;

		const writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
			const headers = { ...page.getHeaders(), ...(rest.find((part) => typeof part === 'object') as OutgoingHttpHeaders | undefined) };
			head = { status, headers };
			const type = String(headers['content-type'] ?? '');
			if (type !== '' && !COLLECTED_TYPE.test(type)) {
				stream = open(status, headers);
				stream.once('close', () => page.emit('close'));
			}
			return page;
		};
		const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
			if (stream) return stream.write(chunk);
			chunks.push(Buffer.from(chunk));
			const done = rest.find((part) => typeof part === 'function');
			if (done) setImmediate(done as () => void);
			return true;
		};
		const end = (chunk?: unknown): ServerResponse => {
			if (typeof chunk === 'string' || chunk instanceof Uint8Array) write(chunk);
			if (stream) {
				stream.end();
				resolve({ outcome: 'streamed' });
			} else resolve(head ? { outcome: 'rendered', ...renderedOf(head.status, head.headers, Buffer.concat(chunks)) } : { outcome: 'failed' });
			page.emit('finish');
			page.emit('close');
			return page;
		};
		const destroy = (): ServerResponse => {
			stream?.destroy();
			resolve({ outcome: 'failed' });
			return page;
		};
		Object.assign(page, { writeHead, write, end, destroy });
		Promise.resolve(handler(req, page, () => resolve({ outcome: 'unmatched' }), locals)).catch(reject);
	});
}

function renderedOf(status: number, headers: OutgoingHttpHeaders, body: Buffer): Rendered {
	const { 'cache-tag': tagHeader, 'cache-until': untilHeader, ...sent } = headers;
	const pairs = Object.entries(sent).flatMap(([name, value]) =>
		value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((one) => [name.toLowerCase(), String(one)] as const),
	);
	const tags = String(tagHeader ?? '')
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
	const until = Number(untilHeader ?? Number.NaN);
	const isPersonal = pairs.some(([name, value]) => name === 'set-cookie' || (name === 'cache-control' && /\b(?:private|no-store)\b/.test(value)));
	return {
		status,
		headers: pairs
			.filter(([name]) => name !== 'content-length' && name !== 'transfer-encoding')
			.map(([name, value]) => (name === 'content-type' && value === 'text/html' ? [name, 'text/html; charset=utf-8'] : [name, value])),
		body,
		isShareable: status === 200 && tags.length > 0 && !isPersonal,
		tags,
		untilMs: Number.isFinite(until) ? until : Infinity,
		split: null,
	};
}
