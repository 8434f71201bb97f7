import { createHash, randomBytes } from 'node:crypto';

/** Returns `size` random bytes. Passed as an argument wherever randomness is needed. */
export type Random = (size: number) => Buffer;

/** The operating system's randomness. */
export const systemRandom: Random = (size) => randomBytes(size);

/** Where the counter of the last millisecond stands. */
let counter = { ms: -1, count: 0 };
const COUNTER_MAX = 0x0fff;

/**
 * A UUIDv7 as text: sorts by time of making, also within one millisecond of one process, up to two thousand of them. For row ids; not a secret.
 * Source: RFC 9562, sections 5.7 and 6.2, method 1 (a counter of 12 bits that begins at random in its lower half).
 */
export function newId(now: Date, random: Random): string {
	const bytes = random(16);
	const ms = now.getTime();
	counter = { ms, count: counter.ms === ms ? Math.min(counter.count + 1, COUNTER_MAX) : bytes.readUInt16BE(6) & 0x07ff };
	bytes.writeUIntBE(ms, 0, 6);
	bytes.writeUInt16BE(counter.count, 6);
	return idOf(bytes);
}

/**
 * Many UUIDv7 of one moment, each sorting after the one before, so that rows made together lie together on disk. `now` is the
 * present: ids of a moment long past would be strewn among others. For at most four thousand million ids.
 * Source: RFC 9562, section 6.2, method 1 (a counter, here in place of the first 32 random bits).
 */
export function idSequence(now: Date, random: Random): () => string {
	let count = 0;
	return () => {
		const bytes = random(16);
		bytes.writeUIntBE(now.getTime(), 0, 6);
		// Bits of the counter around version and variant: 12 before, 20 after.
		bytes.writeUInt16BE((count >>> 20) & 0x0fff, 6);
		bytes.writeUIntBE(((count & 0xfffff) << 2) >>> 0, 8, 3);
		count++;
		return idOf(bytes);
	};
}

/** Text of 16 bytes with version and variant set. */
function idOf(bytes: Buffer): string {
	bytes[6] = 0x70 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const hex = bytes.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** 128 random bits as base64url (22 characters), for anything that grants something. Store {@link hashSecret} of it. */
export function newSecret(random: Random): string {
	return random(16).toString('base64url');
}

/** Letters and digits that nobody mistakes for another on paper or on the phone. */
const PLAIN = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random code of so many letters, 4.95 bits each, that is easy to read and type. For what opens nothing that is not open anyway. */
export function plainCode(random: Random, length: number): string {
	return [...random(length)].map((byte) => PLAIN[byte % PLAIN.length]).join('');
}

/** SHA-256 of a random secret, base64url. Only for values with at least 128 bits of entropy; look-ups of personal data use `keys.blindIndex`. */
export function hashSecret(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}

/** A stable UUID-shaped id for `name`, for seeds: the same name gives the same id on every machine. */
export function stableId(name: string): string {
	const hex = createHash('sha256').update(`foyer:${name}`).digest('hex');
	const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
