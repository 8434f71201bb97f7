import { pipeline } from 'node:stream/promises';

import type { PrintedFile } from '#cms';

import { matchesEtag } from './encoding.ts';
import { type AnswerHeaders, type Exchange, sendAnswer, startAnswer } from './exchange.ts';
import { parseRange } from './range.ts';
import { refuse } from './refuse.ts';

/** Sends a file that the hub made, whole or in part, at the speed the visitor takes it. */
export async function sendPrinted(exchange: Exchange, { file, read }: PrintedFile, own: AnswerHeaders): Promise<void> {
	const { req, res, method } = exchange;
	const { sizeBytes, hash, mediaType } = file;
	const etag = `"${hash.slice(0, 32)}"`;
	const headers = { 'content-type': mediaType, etag, 'accept-ranges': 'bytes', ...own };
	if (matchesEtag(req.headers['if-none-match'], etag)) return sendAnswer(exchange, 304, headers);
	const isSame = req.headers['if-range'] === undefined || req.headers['if-range'] === etag;
	const range = parseRange(isSame ? req.headers.range : undefined, sizeBytes);
	if (range === 'unsatisfiable') return refuse(exchange, 'range', { 'content-range': `bytes */${sizeBytes}` });
	const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
	startAnswer(exchange, range ? 206 : 200, {
		...headers,
		'content-length': end - start + 1,
		...(range ? { 'content-range': `bytes ${start}-${end}/${sizeBytes}` } : {}),
	});
	if (method === 'HEAD' || sizeBytes === 0) return void res.end();
	// A visitor who leaves in the middle is nothing to report.
	await pipeline(await read({ start, end }), res).catch(() => undefined);
}
