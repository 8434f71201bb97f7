import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { aFile, aPaper, aProduct, rowsOf } from '#tests/support/rows.ts';

import { readKept, writeKept } from './kept.ts';

const folder = mkdtempSync(join(tmpdir(), 'foyer-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
	{ what: 'nothing', rows: rowsOf({}) },
	{
		what: 'more than one piece',
		rows: rowsOf(
			{
				white_papers: [aPaper(), aPaper({ id: 'q', body_en: '变频器 "quoted" \\ 😀\n'.repeat(20_000) })],
				products: [aProduct({ id: 'a' }), aProduct()],
			},
			{ files: [aFile(), aFile({ id: 'g' })], folders: [{ id: 'inner', parent: null }], site: { brand: 'B' } },
		),
	},
])('what is kept comes back as it was: $what', async ({ rows }) => {
	const file = join(folder, 'snapshot.json');
	const kept = { revision: 7, rows, slugs: { 'products:x': 'hm2' } };
	await writeKept(file, kept);
	expect(await readKept(file)).toEqual(kept);
});
