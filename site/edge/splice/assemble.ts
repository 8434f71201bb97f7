import { joinCrc, pad, type Piece } from './piece.ts';

/** Header of a gzip member: deflate, no name, no time, unknown system. Source: https://www.rfc-editor.org/rfc/rfc1952 */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty last block, the checksum and the length. */
const END_BYTES = 10;
const KEPT_BUFFERS = 64;
/** Larger pages get a buffer of their own. */
const BUFFER_BYTES = 64 * 1024;

const free: Buffer[] = [];

/** Pieces in a row, ready to be copied into one gzip member. */
export interface Row {
	/** In order; neighbours that always stand together may be one. */
	readonly chunks: readonly Buffer[];
	/** Of the whole member. */
	readonly sizeBytes: number;
}

export interface Assembled {
	readonly bytes: Buffer;
	/** Call when the bytes were sent: their memory is used again. */
	readonly done: () => void;
}

/** The row that `pieces` make; `chunks`: their deflated bytes, where somebody has joined them already. */
export function rowOf(pieces: readonly Piece[], chunks: readonly Buffer[] = pieces.map(({ deflated }) => deflated)): Row {
	let crc = 0;
	let length = 0;
	for (const piece of pieces) {
		crc = joinCrc(crc, piece);
		length += piece.length;
	}
	const end = Buffer.alloc(END_BYTES);
	end[0] = 3;
	end.writeInt32LE(crc | 0, 2);
	end.writeUInt32LE(length >>> 0, 6);
	const all = [HEADER, ...chunks, end];
	return { chunks: all, sizeBytes: all.reduce((sum, chunk) => sum + chunk.length, 0) };
}

/** The row as one gzip member. */
export function gzipOf({ chunks, sizeBytes }: Row): Assembled {
	const isReused = sizeBytes <= BUFFER_BYTES;
	const buffer = (isReused ? free.pop() : undefined) ?? Buffer.allocUnsafeSlow(isReused ? BUFFER_BYTES : sizeBytes);
	let at = 0;
	for (const chunk of chunks) {
		buffer.set(chunk, at);
		at += chunk.length;
	}
	return { bytes: buffer.subarray(0, at), done: isReused ? () => giveBack(buffer) : nothing };
}

/** The same bytes for whoever takes no gzip. */
export function identityOf(pieces: readonly Piece[]): Buffer {
	return Buffer.concat(pieces.map(({ bytes }) => pad(bytes)));
}

function giveBack(buffer: Buffer): void {
	if (free.length < KEPT_BUFFERS) free.push(buffer);
}

const nothing = (): void => undefined;
