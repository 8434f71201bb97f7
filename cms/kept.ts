import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Row } from './client.ts';
import { COLLECTION_NAMES, NO_ROWS, type Rows } from './rows.ts';

const FORMAT = 1;
/** How much is written at once, in UTF-16 units; readers are answered between. */
const PIECE_LENGTH = 100_000;

/** What outlives a restart: the rows as Directus gave them, and the last slug of every item ever published. */
export interface Kept {
	readonly revision: number;
	readonly rows: Rows;
	/** `<collection>:<id>` to slug; stays when an item goes offline, so that a slug changed meanwhile is noticed. */
	readonly slugs: Readonly<Record<string, string>>;
}

/** Reads what was kept; null when there is nothing or it was written by another format. */
export async function readKept(file: string): Promise<Kept | null> {
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) return null;
	try {
		const { format, ...kept } = JSON.parse(text) as Kept & { readonly format?: number };
		if (format !== FORMAT) return null;
		return { ...kept, rows: { ...kept.rows, collections: { ...NO_ROWS.collections, ...kept.rows.collections } } };
	} catch {
		return null;
	}
}

/** Replaces the file at once: a crash leaves the old or the new one. */
export async function writeKept(file: string, kept: Kept): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(`${file}.new`, pieces(kept), { mode: 0o600 });
	await rename(`${file}.new`, file);
}

/** The kept content as JSON, in pieces. */
function* pieces(kept: Kept): Generator<string> {
	let piece = '';
	for (const text of texts(kept)) {
		piece += text;
		if (piece.length < PIECE_LENGTH) continue;
		yield piece;
		piece = '';
	}
	yield piece;
}

function* texts({ revision, rows, slugs }: Kept): Generator<string> {
	yield `{"format":${FORMAT},"revision":${revision},"slugs":${JSON.stringify(slugs)},"rows":{"site":${JSON.stringify(rows.site)},"files":`;
	yield* list(rows.files);
	yield ',"folders":';
	yield* list(rows.folders);
	yield ',"collections":{';
	for (const [at, name] of COLLECTION_NAMES.entries()) {
		yield `${at === 0 ? '' : ','}"${name}":`;
		yield* list(rows.collections[name]);
	}
	yield '}}}\n';
}

function* list(rows: readonly Row[]): Generator<string> {
	yield '[';
	for (const [at, row] of rows.entries()) yield (at === 0 ? '' : ',') + JSON.stringify(row);
	yield ']';
}
