import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { AssetAnswer, AssetRequest } from '#cms';

import { type AnswerHeaders, type Exchange, startAnswer } from './exchange.ts';
import { refuse } from './refuse.ts';

/** Of what a store says about a file, what visitors are told. */
const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'] as const;

type OpenAsset = (id: string, request: AssetRequest) => Promise<AssetAnswer>;

/**
 * Sends a file of the CMS, whole or in part, at the speed the visitor takes it; stops reading when they leave.
 * Returns false when the file could not be had and the refusal was sent instead.
 */
export async function sendAsset(
	exchange: Exchange,
	open: OpenAsset,
	id: string,
	headers: AnswerHeaders,
	request: AssetRequest = {},
): Promise<boolean> {
	const { req, res, method } = exchange;
	const leaving = new AbortController();
	res.once('close', () => leaving.abort());
	const answer = await open(id, { range: req.headers.range, head: method === 'HEAD', signal: leaving.signal, ...request });
	if (res.destroyed) {
		await answer.body?.cancel();
		return false;
	}
	if (answer.status === 404) refuse(exchange, 'not-found');
	else if (answer.status === 502) refuse(exchange, 'unavailable', { 'retry-after': 30 });
	else if (answer.status === 416) refuse(exchange, 'range', { 'content-range': answer.headers['content-range'] });
	if (answer.status >= 400) {
		await answer.body?.cancel();
		return false;
	}
	const passedOn = Object.fromEntries(PASSED_ON.map((name) => [name, answer.headers[name]]));
	startAnswer(exchange, answer.status, { ...passedOn, ...headers });
	if (method === 'HEAD' || answer.body === null) {
		await answer.body?.cancel();
		res.end();
		return true;
	}
	// A visitor who leaves in the middle is nothing to report.
	await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), res).catch(() => undefined);
	return true;
}
