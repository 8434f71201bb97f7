/** Encodings that lists come in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How much of a file is looked at. */
const SAMPLE_BYTES = 262_144;

/**
 * The encoding of a file: by its byte order mark; without one, UTF-16 by its zeros, UTF-8 if it is that, and of the old code pages the Chinese one
 * when most pairs of high bytes are characters of everyday Chinese.
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
	const [a, b, c] = bytes;
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	const sample = bytes.subarray(0, SAMPLE_BYTES);
	const zeros = [0, 0];
	for (let index = 0; index < Math.min(sample.length, 2_000); index++) if (sample[index] === 0) zeros[index % 2]!++;
	if (zeros[1]! > 20 * Math.max(1, zeros[0]!) || (zeros[1]! > 0 && zeros[0] === 0)) return 'utf-16le';
	if (zeros[0]! > 0 && zeros[1] === 0) return 'utf-16be';
	return isUtf8(bytes) ? 'utf-8' : isEverydayChinese(sample) ? 'gb18030' : 'windows-1252';
}

/** The file's text without its byte order mark and Excel's `sep=` line; the separator that line names, or null. */
export function decode(bytes: Uint8Array, encoding: Encoding): { readonly text: string; readonly separator: string | null } {
	const text = new TextDecoder(encoding).decode(bytes);
	const named = /^sep=(.)\r?\n/u.exec(text);
	return named ? { text: text.slice(named[0].length), separator: named[1] ?? null } : { text, separator: null };
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** GB 2312 puts its characters at B0–F7 followed by A1–FE; accented letters of a Western file rarely come in such pairs. */
function isEverydayChinese(bytes: Uint8Array): boolean {
	let pairs = 0;
	let others = 0;
	for (let index = 0; index < bytes.length; index++) {
		const lead = bytes[index]!;
		if (lead < 0x80) continue;
		const trail = bytes[index + 1] ?? 0;
		if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) {
			pairs++;
			index++;
		} else others++;
	}
	return pairs > 2 * others;
}
