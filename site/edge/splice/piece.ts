import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A run of a page that is compressed once and then put between others. */
export interface Piece {
	/** As it is read, without what pads it. */
	readonly bytes: Buffer;
	/** Length with its padding: what it adds to a page. */
	readonly length: number;
	/** Raw DEFLATE (RFC 1951) of the padded bytes, fully flushed: whatever stands before or after it, it reads the same. */
	readonly deflated: Buffer;
	/** CRC-32 of the padded bytes. */
	readonly crc: number;
	/** Moves the CRC-32 of what stands before over this piece: see {@link joinCrc}. */
	readonly shift: Shift;
}

/** Four tables of 256 entries: what each byte of a checksum becomes when so many zeros follow. */
type Shift = readonly [Int32Array, Int32Array, Int32Array, Int32Array];

/** Pieces are padded with spaces to a multiple of this, so that few tables are needed. A hole stands where spaces do no harm. */
const PADDING = 256;
const shifts = new Map<number, Shift>();

/**
 * Compresses a piece. The full flush at its end forgets what was compressed before, so that one piece tells nothing of another by its size.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc1951, https://www.zlib.net/manual.html (Z_FULL_FLUSH)
 */
export function makePiece(bytes: Buffer): Piece {
	const padded = pad(bytes);
	const deflated = deflateRawSync(padded, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
	const kept = Buffer.allocUnsafeSlow(deflated.length);
	deflated.copy(kept);
	return { bytes, length: padded.length, deflated: kept, crc: crc32(padded) | 0, shift: shiftBy(padded.length) };
}

/** The bytes and the spaces after them. */
export function pad(bytes: Buffer): Buffer {
	const missing = (PADDING - (bytes.length % PADDING)) % PADDING;
	return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing, ' ')]);
}

/** CRC-32 of what has the checksum `crc` and `piece` after it. */
export function joinCrc(crc: number, { shift, crc: own }: Piece): number {
	return shift[0][crc & 255]! ^ shift[1][(crc >>> 8) & 255]! ^ shift[2][(crc >>> 16) & 255]! ^ shift[3][crc >>> 24]! ^ own;
}

/**
 * The checksum is linear over its bits: what `length` zeros make of it is the sum of what they make of each byte alone, less what they make
 * of nothing, which their own checksum holds already.
 */
function shiftBy(length: number): Shift {
	const known = shifts.get(length);
	if (known) return known;
	const zeros = Buffer.alloc(length);
	const ofNothing = crc32(zeros, 0);
	const table = (place: number): Int32Array => Int32Array.from({ length: 256 }, (_, byte) => crc32(zeros, (byte << (8 * place)) >>> 0) ^ ofNothing);
	const made: Shift = [table(0), table(1), table(2), table(3)];
	shifts.set(length, made);
	return made;
}
