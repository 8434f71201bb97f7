import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Row } from '#cms/client.ts';
import { writeKept } from '#cms/kept.ts';
import { NO_ROWS, type Rows } from '#cms/rows.ts';
import { seedRows } from '#cms/seed/rows.ts';
import { readSource } from '#cms/seed/source.ts';
import { stableId } from '#kernel/id.ts';

/** A new data folder with the sample company as a hub keeps it, without pictures and without a Directus. Its simulive has open doors. */
export async function sampleData(change: (rows: Rows) => Rows = (rows) => rows): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
	await writeKept(join(folder, 'snapshot.json'), { revision: 1, rows: change(await sampleRows()), slugs: {} });
	return folder;
}

/** The sample company's content as Directus gives it. */
export async function sampleRows(): Promise<Rows> {
	const source = await readSource();
	const collections = { ...NO_ROWS.collections, ...Object.fromEntries(seedRows(source, new Set(), new Date())) } as Rows['collections'];
	return { ...NO_ROWS, collections, site: source.site };
}

/** The same company with `count` motors: each with its own figures, in one of the ways of writing them. */
export function withMotors(rows: Rows, count: number): Rows {
	const motors = rows.collections.categories.find((row) => row['slug'] === 'motors')!['id'];
	const samples = rows.collections.products.filter((row) => row['category'] === motors || isBelow(rows, row['category'], motors));
	const made = Array.from({ length: count }, (_none, at): Row => {
		const sample = samples[at % samples.length]!;
		const factor = 1 + (at % 997) / 100;
		const slug = `bench-${at}`;
		return {
			...sample,
			id: stableId(`products:${slug}`),
			slug,
			part_number: `BM-${String(at).padStart(5, '0')}`,
			sort: 1_000 + at,
			figures: scaled(sample['figures'], factor),
			specs: scaled(sample['specs'], factor),
		};
	});
	return { ...rows, collections: { ...rows.collections, products: [...rows.collections.products, ...made] } };
}

function isBelow({ collections }: Rows, category: unknown, root: unknown): boolean {
	return collections.categories.find((row) => row['id'] === category)?.['parent'] === root;
}

/** Decimal numbers times `factor`, as a list of specifications has them. */
function scaled(list: unknown, factor: number): unknown {
	return (list as readonly Row[]).map((row) => ({
		...row,
		value: String(row['value']).replace(/\d+\.\d+|(?<![\dA-Za-z×] ?)\d{2,}(?!\d| ?[×-])/g, (number) =>
			String(Number((Number(number) * factor).toPrecision(3))),
		),
	}));
}
