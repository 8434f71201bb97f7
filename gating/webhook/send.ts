import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';

import { SECOND_MS } from '#kernel/clock.ts';

import { type AddressRules, guardedLookup, isAllowed, type Resolve } from './address.ts';
import type { Attempted } from './retry.ts';

/** Until the answer begins. */
export const ANSWER_MS = 15 * SECOND_MS;
/** What the answer says is read for so long, and so much of it. */
const WORDS_MS = 2 * SECOND_MS;
const WORDS_BYTES = 1_000;

export interface Sent extends Attempted {
	/** The beginning of the answer's body. */
	readonly answer: string;
}

export interface SendDeps {
	readonly resolve: Resolve;
	readonly rules: AddressRules;
	/** Milliseconds until the answer must begin; {@link ANSWER_MS} unless told. */
	readonly answerMs?: number;
}

/** Posts a message once. Never throws, never follows a redirect, and connects to allowed addresses only. */
export function send(
	{ resolve, rules, answerMs = ANSWER_MS }: SendDeps,
	{
		url,
		headers,
		body,
		signal,
	}: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly signal: AbortSignal },
): Promise<Sent> {
	const failed = (error: string): Sent => ({ status: 0, error, retryAfterSeconds: null, answer: '' });
	const { protocol, hostname } = new URL(url);
	const literal = hostname.replace(/^\[|\]$/g, '');
	// Addresses written out are not looked up: they are checked here.
	if (isIP(literal) !== 0 && !isAllowed(literal, rules)) return Promise.resolve(failed('address'));
	return new Promise((settle) => {
		const options = {
			method: 'POST',
			headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Foyer-Webhooks/1' },
			lookup: guardedLookup(resolve, rules),
			agent: false,
			maxHeaderSize: 16_384,
			signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
		};
		const sending = (protocol === 'http:' ? plainRequest : tlsRequest)(url, options, (response) => {
			const status = response.statusCode ?? 0;
			const asked = Number(response.headers['retry-after']);
			const chunks: Buffer[] = [];
			let bytes = 0;
			const end = (): void => {
				clearTimeout(timer);
				response.destroy();
				const answer = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, WORDS_BYTES)).replaceAll('\0', '');
				settle({ status, error: '', retryAfterSeconds: Number.isFinite(asked) && asked > 0 ? asked : null, answer });
			};
			const timer = setTimeout(end, WORDS_MS);
			response.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				if ((bytes += chunk.length) >= WORDS_BYTES) end();
			});
			response.once('end', end);
			response.once('error', end);
		});
		sending.once('error', (error) => settle(failed(codeOf(error))));
		sending.end(body);
	});
}

/** Why nothing was answered, as a code that has words. */
function codeOf(error: Error): string {
	const code = 'code' in error ? String(error.code) : '';
	if (error.name === 'TimeoutError' || error.name === 'AbortError' || code === 'ABORT_ERR') return 'timeout';
	if (code === 'EREFUSED_ADDRESS') return 'address';
	if (code === 'ENOTFOUND') return 'name';
	return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'connection';
}
