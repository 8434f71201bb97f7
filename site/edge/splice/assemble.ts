import { joinCrc, pad, type Piece } from './piece.ts';

/** Header of a gzip member: deflate, no name, no time, unknown system. Source: https://www.rfc-editor.org/rfc/rfc1952 */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty last block. */
const END = Buffer.from([3, 0]);
const FRAME_BYTES = HEADER.length + END.length + 8;
const KEPT_BUFFERS = 64;
/** Larger pages get a buffer of their own. */
const BUFFER_BYTES = 64 * 1024;

const free: Buffer[] = [];

export interface Assembled {
	readonly bytes: Buffer;
	/** Call when the bytes were sent: their memory is used again. */
	readonly done: () => void;
}

/** The pieces in a row as one gzip member. */
export function gzipOf(pieces: readonly Piece[]): Assembled {
	let size = FRAME_BYTES;
	for (const { deflated } of pieces) size += deflated.length;
	const isReused = size <= BUFFER_BYTES;
	const buffer = (isReused ? free.pop() : undefined) ?? Buffer.allocUnsafeSlow(isReused ? BUFFER_BYTES : size);
	let at = HEADER.copy(buffer);
	let crc = 0;
	let length = 0;
	for (const piece of pieces) {
		at += piece.deflated.copy(buffer, at);
		crc = joinCrc(crc, piece);
		length += piece.length;
	}
	at += END.copy(buffer, at);
	at = buffer.writeInt32LE(crc | 0, at);
	at = buffer.writeUInt32LE(length >>> 0, at);
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
