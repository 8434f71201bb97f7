import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import type { AssetRequest } from '#cms';
import type { ASSET_WIDTHS } from '#cms/asset.ts';
import type { Asset } from '#cms/content.ts';

import { matchesEtag } from './encoding.ts';
import { type AnswerHeaders, type Exchange, sendAnswer, startAnswer } from './exchange.ts';
import { sendAsset } from './file-answer.ts';
import { identify } from './identify.ts';
import { createMediaStore } from './media-store.ts';
import { contentDisposition, isScalable, isShown } from './media-type.ts';
import type { EdgeParts } from './parts.ts';
import { publicAssets } from './public-assets.ts';
import { parseRange } from './range.ts';
import { refuse, refuseMethod } from './refuse.ts';

/** The widths that the CMS makes; the compiler compares them. */
const WIDTHS: typeof ASSET_WIDTHS = [320, 640, 960, 1280, 1600];
const KEPT_BYTES = 512 * 1_048_576;
/** Larger files are passed through as they come. */
const KEEP_UP_TO_BYTES = 8 * 1_048_576;
const FOREVER = { 'cache-control': 'public, max-age=31536000, immutable' };
/** Of a draft: for the editor's eyes, and gone with the token. */
const PREVIEWED = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };
/** A drawing may hold scripts and links; opened by itself it runs and loads nothing. */
const SANDBOXED = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox" };
const PUBLIC_PATH = /^\/media\/([A-Za-z0-9-]{1,64})\/([A-Za-z0-9_-]{1,64})\/([^/]{1,255})$/;
const ROOM_PATH = /^\/media\/room\/([a-z0-9-]{1,120})$/;
const REPLAY_PATH = /^\/media\/replay\/([a-z0-9-]{1,120})$/;
const PRIVATE = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' };
const PICTURE_NAME = /^(\d{1,5})\.webp$/;

/**
 * Files of published content at `/media/{id}/{version}/{width}.webp` and `/media/{id}/{version}/{filename}`, for ever under that
 * version; those of a draft in its preview, with a token in the version's place; the recording of a webinar at
 * `/media/room/{slug}`, for those admitted to its room, and at `/media/replay/{slug}` afterwards, for those whose replay is open.
 */
