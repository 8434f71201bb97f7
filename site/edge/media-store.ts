import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createTurnstile } from './turnstile.ts';

/** Transforms at once: one of a 60-megapixel picture takes about 200 MB in Directus. */
const AT_ONCE = 2;
const NAME = /^[A-Za-z0-9._-]{1,200}$/;

export interface StoredMedia {
	readonly file: string;
	readonly sizeBytes: number;
}

export interface MediaStore {
	/**
	 * The file kept under `name`, made by `make` when absent: once for all who ask at the same time. Null when `make` gives none.
	 *
	 * @throws Error when `name` is no plain file name.
	 */
	keep(name: string, make: () => Promise<Uint8Array | null>): Promise<StoredMedia | null>;
}

/** Pictures made for the site, as files of `folder` up to `limitBytes`; the one unused for longest goes first. */
export function createMediaStore(folder: string, limitBytes: number): MediaStore {
	mkdirSync(folder, { recursive: true });
	const kept = new Map(filesByAge(folder).map(({ name, sizeBytes }) => [name, sizeBytes]));
	let bytes = kept.values().reduce((sum, size) => sum + size, 0);
	const making = new Map<string, Promise<StoredMedia | null>>();
	const turnstile = createTurnstile(AT_ONCE);

	const shrink = async (): Promise<void> => {
		for (const [name, size] of kept) {
			if (bytes <= limitBytes) return;
			kept.delete(name);
			bytes -= size;
			await rm(join(folder, name), { force: true });
		}
	};
	const store = async (name: string, content: Uint8Array): Promise<StoredMedia> => {
		const file = join(folder, name);
		await writeFile(`${file}.part`, content);
		await rename(`${file}.part`, file);
		bytes += content.length - (kept.get(name) ?? 0);
		kept.set(name, content.length);
		await shrink();
		return { file, sizeBytes: content.length };
	};

	return Object.freeze<MediaStore>({
		keep: async (name, make) => {
			if (!NAME.test(name) || name.startsWith('.')) throw new Error('a kept picture needs a plain file name');
			const sizeBytes = kept.get(name);
			if (sizeBytes !== undefined) {
				kept.delete(name);
				kept.set(name, sizeBytes);
				const file = join(folder, name);
				const isThere = await utimes(file, new Date(), new Date()).then(
					() => true,
					() => false,
				);
				if (isThere) return { file, sizeBytes };
				kept.delete(name);
				bytes -= sizeBytes;
			}
			const others = making.get(name);
			if (others) return others;
			const mine = turnstile(async () => {
				const content = await make();
				return content && store(name, content);
			}).finally(() => making.delete(name));
			making.set(name, mine);
			return mine;
		},
	});
}

/** The oldest first. Half-written files of a crash are removed. */
function filesByAge(folder: string): { readonly name: string; readonly sizeBytes: number }[] {
	const files = readdirSync(folder).map((name) => {
		const { size, mtimeMs } = statSync(join(folder, name));
		return { name, sizeBytes: size, mtimeMs };
	});
	files.filter(({ name }) => name.endsWith('.part')).forEach(({ name }) => rmSync(join(folder, name), { force: true }));
	return files.filter(({ name }) => !name.endsWith('.part')).toSorted((a, b) => a.mtimeMs - b.mtimeMs);
}
