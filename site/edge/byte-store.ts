import type { Encoding } from './encoding.ts';
import type { FlatHeaders } from './headers.ts';
import type { Split } from './splice/split.ts';

/** A whole answer as bytes, in each encoding once. */
export interface Entry {
	readonly key: string;
	/** Headers of the content itself: type, language, links. */
	readonly headers: FlatHeaders;
	readonly etag: string;
	readonly tags: readonly string[];
	/** Epoch milliseconds from which it no longer holds; Infinity: until one of its tags changes. */
	readonly untilMs: number;
	/** Where its holes are; null for a page without any. */
	readonly split: Split | null;
	readonly bodies: { readonly identity: Buffer; gzip?: Buffer; br?: Buffer };
	/** Finished heads of the answers made so far, by encoding. */
	readonly heads: Partial<Record<Encoding | 'not-modified', string[]>>;
}

export interface ByteStore {
	/** Null when absent or no longer valid. */
	get(key: string, nowMs: number): Entry | null;
	put(entry: Entry): void;
	/** Adds a compressed body to an entry that is still in the store. */
	compress(entry: Entry, encoding: 'gzip' | 'br', bytes: Buffer): void;
	/** Drops what carries one of the tags; returns how many. */
	drop(tags: readonly string[]): number;
	stats(): { readonly entries: number; readonly bytes: number };
}

/** What an entry costs beside its bytes, roughly. */
const ENTRY_BYTES = 2_048;
/** What the compressed pieces of a page with holes add, as a share of the page, once somebody gets it as their own. */
const SHELL_SHARE = 0.4;

/** Entries up to `limitBytes` together; the one unused for longest goes first. */
export function createByteStore(limitBytes: number): ByteStore {
	const entries = new Map<string, Entry>();
	let bytes = 0;

	const remove = (entry: Entry): void => {
		if (entries.get(entry.key) !== entry) return;
		entries.delete(entry.key);
		bytes -= sizeOf(entry);
	};
	const shrink = (): void => {
		for (const entry of entries.values()) {
			if (bytes <= limitBytes) return;
			remove(entry);
		}
	};

	return Object.freeze<ByteStore>({
		get: (key, nowMs) => {
			const entry = entries.get(key);
			if (entry === undefined) return null;
			if (entry.untilMs <= nowMs) {
				remove(entry);
				return null;
			}
			entries.delete(key);
			entries.set(key, entry);
			return entry;
		},
		put: (entry) => {
			const before = entries.get(entry.key);
			if (before) remove(before);
			if (sizeOf(entry) > limitBytes / 4) return;
			entries.set(entry.key, entry);
			bytes += sizeOf(entry);
			shrink();
		},
		compress: (entry, encoding, body) => {
			if (entries.get(entry.key) !== entry || entry.bodies[encoding]) return;
			entry.bodies[encoding] = body;
			bytes += body.length;
			shrink();
		},
		drop: (tags) => {
			const wanted = new Set(tags);
			const gone = [...entries.values()].filter((entry) => entry.tags.some((tag) => wanted.has(tag)));
			gone.forEach(remove);
			return gone.length;
		},
		stats: () => ({ entries: entries.size, bytes }),
	});
}

function sizeOf({ bodies, split }: Entry): number {
	const shellBytes = split ? bodies.identity.length * SHELL_SHARE : 0;
	return ENTRY_BYTES + shellBytes + bodies.identity.length + (bodies.gzip?.length ?? 0) + (bodies.br?.length ?? 0);
}