export function createMedia({ app }: EdgeParts): (exchange: Exchange) => Promise<void> {
	const store = createMediaStore(join(app.config.dataFolder, 'media-cache'), KEPT_BYTES);

	const sendRecording = async (exchange: Exchange, slug: string): Promise<void> => {
		const admission = await app.webinars.admit(slug, await identify(app, exchange.req.headers.cookie));
		if (admission.status === 'refused') return refuse(exchange, 'forbidden');
		if (admission.status === 'unknown' || admission.videoId === null) return refuse(exchange, 'not-found');
		await sendAsset(exchange, app.cms.asset, admission.videoId, PRIVATE);
	};

	const sendReplay = async (exchange: Exchange, slug: string): Promise<void> => {
		const file = await app.webinars.replay.recording(slug, await identify(app, exchange.req.headers.cookie));
		if (file === 'refused') return refuse(exchange, 'forbidden');
		if (file === 'unknown') return refuse(exchange, 'not-found');
		if (file.kind === 'asset') return void (await sendAsset(exchange, app.cms.asset, file.id, PRIVATE));
		await sendPart(exchange, file, { ...PRIVATE, 'content-type': file.mediaType });
	};

	const send = async (exchange: Exchange, asset: Asset, name: string, terms: AnswerHeaders): Promise<void> => {
		const width = WIDTHS.find((one) => String(one) === PICTURE_NAME.exec(name)?.[1]);
		const isPicture = width !== undefined && asset.mediaType.startsWith('image/');
		if (!isPicture && decodeURIComponent(name) !== asset.filename) return refuse(exchange, 'not-found');
		const isScaled = isPicture && isScalable(asset.mediaType);
		const mediaType = isScaled ? 'image/webp' : asset.mediaType;
		const headers = {
			'content-type': isShown(mediaType) ? mediaType : 'application/octet-stream',
			'content-disposition': contentDisposition(isShown(mediaType) ? 'inline' : 'attachment', isScaled ? name : asset.filename),
			...terms,
			...(mediaType.startsWith('image/svg') ? SANDBOXED : {}),
		};
		if (!isScaled && asset.sizeBytes > KEEP_UP_TO_BYTES) return void (await sendAsset(exchange, app.cms.asset, asset.id, headers));

		const request: AssetRequest = isScaled ? { width, format: 'webp' } : {};
		const kept = await store.keep(`${asset.id}.${asset.version}.${isScaled ? `${width}.webp` : 'original'}`, async () => {
			const answer = await app.cms.asset(asset.id, request);
			const isWanted = !isScaled || answer.headers['content-type'] === 'image/webp';
			if (answer.status === 200 && answer.body && isWanted) return new Uint8Array(await buffer(answer.body));
			await answer.body?.cancel();
			return null;
		});
		if (kept) return sendKept(exchange, kept, { ...headers, etag: `"${asset.version}-${isScaled ? width : 'original'}"` });
		// The size that was asked for cannot be made at this moment: the original for now, kept by nobody. One of many megapixels helps no reader.
		if (asset.sizeBytes > KEEP_UP_TO_BYTES) return refuse(exchange, 'unavailable', { 'retry-after': 30 });
		await sendAsset(exchange, app.cms.asset, asset.id, { 'content-disposition': headers['content-disposition'], 'cache-control': 'no-store' });
	};

	return async (exchange) => {
		if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
		const slug = ROOM_PATH.exec(exchange.path)?.[1];
		if (slug !== undefined) return sendRecording(exchange, slug);
		const replayed = REPLAY_PATH.exec(exchange.path)?.[1];
		if (replayed !== undefined) return sendReplay(exchange, replayed);
		const [, id = '', version = '', name = ''] = PUBLIC_PATH.exec(exchange.path) ?? [];
		const published = publicAssets(app.cms.snapshot()).get(id);
		if (published?.version === version) return send(exchange, published, name, FOREVER);
		const previewed = app.cms.previewedFile(id, version);
		await (previewed ? send(exchange, previewed, name, PREVIEWED) : refuse(exchange, 'not-found'));
	};
}

async function sendKept(
	exchange: Exchange,
	{ file, sizeBytes }: { readonly file: string; readonly sizeBytes: number },
	headers: AnswerHeaders & { readonly etag: string },
): Promise<void> {
	if (matchesEtag(exchange.req.headers['if-none-match'], headers.etag)) return sendAnswer(exchange, 304, headers);
	await sendPart(exchange, { sizeBytes, read: (range) => createReadStream(file, range) }, headers);
}

/** Sends a file, whole or in part, at the speed the visitor takes it. */
async function sendPart(
	exchange: Exchange,
	{ sizeBytes, read }: { readonly sizeBytes: number; read(range: { readonly start: number; readonly end: number }): Readable },
	headers: AnswerHeaders,
): Promise<void> {
	const { req, res, method } = exchange;
	const range = parseRange(req.headers.range, sizeBytes);
	if (range === 'unsatisfiable') return refuse(exchange, 'range', { 'content-range': `bytes */${sizeBytes}` });
	const { start, end } = range ?? { start: 0, end: sizeBytes - 1 };
	startAnswer(exchange, range ? 206 : 200, {
		...headers,
		'accept-ranges': 'bytes',
		'content-length': end - start + 1,
		...(range ? { 'content-range': `bytes ${start}-${end}/${sizeBytes}` } : {}),
	});
	if (method === 'HEAD' || sizeBytes === 0) return void res.end();
	await pipeline(read({ start, end }), res).catch(() => undefined);
}
