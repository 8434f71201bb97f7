import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';

import { DomainError } from '#kernel/errors.ts';

import type { DirectusClient } from './client.ts';
import type { Asset } from './content.ts';

export interface AssetRequest {
	/** A single `bytes=` range; several ranges in one request are refused with 416. */
	readonly range?: string | undefined;
	/** Pixels wanted, for pictures: the next larger of {@link ASSET_WIDTHS} is sent as WebP. */
	readonly width?: number | undefined;
	readonly format?: 'webp' | undefined;
	/** `If-None-Match` of the visitor. */
	readonly ifNoneMatch?: string | undefined;
	/** `If-Range` of the visitor: the range counts only while the file is still this one. */
	readonly ifRange?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly head?: boolean | undefined;
}

export interface AssetAnswer {
	readonly status: 200 | 206 | 304 | 404 | 416 | 502;
	/** content-type, content-length, content-range, accept-ranges, etag: what the edge passes on. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: ReadableStream<Uint8Array> | null;
}

/** Widths that pictures are made in; anything else would let a visitor fill the disk. */
export const ASSET_WIDTHS = [320, 640, 960, 1280, 1600] as const;

/** Key of the Directus preset that makes this width. */
export function presetOf(width: (typeof ASSET_WIDTHS)[number]): string {
	return `w${width}`;
}

/** A file that the snapshot knows, and where its original lies when Directus runs on this machine. */
export interface KnownAsset {
	readonly asset: Asset;
	readonly diskName: string;
}

/** A picture of more pixels than phones take is waited for longer while it is made smaller. */
const LARGE_PIXELS = 16_000_000;
const LARGE_TIMEOUT_MS = 20_000;

const SCALABLE = /^image\/(?:png|jpeg|webp|avif|tiff)$/;
const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;

/**
 * Streams a file with Range and conditions. Originals come from the folder of Directus where that is on this machine, so that a
 * Directus that is away or hangs costs nobody a file; where it cannot make a picture, the original is sent under its own type.
 * The etag is the asset's version, so it holds across restarts.
 */
export async function openAsset(
	client: DirectusClient,
	{ asset, diskName }: KnownAsset,
	uploads: string | null,
	request: AssetRequest,
): Promise<AssetAnswer> {
	const preset = presetFor(asset, request.width);
	const etag = `"${asset.version}${preset ? `-${preset}` : ''}"`;
	if (request.ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) return { status: 304, headers: { etag }, body: null };
	const range = request.ifRange === undefined || request.ifRange === etag ? request.range : undefined;
	if (range !== undefined && !/^bytes=(?:\d+-\d*|-\d+)$/.test(range)) return unsatisfiable(asset.sizeBytes);

	const onDisk = (): Promise<AssetAnswer | null> =>
		uploads === null ? Promise.resolve(null) : openOnDisk(join(uploads, basename(diskName)), asset, range, request.head === true);
	const original = preset === undefined ? await onDisk() : null;
	if (original) return original;
	try {
		const answer = await client.asset(asset.id, { preset, range, head: request.head, signal: request.signal, timeoutMs: patienceFor(asset) });
		if (answer.ok) return passedOn(answer, etag, request.head === true);
		await answer.body?.cancel();
		if (answer.status === 416) return unsatisfiable(asset.sizeBytes);
		if (answer.status === 404) return nothing(404);
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
	}
	return (await onDisk()) ?? nothing(502);
}

function patienceFor({ width, height }: Asset): number | undefined {
	return (width ?? 0) * (height ?? 0) > LARGE_PIXELS ? LARGE_TIMEOUT_MS : undefined;
}

function presetFor(asset: Asset, width: number | undefined): string | undefined {
	if (width === undefined || !SCALABLE.test(asset.mediaType)) return undefined;
	return presetOf(ASSET_WIDTHS.find((made) => made >= width) ?? 1600);
}

function passedOn(answer: Response, etag: string, isHead: boolean): AssetAnswer {
	const headers: Record<string, string> = { etag };
	for (const name of PASSED_ON) {
		const value = answer.headers.get(name);
		if (value !== null) headers[name] = value;
	}
	return { status: answer.status === 206 ? 206 : 200, headers, body: isHead ? null : answer.body };
}

async function openOnDisk(path: string, asset: Asset, range: string | undefined, isHead: boolean): Promise<AssetAnswer | null> {
	const size = await stat(path).then(
		(found) => found.size,
		() => null,
	);
	if (size === null) return null;
	const part = range === undefined ? { start: 0, end: size - 1 } : partOf(range, size);
	if (part === null) return unsatisfiable(size);
	const headers = {
		'content-type': asset.mediaType,
		'content-length': String(part.end - part.start + 1),
		'accept-ranges': 'bytes',
		etag: `"${asset.version}"`,
		...(range === undefined ? {} : { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
	};
	const body = isHead || size === 0 ? null : (Readable.toWeb(createReadStream(path, part)) as ReadableStream<Uint8Array>);
	return { status: range === undefined ? 200 : 206, headers, body };
}

/** First and last byte that `range` asks of a file of `size` bytes; null when it lies outside. */
function partOf(range: string, size: number): { readonly start: number; readonly end: number } | null {
	const [from = '', to = ''] = range.slice('bytes='.length).split('-');
	if (from === '') return Number(to) > 0 && size > 0 ? { start: Math.max(0, size - Number(to)), end: size - 1 } : null;
	const start = Number(from);
	const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
	return start <= end ? { start, end } : null;
}

function unsatisfiable(size: number): AssetAnswer {
	return { status: 416, headers: { 'content-range': `bytes */${size}` }, body: null };
}

function nothing(status: 404 | 502): AssetAnswer {
	return { status, headers: {}, body: null };
}
