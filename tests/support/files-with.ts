import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Files below `folder` that hold one of `words` in any case, as UTF-8, UTF-16 in either order, Base64 or compressed; each with its place. */
export function filesWith(folder: string, words: readonly string[], skip: (path: string) => boolean = () => false): string[] {
	const found: string[] = [];
	const walk = (path: string): void => {
		for (const name of readdirSync(path)) {
			const full = join(path, name);
			if (skip(relative(folder, full))) continue;
			if (statSync(full).isDirectory()) walk(full);
			else {
				const bytes = readFileSync(full);
				for (const word of wordsIn(bytes, words)) found.push(`${relative(folder, full)}: ${around(bytes, word)}`);
			}
		}
	};
	walk(folder);
	return found;
}

/** The word with some letters beside it, for the message of a failing test. */
function around(bytes: Buffer, word: string): string {
	const at = bytes.indexOf(word);
	return at < 0
		? word
		: bytes
				.subarray(Math.max(0, at - 60), at + 60)
				.toString('latin1')
				.replaceAll(/[^\x20-\x7e]+/g, '·');
}

/** Which of `words` the bytes hold. */
export function wordsIn(bytes: Buffer, words: readonly string[]): string[] {
	const texts = [bytes, ...unpacked(bytes)].map((one) => one.toString('latin1').toLowerCase());
	return words.filter((word) => spellings(word).some((spelling) => texts.some((text) => text.includes(spelling))));
}

function spellings(word: string): string[] {
	const latin = (bytes: Buffer): string => bytes.toString('latin1').toLowerCase();
	const utf16 = Buffer.from(word, 'utf16le');
	// The three ways Base64 may cut the bytes, without the letters that depend on what stands beside.
	const base64 = [0, 1, 2].map((shift) =>
		Buffer.concat([Buffer.alloc(shift), Buffer.from(word)])
			.toString('base64')
			.slice(shift === 0 ? 0 : 4, -4),
	);
	return [latin(Buffer.from(word)), latin(utf16), latin(Buffer.from(utf16).swap16()), ...base64.map((text) => text.toLowerCase())].filter(
		(text) => text.length > 5,
	);
}

function unpacked(bytes: Buffer): Buffer[] {
	return [gunzipSync, inflateSync, brotliDecompressSync].flatMap((unpack) => {
		try {
			return [unpack(bytes)];
		} catch {
			return [];
		}
	});
}
