/**
 * Who gets which variant: pure functions of an id and a salt, so that the same browser gets the same variant at every visit, on every
 * process, with nothing kept anywhere.
 */

const SPAN = 2 ** 32;

/**
 * MurmurHash3 of `text`'s UTF-8, 32 bits: spreads ids evenly and independently for different salts. No secret hangs on it.
 * Source: Austin Appleby, MurmurHash3_x86_32, https://github.com/aappleby/smhasher/wiki/MurmurHash3 (public domain).
 */
export function murmur3(text: string, seed = 0): number {
	const bytes = encoder.encode(text);
	const { length } = bytes;
	const whole = length - (length % 4);
	let hash = seed;
	for (let at = 0; at < whole; at += 4) {
		const block = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
		hash ^= scrambled(block);
		hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
	}
	let tail = 0;
	for (let at = length - 1; at >= whole; at--) tail = (tail << 8) | bytes[at]!;
	if (whole < length) hash ^= scrambled(tail);
	hash ^= length;
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

const encoder = new TextEncoder();

function scrambled(block: number): number {
	const product = Math.imul(block, 0xcc9e2d51);
	return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/** Where an id falls on the line from 0 to 1 (1 excluded) that a salt draws. */
export const positionOf = (salt: string, id: string): number => murmur3(`${salt}:${id}`) / SPAN;

/** A part of a layer's line, in hundredths of a percent: from 0 to 10,000. */
export interface Range {
	readonly from: number;
	readonly to: number;
}

export const WHOLE = 10_000;

/** What an assignment needs of an experiment. */
export interface Assignable {
	/** Of this experiment and this version of it: other experiments split the same people independently. */
	readonly salt: string;
	/** Draws the line on which experiments that must not meet lie side by side. */
	readonly layerSalt: string;
	readonly range: Range;
	/** The control is the first. Weights are relative. */
	readonly variants: readonly { readonly key: string; readonly weight: number }[];
}

/**
 * The variant of an id; null when it lies outside the experiment's share of the traffic. The line of the layer decides whether, a second
 * and independent one which.
 */
export function assign({ salt, layerSalt, range, variants }: Assignable, id: string): string | null {
	const place = positionOf(layerSalt, id) * WHOLE;
	if (place < range.from || place >= range.to) return null;
	const total = variants.reduce((sum, { weight }) => sum + weight, 0);
	let left = positionOf(salt, id) * total;
	for (const { key, weight } of variants) {
		if (left < weight) return key;
		left -= weight;
	}
	return variants.at(-1)?.key ?? null;
}

/** The first part of the line that is free beside `taken` and `width` wide; null when there is none. */
export function freeRange(taken: readonly Range[], width: number): Range | null {
	let from = 0;
	for (const range of [...taken].sort((a, b) => a.from - b.from)) {
		if (range.from - from >= width) break;
		from = Math.max(from, range.to);
	}
	return from + width <= WHOLE ? { from, to: from + width } : null;
}
