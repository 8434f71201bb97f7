import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import { createTurnstile } from './turnstile.ts';
import { listFiles } from './static.ts';

const TEXT = /\.(?:css|html|js|json|mjs|svg|txt|vtt|webmanifest|xml)$/;
const FROM_BYTES = 860;

/**
 * Puts `.br` and `.gz` beside every text file of `folder`, where they are smaller, and removes those whose file is gone.
 * Returns how many files were compressed.
 */
export async function precompress(folder: string): Promise<number> {
	const names = listFiles(folder);
	const turnstile = createTurnstile(4);
	const texts = names.filter((name) => TEXT.test(name));
	for (const name of names) if (/\.(?:br|gz)$/.test(name)) rmSync(join(folder, name));
	const sizes = await Promise.all(texts.map((name) => turnstile(() => compressFile(join(folder, name)))));
	return sizes.filter(Boolean).length;
}

async function compressFile(file: string): Promise<boolean> {
	const bytes = readFileSync(file);
	if (bytes.length < FROM_BYTES) return false;
	const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
	const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes, { params }), promisify(gzip)(bytes, { level: 9 })]);
	if (br.length < bytes.length) writeFileSync(`${file}.br`, br);
	if (gz.length < bytes.length) writeFileSync(`${file}.gz`, gz);
	return true;
}

if (import.meta.main) await precompress(process.argv[2] ?? 'dist/client');
