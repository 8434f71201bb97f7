import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const HASH = /^[0-9a-f]{64}$/;
/** So much is hashed and written at once: a millisecond or less, so that large files hold nobody up. */
const SLICE_BYTES = 256 * 1_024;

export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/** Bytes by their hash: stamped PDFs, brochures, recordings, imports, exports. */
export interface FileStore {
	/** Stores bytes and returns their SHA-256 as hex; the same bytes are kept once. */
	put(content: FileContent): Promise<string>;
	/** Null when there is no such file. */
	size(hash: string): Promise<number | null>;
	/** Bytes `start` to `end`, both included. The stream fails when there is no such file. */
	read(hash: string, range?: { readonly start: number; readonly end: number }): Readable;
	remove(hash: string): Promise<void>;
	/** Every hash in the store, in no order. */
	list(): Promise<readonly string[]>;
}

/** Files in a folder, two levels deep; written beside and renamed, so that a crash leaves no half file under a hash. */
export function folderFileStore(folder: string): FileStore {
	const pathOf = (hash: string): string => {
		if (!HASH.test(hash)) throw new Error('a file is named by its SHA-256 in hex');
		return join(folder, hash.slice(0, 2), hash);
	};

	return Object.freeze<FileStore>({
		put: async (content) => {
			await mkdir(folder, { recursive: true });
			const part = join(folder, `${randomUUID()}.part`);
			try {
				const hash = await writeHashed(part, content);
				await mkdir(join(pathOf(hash), '..'), { recursive: true });
				await rename(part, pathOf(hash));
				return hash;
			} catch (error) {
				await rm(part, { force: true });
				throw error;
			}
		},
		size: async (hash) => {
			try {
				return (await stat(pathOf(hash))).size;
			} catch {
				return null;
			}
		},
		read: (hash, range) => createReadStream(pathOf(hash), range ? { start: range.start, end: range.end } : {}),
		remove: async (hash) => {
			await unlink(pathOf(hash)).catch(() => undefined);
		},
		list: async () => {
			const folders = await readdir(folder).catch(() => []);
			const names = await Promise.all(folders.map((name) => readdir(join(folder, name)).catch(() => [])));
			return names.flat().filter((name) => HASH.test(name));
		},
	});
}

async function writeHashed(path: string, content: FileContent): Promise<string> {
	const hash = createHash('sha256');
	const file = await open(path, 'wx');
	try {
		for await (const slice of slicesOf(content)) {
			hash.update(slice);
			await file.appendFile(slice);
		}
		await file.sync();
	} finally {
		await file.close();
	}
	return hash.digest('hex');
}

/** Content in parts that take little time each. */
export async function* slicesOf(content: FileContent): AsyncGenerator<Uint8Array> {
	if (!(content instanceof Uint8Array)) return yield* content;
	for (let from = 0; from < content.length; from += SLICE_BYTES) yield content.subarray(from, from + SLICE_BYTES);
}
