import { expect, test } from 'vitest';

import { aProduct, rowsOf } from '#tests/support/rows.ts';

import type { DirectusClient, ReadOptions, Row } from './client.ts';
import { changedParts, loadParts } from './load.ts';

const products = (count: number): Row[] =>
	Array.from({ length: count }, (_none, at) =>
		aProduct({ id: `x${at}`, slug: `p-${at}`, date_created: '2026-01-01T00:00:00Z', date_updated: null, sort: at }),
	);

/** A Directus that holds `rows` and answers like the real one; notes what it was asked. */
function holding(rows: () => readonly Row[]): { readonly client: DirectusClient; readonly asked: ReadOptions[] } {
	const asked: ReadOptions[] = [];
	const answer = (options: ReadOptions): Row[] => {
		asked.push(options);
		const found = rows().filter((row) => !options.ids || options.ids.includes(String(row['id'])));
		return found.map((row) => Object.fromEntries((options.fields ?? Object.keys(row)).map((field) => [field, row[field]])));
	};
	const client: Partial<DirectusClient> = {
		rows: (_collection, options = {}) => Promise.resolve(answer(options)),
		files: () => Promise.resolve([]),
		folders: () => Promise.resolve([]),
		singleton: () => Promise.resolve({}),
	};
	return { client: client as DirectusClient, asked };
}

test('of a collection only rows with a new stamp are read; the others stay the same objects', async () => {
	const before = products(5);
	const changed = { ...before[1], title_en: 'New', date_updated: '2026-02-01T00:00:00Z' };
	const moved = { ...before[2], sort: 9 };
	const created = aProduct({ id: 'x9', slug: 'new', date_created: '2026-02-01T00:00:00Z', sort: 10 });
	const { client, asked } = holding(() => [before[0]!, changed, moved, before[4]!, created]);
	const after = (await loadParts(client, rowsOf({ products: before }), ['products'])).collections.products;
	expect(after).toEqual([before[0], changed, moved, before[4], created]);
	expect([after[0] === before[0], after[3] === before[4]]).toEqual([true, true]);
	expect(asked.flatMap(({ ids }) => ids ?? [])).toEqual(['x1', 'x2', 'x9']);
});

test('everything is read whole when asked for, in answers of a bounded size; what is as it was stays the same object', async () => {
	const before = products(250);
	const unstamped = { ...before[7], title_en: 'Written past Directus' };
	const { client, asked } = holding(() => before.map((row, at) => (at === 7 ? unstamped : { ...row })));
	const after = (await loadParts(client, rowsOf({ products: before }), ['products'], true)).collections.products;
	expect(after[7]).toEqual(unstamped);
	expect(after.filter((row, at) => row === before[at])).toHaveLength(249);
	expect(asked.map(({ ids }) => ids?.length ?? 'stamps')).toEqual(['stamps', 100, 100, 50]);
});

test('a row that goes offline while its collection is read is left out', async () => {
	const before = products(2);
	let questions = 0;
	const { client } = holding(() => (questions++ === 0 ? before : before.slice(1)));
	expect((await loadParts(client, rowsOf({}), ['products'])).collections.products).toEqual([before[1]]);
});

test('a row that only moved in its list is found when stamps are compared', async () => {
	const before = products(2);
	const rows = rowsOf({ products: before });
	const others = { collection: 'products' };
	const { client } = holding(() => before);
	expect(await changedPartsOf(client, others.collection, rows)).toEqual([]);
	const moved = holding(() => [before[0]!, { ...before[1], sort: 7 }]);
	expect(await changedPartsOf(moved.client, others.collection, rows)).toEqual(['products']);
});

/** As {@link changedParts}, of a Directus in which every other collection is empty. */
function changedPartsOf(client: DirectusClient, collection: string, rows: Parameters<typeof changedParts>[1]): ReturnType<typeof changedParts> {
	const only: DirectusClient = { ...client, rows: (name, options) => (name === collection ? client.rows(name, options) : Promise.resolve([])) };
	return changedParts(only, rows);
}
