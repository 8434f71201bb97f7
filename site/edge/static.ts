import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { chooseEncoding, type Encoding, matchesEtag } from './encoding.ts';
import { type AnswerHeaders, type Exchange, sendAnswer, startAnswer } from './exchange.ts';
import { mediaTypeOf } from './media-type.ts';
import { parseRange } from './range.ts';
import { refuse, refuseMethod } from './refuse.ts';

/** Files up to this size are kept in memory, up to {@link MEMORY_BYTES} together. */
const IN_MEMORY_BYTES = 262_144;
const MEMORY_BYTES = 16 * 1_048_576;
const FOREVER = 'public, max-age=31536000, immutable';

interface StoredFile {
	readonly file: string;
	readonly sizeBytes: number;
	/** Null where the file is read when it is asked for. */
	readonly bytes: Buffer | null;
}

interface StaticFile {
	readonly mediaType: string;
	readonly etag: string;
	readonly cacheControl: string;
	readonly encodings: Partial<Record<Encoding, StoredFile>> & { readonly identity: StoredFile };
}

export interface StaticFiles {
	/** Sends the file at the exchange's path; null when there is none. */
	handle(exchange: Exchange): Promise<void> | null;
}

/**
 * Serves the files of `folders` as they were at start, with the `.br` and `.gz` that the build put beside them.
 * The set of addresses is fixed, so none leads out of the folders.
 */
export function createStaticFiles(folders: readonly string[]): StaticFiles {
	const files = new Map<string, StaticFile>();
	let room = MEMORY_BYTES;
	const store = (file: string): StoredFile => {
		const sizeBytes = statSync(file).size;
		const fits = sizeBytes <= IN_MEMORY_BYTES && sizeBytes <= room;
		if (fits) room -= sizeBytes;
		return { file, sizeBytes, bytes: fits ? readFileSync(file) : null };
	};
	for (const folder of folders) {
		const names = new Set(listFiles(folder));
		for (const name of names) {
			const path = `/${name.split('/').map(encodeURIComponent).join('/')}`;
			if (/\.(?:br|gz)$/.test(name) || files.has(path)) continue;
			const file = staticFile(path, name, {
				identity: store(join(folder, name)),
				...(names.has(`${name}.br`) ? { br: store(join(folder, `${name}.br`)) } : {}),
				...(names.has(`${name}.gz`) ? { gzip: store(join(folder, `${name}.gz`)) } : {}),
			});
			files.set(path, file);
			if (name.endsWith('.html')) files.set(path.replace(/(?:\/index)?\.html$/, '') || '/', file);
		}
	}
	return Object.freeze<StaticFiles>({
		handle: (exchange) => {
			const file = files.get(exchange.path);
			return file === undefined ? null : send(exchange, file);
		},
	});
}

async function send(exchange: Exchange, { mediaType, etag, cacheControl, encodings }: StaticFile): Promise<void> {
	const { req, res, method } = exchange;
	if (method !== 'GET' && method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
	const asksForRange = req.headers.range !== undefined && (req.headers['if-range'] ?? `"${etag}"`) === `"${etag}"`;
	const wanted = asksForRange ? 'identity' : chooseEncoding(req.headers['accept-encoding']);
	const encoding = encodings[wanted] ? wanted : 'identity';
	const body = encodings[encoding] ?? encodings.identity;
	const isCompressible = encodings.br !== undefined || encodings.gzip !== undefined;
	const tag = encoding === 'identity' ? `"${etag}"` : `"${etag}-${encoding}"`;
	const headers: AnswerHeaders = {
		etag: tag,
		'cache-control': cacheControl,
		'content-type': mediaType,
		'accept-ranges': 'bytes',
		...(isCompressible ? { vary: 'accept-encoding' } : {}),
		...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
	};
	if (matchesEtag(req.headers['if-none-match'], tag)) return sendAnswer(exchange, 304, headers);

	const range = asksForRange ? parseRange(req.headers.range, body.sizeBytes) : null;
	if (range === 'unsatisfiable') return refuse(exchange, 'range', { 'content-range': `bytes */${body.sizeBytes}` });
	const { start, end } = range ?? { start: 0, end: body.sizeBytes - 1 };
	const status = range ? 206 : 200;
	const all = range ? { ...headers, 'content-range': `bytes ${start}-${end}/${body.sizeBytes}` } : headers;
	if (body.bytes) return sendAnswer(exchange, status, all, body.bytes.subarray(start, end + 1));

	startAnswer(exchange, status, { ...all, 'content-length': end - start + 1 });
	if (method === 'HEAD' || body.sizeBytes === 0) return void res.end();
	await pipeline(createReadStream(body.file, { start, end }), res).catch(() => undefined);
}

function staticFile(path: string, name: string, encodings: StaticFile['encodings']): StaticFile {
	const { file, sizeBytes, bytes } = encodings.identity;
	const identity = bytes ?? `${sizeBytes}-${statSync(file).mtimeMs}`;
	return {
		mediaType: mediaTypeOf(extname(name)),
		etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
		cacheControl: path.startsWith('/_astro/') || path.startsWith('/fonts/') ? FOREVER : name.endsWith('.html') ? 'no-cache' : 'public, max-age=600',
		encodings,
	};
}

/** Names relative to `folder`, with forward slashes; hidden files are left out. An absent folder has none. */
export function listFiles(folder: string): string[] {
	try {
		return readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) =>
				join(entry.parentPath, entry.name)
					.slice(folder.length + 1)
					.replaceAll('\\', '/'),
			)
			.filter((name) => !name.split('/').some((part) => part.startsWith('.') && part !== '.well-known'));
	} catch {
		return [];
	}
}
