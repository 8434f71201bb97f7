import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const HASH = /^[0-9a-f]{64}$/;

/** Bytes by their hash: stamped PDFs, brochures, recordings, imports, exports. */
export interface FileStore {
	/** Stores bytes and returns their SHA-256 as hex; the same bytes are kept once. */
	put(bytes: Uint8Array): Promise<string>;
	/** Null when there is no such file. */
	size(hash: string): Promise<number | null>;
	/** Bytes `start` to `end`, both included. @throws Error when there is no such file. */
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
	const size = async (hash: string): Promise<number | null> => {
		try {
			return (await stat(pathOf(hash))).size;
		} catch {
			return null;
		}
	};

	return Object.freeze<FileStore>({
		put: async (bytes) => {
			const hash = createHash('sha256').update(bytes).digest('hex');
			if ((await size(hash)) === bytes.length) return hash;
			const path = pathOf(hash);
			await mkdir(join(path, '..'), { recursive: true });
			const part = `${path}.${process.pid}.part`;
			await writeFile(part, bytes, { flush: true });
			await rename(part, path);
			return hash;
		},
		size,
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
