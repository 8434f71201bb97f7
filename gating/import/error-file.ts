import { and, asc, eq, gt, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';

import type { Reader } from '../lead/reader.ts';
import { importBatch, importRow } from '../schema.ts';
import type { ImportDeps } from './create-imports.ts';
import { csvLine } from './csv.ts';
import { openCells } from './prepare.ts';
import { openSample } from './sample.ts';

/** Rows that were put to nobody, unreadable or unmatched, with the reason in a column of its own. Null when the file is gone or the reader may see nobody. */
export async function errorFile(
	{ db, keys, now, random }: ImportDeps,
	id: string,
	reader: Reader,
	words: (code: string) => string,
): Promise<Buffer | null> {
	const [batch] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
	const dataKey = batch?.dataKey;
	if (!batch || !dataKey || !batch.sample || !reader.seesPeople) return null;
	const { headings } = openSample(keys, dataKey, batch.sample);
	const lines = [csvLine([...headings, words('heading')], batch.delimiter)];
	for (let after = 0; ;) {
		const rows = await db.read
			.select({ row: importRow.row, reasons: importRow.reasons, cells: importRow.cells })
			.from(importRow)
			.where(and(eq(importRow.importId, id), inArray(importRow.outcome, ['error', 'unmatched']), gt(importRow.row, after)))
			.orderBy(asc(importRow.row))
			.limit(500);
		for (const { reasons, cells } of rows)
			if (cells)
				lines.push(
					csvLine(
						[...headings.map((_heading, index) => openCells(keys, dataKey, cells)[index] ?? ''), reasons.map(words).join(' ')],
						batch.delimiter,
					),
				);
		const last = rows.at(-1);
		if (!last || rows.length < 500) break;
		after = last.row;
	}
	await db.write((tx) =>
		recordAudit(tx, { actor: reader.actor, origin: reader.origin, action: 'import.errors', subject: `import:${id}`, detail: {} }, now(), random),
	);
	return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}
