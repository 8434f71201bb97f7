import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { DAY_MS, type Now } from '#kernel/clock.ts';
import { hashSecret } from '#kernel/id.ts';

import type { Host } from '../stage/host.ts';
import { MOST_UPLOAD_BYTES, type Recordings, UPLOAD_TYPES } from './create-recordings.ts';

const EBML = 0x1a45dfa3;

export interface UploadPart {
	/** Chosen by who sends, the same for all parts of a file. */
	readonly upload: string;
	/** Bytes before this part, and of the whole file. */
	readonly at: number;
	readonly sizeBytes: number;
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

export type PartOutcome =
	/** Go on with the bytes from `at`: also where a part was lost, or came twice. */
	{ readonly status: 'more'; readonly at: number } | { readonly status: 'ready' | 'type' | 'empty' | 'too-large' };

/** A film comes in parts, so that a lost connection costs one of them and no request is long. Unfinished ones are gone after a day. */
export function createUploads({
	folder,
	recordings,
	now,
}: {
	readonly folder: string;
	readonly recordings: Pick<Recordings, 'upload'>;
	readonly now: Now;
}) {
	const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;
	const sweep = async (): Promise<void> => {
		for (const name of await readdir(folder).catch(() => [])) {
			const found = await stat(join(folder, name)).catch(() => null);
			if (found && now().getTime() - found.mtimeMs > DAY_MS) await rm(join(folder, name), { force: true });
		}
	};

	return async (host: Host, { upload, at, sizeBytes, mediaType, bytes }: UploadPart): Promise<PartOutcome> => {
		if (!(UPLOAD_TYPES as readonly string[]).includes(mediaType)) return { status: 'type' };
		if (sizeBytes > MOST_UPLOAD_BYTES) return { status: 'too-large' };
		if (sizeBytes === 0) return { status: 'empty' };
		const path = join(folder, `${hashSecret(`${host.staffId} ${host.occurrenceId} ${upload}`)}.part`);
		const had = await sizeOf(path);
		if (at !== had) return { status: 'more', at: had };
		if (at === 0 && !beginsAsFilm(bytes, mediaType)) return { status: 'type' };
		if (at === 0) await sweep();
		if (had + bytes.length > sizeBytes) return { status: 'too-large' };
		await mkdir(folder, { recursive: true });
		await appendFile(path, bytes);
		if (had + bytes.length < sizeBytes) return { status: 'more', at: had + bytes.length };
		const outcome = await recordings.upload(host, { mediaType, content: createReadStream(path) });
		await rm(path, { force: true });
		return outcome;
	};
}

/** Whether a file begins as its type must: an MP4 with its `ftyp` box (ISO/IEC 14496-12), a WebM as EBML (RFC 8794). */
function beginsAsFilm(bytes: Uint8Array, mediaType: string): boolean {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 8));
	return mediaType === 'video/webm' ? head.length >= 4 && head.readUInt32BE() === EBML : head.toString('latin1', 4) === 'ftyp';
}
