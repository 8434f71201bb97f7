import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, type BrotliOptions, constants, gzip } from 'node:zlib';

import { type ByteStore, createByteStore, type Entry } from './byte-store.ts';
import type { Rendered } from './collect.ts';
import type { Encoding } from './encoding.ts';
import { splitAgain } from './splice/split.ts';
import { createTurnstile } from './turnstile.ts';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);
/** Below this a compressed answer is not smaller on the wire. */
const COMPRESS_FROM_BYTES = 860;
/** How long an address that turned out to be personal is not waited for. */
const PASSING_MS = 5_000;
const PASSING_KEPT = 2_000;

export type Filled =
	| { readonly outcome: 'shared'; readonly entry: Entry }
	/** This request's own answer, which nobody else may get. */
	| { readonly outcome: 'own'; readonly rendered: Rendered }
	/** Somebody else's answer could not be shared: render one's own. */
	| { readonly outcome: 'pass' };

export interface ByteCache {
	find(key: string): Entry | null;
	/** Renders once for all who ask at the same time, and keeps what may be kept. */
	fill(key: string, render: () => Promise<Rendered>): Promise<Filled>;
	/** Forgets what carries one of the tags, also what is being rendered at this moment. */
	invalidate(tags: readonly string[]): void;
	/** Resolves when nothing is being compressed; for orderly stops and tests. */
	settled(): Promise<void>;
	stats(): ReturnType<ByteStore['stats']> & { readonly hits: number; readonly misses: number };
}

interface Flight {
	readonly filled: Promise<Entry | null>;
	/** Tags that changed since it began. */
	readonly changed: Set<string>;
}

/**
 * Whole pages as bytes. `dueMs` tells the next instant at which content comes or goes by itself: no entry outlives it.
 */
export function createByteCache(deps: {
	readonly limitBytes: number;
	readonly nowMs: () => number;
	readonly dueMs: () => number | null;
	/** False for what is never sent on its own. */
	readonly isCompressed?: boolean;
}): ByteCache {
	const { limitBytes, nowMs, dueMs, isCompressed = true } = deps;
	const store = createByteStore(limitBytes);
	const flights = new Map<string, Flight>();
	const passing = new Map<string, number>();
	const turnstile = createTurnstile(2);
	const compressing = new Set<Promise<void>>();
	let hits = 0;
	let misses = 0;
	/** Every flight, also those that later requests no longer join. */
	const airborne = new Set<Flight>();

	const keep = (key: string, rendered: Rendered, changed: ReadonlySet<string>): Entry => {
		const entry = entryOf(key, rendered, dueMs());
		if (entry.untilMs > nowMs() && !entry.tags.some((tag) => changed.has(tag))) {
			store.put(entry);
			if (!isCompressed) return entry;
			const work = turnstile(() => compress(store, entry)).catch(() => undefined);
			compressing.add(work);
			void work.finally(() => compressing.delete(work));
		}
		return entry;
	};

	const begin = async (key: string, render: () => Promise<Rendered>): Promise<Filled> => {
		let land: (entry: Entry | null) => void = () => undefined;
		const flight: Flight = { filled: new Promise((resolve) => (land = resolve)), changed: new Set() };
		flights.set(key, flight);
		airborne.add(flight);
		let entry: Entry | null = null;
		try {
			const rendered = await render();
			if (rendered.isShareable) {
				entry = keep(key, rendered, flight.changed);
				return { outcome: 'shared', entry };
			}
			if (passing.size >= PASSING_KEPT) passing.clear();
			passing.set(key, nowMs() + PASSING_MS);
			return { outcome: 'own', rendered };
		} finally {
			if (flights.get(key) === flight) flights.delete(key);
			airborne.delete(flight);
			land(entry);
		}
	};

	return Object.freeze<ByteCache>({
		find: (key) => {
			const entry = store.get(key, nowMs());
			if (entry) hits += 1;
			return entry;
		},
		fill: async (key, render) => {
			misses += 1;
			if ((passing.get(key) ?? 0) > nowMs()) return { outcome: 'pass' };
			const flight = flights.get(key);
			if (!flight) return begin(key, render);
			const entry = await flight.filled;
			return entry ? { outcome: 'shared', entry } : { outcome: 'pass' };
		},
		invalidate: (tags) => {
			store.drop(tags);
			for (const { changed } of airborne) for (const tag of tags) changed.add(tag);
			// Which tags a page will carry is known only at its end: whoever asks from here on gets a new one.
			flights.clear();
			passing.clear();
		},
		settled: async () => {
			await Promise.all(compressing);
		},
		stats: () => ({ ...store.stats(), hits, misses }),
	});
}

function entryOf(key: string, { headers, body, tags, untilMs, split }: Rendered, dueMs: number | null): Entry {
	const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	const ends = Math.min(untilMs, dueMs ?? Infinity);
	const identity = exact(body);
	return { key, headers: headers.flat(), etag, tags, untilMs: ends, split: split && splitAgain(split, identity), bodies: { identity }, heads: {} };
}

/** Off the hot path: until it is done, the page is sent as it is. */
async function compress(store: ByteStore, entry: Entry): Promise<void> {
	const raw = entry.bodies.identity;
	if (raw.length < COMPRESS_FROM_BYTES) return;
	store.compress(entry, 'gzip', exact(await gzipAsync(raw, { level: 6 })));
	store.compress(entry, 'br', exact(await brotliAsync(raw, brotli(5, raw.length))));
}

/** With a window that fits pages: brotli's own takes megabytes of memory for each one. */
function brotli(quality: number, length: number): BrotliOptions {
	return {
		params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: length, [constants.BROTLI_PARAM_LGWIN]: 18 },
	};
}

/** A copy of its own: what zlib gives is a small part of a larger buffer, which would be kept with it. */
function exact(bytes: Buffer): Buffer {
	const copy = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(copy);
	return copy;
}

/** Each compression holds a megabyte or more: no more of them than there are threads to do them. */
const onceAtATime = createTurnstile(4);

/** Compresses an answer that is sent once: at a low level, in another thread. */
export async function compressOnce(body: Buffer, wanted: Encoding): Promise<{ readonly encoding: Encoding; readonly bytes: Buffer }> {
	if (wanted === 'identity' || body.length < COMPRESS_FROM_BYTES) return { encoding: 'identity', bytes: body };
	if (wanted === 'gzip') return { encoding: 'gzip', bytes: await onceAtATime(() => gzipAsync(body, { level: 4 })) };
	return { encoding: 'br', bytes: await onceAtATime(() => brotliAsync(body, brotli(3, body.length))) };
}
