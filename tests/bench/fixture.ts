import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeKept } from '#cms/kept.ts';
import { NO_ROWS, type Rows } from '#cms/rows.ts';
import { seedRows } from '#cms/seed/rows.ts';
import { readSource } from '#cms/seed/source.ts';

/** A new data folder with the sample company as a hub keeps it, without pictures and without a Directus. Its simulive has open doors. */
export async function sampleData(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
	const source = await readSource();
	const collections = { ...NO_ROWS.collections, ...Object.fromEntries(seedRows(source, new Set(), new Date())) } as Rows['collections'];
	await writeKept(join(folder, 'snapshot.json'), { revision: 1, rows: { ...NO_ROWS, collections, site: source.site }, slugs: {} });
	return folder;
}
