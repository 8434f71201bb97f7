import type { IncomingMessage } from 'node:http';

export const EVENTS_LIMIT_BYTES = 262_144;
export const FORM_LIMIT_BYTES = 65_536;
export const BODY_LIMIT_BYTES = 1_048_576;
/** Where lists of people are sent to: to the API and to the console. */
export const LIST_PATHS = { api: '/api/v1/leads/import', console: '/console/imports' } as const;
/** A list, with the form around it, from those who may send one. */
export const LIST_LIMIT_BYTES = 32 * 1_048_576 + 65_536;

/** How much of a refused body is still taken off the wire, so that its sender gets to read the refusal. */
const DISCARDED_BYTES = 16 * 1_048_576;
const DISCARDED_MS = 3_000;

export type Body = { readonly status: 'read'; readonly bytes: Buffer } | { readonly status: 'too-large' } | { readonly status: 'aborted' };

/** Reads a body up to `limitBytes`, and nothing of one that says beforehand that it is longer. */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<Body> {
	return new Promise((resolve) => {
		if (Number(req.headers['content-length'] ?? 0) > limitBytes) {
			resolve({ status: 'too-large' });
			return;
		}
		let first: Buffer | undefined;
		let rest: Buffer[] | undefined;
		let size = 0;
		const onData = (chunk: Buffer): void => {
			size += chunk.length;
			if (size > limitBytes) {
				req.off('data', onData);
				req.pause();
				resolve({ status: 'too-large' });
			} else if (first === undefined) first = chunk;
			else (rest ??= []).push(chunk);
		};
		req.on('data', onData);
		req.once('end', () => resolve({ status: 'read', bytes: first === undefined ? Buffer.alloc(0) : rest ? Buffer.concat([first, ...rest]) : first }));
		req.once('close', () => resolve({ status: 'aborted' }));
		req.once('error', () => resolve({ status: 'aborted' }));
	});
}

/** Throws away what is left of a body, within bounds; resolves when the answer's connection may be closed. */
export function discardBody(req: IncomingMessage): Promise<void> {
	return new Promise((resolve) => {
		if (req.complete || req.destroyed) {
			resolve();
			return;
		}
		let size = 0;
		const timer = setTimeout(resolve, DISCARDED_MS);
		const done = (): void => {
			clearTimeout(timer);
			resolve();
		};
		req.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > DISCARDED_BYTES) done();
		});
		req.once('end', done);
		req.once('close', done);
		req.resume();
	});
}

/** Whether a body that says its length beforehand is worth sending. */
export function mayBeSent({ url = '', headers }: IncomingMessage): boolean {
	const isList = Object.values<string>(LIST_PATHS).includes(url.split('?')[0] ?? '');
	return Number(headers['content-length'] ?? 0) <= (isList ? LIST_LIMIT_BYTES : BODY_LIMIT_BYTES);
}
