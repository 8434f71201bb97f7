import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aFile, aPaper, aProduct, aWebinar, both, rowsOf } from '#tests/support/rows.ts';

import { changedTags } from '../change.ts';
import type { Row } from '../client.ts';
import type { Snapshot } from '../content.ts';
import { PUBLIC_FOLDER } from '../directus/model/folder.ts';
import type { CollectionName, Rows } from '../rows.ts';
import { createReadMemo } from './memo.ts';
import { project } from './project.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const picture = { type: 'image/png', width: 10, height: 10, folder: 'inner' };
const toProducts = (...ids: string[]): Row => ({ products: ids.map((key) => ({ key, collection: 'products' })) });
const industry = { industries: [{ key: 't1', collection: 'terms' }] };
const START: Rows = rowsOf(
	{
		categories: [
			{ id: 'c1', slug: 'motors', picture: 'f1' },
			{ id: 'c2', slug: 'servo', parent: 'c1' },
		],
		products: [
			aProduct({ id: 'x1', slug: 'one', category: 'c1', drawing: 'f1' }),
			aProduct({ id: 'x2', slug: 'two', category: 'c2', ...industry }),
			aProduct({ id: 'x3', slug: 'three', category: 'c2' }),
		],
		documents: [
			{ id: 'd1', product: 'x1', kind: 'manual', gate: 'open', file: 'f2' },
			{ id: 'd2', product: 'x1', kind: 'cad', gate: 'gated', file: 'f2', sort: 1 },
		],
		products_files: [{ id: 1, products_id: 'x2', directus_files_id: 'f1', sort: 1 }],
		terms: [{ id: 't1', kind: 'industry', slug: 'packaging', ...both('name', 'Packaging') }],
		white_papers: [aPaper({ id: 'p1', cover: 'f1', ...toProducts('x1', 'x3'), ...industry })],
		webinars: [aWebinar({ id: 'w1', ...toProducts('x2'), moments: [{ at_seconds: 5, kind: 'resource', target: 'products/one' }] })],
		pages: [{ id: 'g1', slug: 'about', ...both('title', 'About'), blocks: [{ kind: 'cards', items: ['products/two', 'white_papers/a-paper'] }] }],
		slots: [{ id: 's1', slug: 'home', pins: ['products/three'] }],
		forms: [{ id: 'm1', key: 'k', ...both('title', 'T'), fields: [{ name: 'industry', kind: 'select', ...both('label', 'L') }] }],
	},
	{
		site: { brand: 'B', time_zone: 'UTC' },
		files: [aFile({ id: 'f1', ...picture }), aFile({ id: 'f2' })],
		folders: [{ id: 'inner', parent: PUBLIC_FOLDER }],
	},
);

const NAMES = Object.keys(START.collections).filter((name) => START.collections[name as CollectionName].length > 0) as CollectionName[];
/** Values that the named columns come to hold. */
const COLUMNS: Readonly<Record<string, readonly unknown[]>> = {
	slug: ['one', 'two', 'motors', 'servo', 'a-paper', 'packaging', 'Not An Address', null],
	title_en: ['A title', ''],
	name_en: ['A name'],
	category: ['c1', 'c2', 'gone', null],
	parent: ['c1', 'c2', null],
	product: ['x1', 'x2', null],
	products_id: ['x1', 'x3'],
	kind: ['industry', 'topic', 'manual'],
	file: ['f1', 'f2', 'gone'],
	cover: ['f1', 'f2', null],
	sort: [1, 2, 3, null],
	products: [toProducts('x1')['products'], toProducts('x3', 'x2', 'gone')['products'], 'broken'],
	publish_at: ['2026-03-01T13:00:00Z', '2026-02-01T00:00:00Z', '2026-99-99', null],
	unpublish_at: ['2026-03-01T14:00:00Z', null],
	time_zone: ['Europe/Zurich', '', 'Mars/Base'],
};
const cell = fc.constantFrom(...Object.entries(COLUMNS).flatMap(([column, values]) => values.map((value) => [column, value] as const)));
const place = { name: fc.constantFrom(...NAMES), at: fc.nat(5) };

interface Moment {
	readonly rows: Rows;
	readonly now: Date;
}
type Edit = (moment: Moment) => Moment;

const edited = (rows: Rows, name: CollectionName, change: (rows: readonly Row[]) => readonly Row[]): Rows => ({
	...rows,
	collections: { ...rows.collections, [name]: change(rows.collections[name]) },
});
const inRows = (name: CollectionName, change: (rows: readonly Row[]) => readonly Row[]): Edit => {
	return ({ rows, now }) => ({ now, rows: edited(rows, name, change) });
};
/** The row again, under an id that is its own. */
const withCopy = (rows: readonly Row[], row: Row | undefined, tail: string): readonly Row[] => {
	const id = `${String(row?.['id'])}${tail}`;
	return row && rows.every((other) => String(other['id']) !== id) ? [...rows, { ...row, id }] : rows;
};
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.record({ ...place, cell })
			.map(({ name, at, cell: [column, value] }) =>
				inRows(name, (rows) => rows.map((row, index) => (index === at ? { ...row, [column]: value } : row))),
			),
	},
	fc.record(place).map(({ name, at }) => inRows(name, (rows) => rows.filter((_row, index) => index !== at))),
	fc
		.record({ ...place, tail: fc.constantFrom('', '-copy') })
		.map(({ name, at, tail }) => inRows(name, (rows) => withCopy(rows, START.collections[name][at], tail))),
	fc
		.constantFrom(...COLUMNS['time_zone']!)
		.map((zone): Edit => ({ rows, now }) => ({ now, rows: { ...rows, site: { ...rows.site, time_zone: zone } } })),
	fc.constantFrom<Row>(picture, { folder: null }, { filesize: '99' }, { type: 'application/pdf' }).map((change): Edit => {
		return ({ rows, now }) => ({ now, rows: { ...rows, files: rows.files.map((row, at) => (at === 0 ? { ...row, ...change } : row)) } });
	}),
	fc
		.constantFrom<Row[]>([], [{ id: 'inner', parent: PUBLIC_FOLDER }])
		.map((folders): Edit => ({ rows, now }) => ({ now, rows: { ...rows, folders } })),
	fc.constant<Edit>(({ rows, now }) => ({ rows, now: new Date(now.getTime() + HOUR_MS) })),
);

test('after any edits, what was read before and what is read anew make up the same as reading everything, and tags name every difference', () => {
	fc.assert(
		fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 12 }), (edits) => {
			const memo = createReadMemo();
			let moment: Moment = { rows: START, now: NOW };
			let before = project(moment.rows, moment.now, 0, memo).snapshot;
			for (const edit of edits) {
				moment = edit(moment);
				const quick = project(moment.rows, moment.now, 1, memo);
				expect(quick).toEqual(project(moment.rows, moment.now, 1));
				expect(new Set(changedTags(before, quick.snapshot))).toEqual(differences(before, quick.snapshot));
				before = quick.snapshot;
			}
		}),
		{ numRuns: 100 },
	);
});

test('what an edit does not touch stays the very same object', () => {
	const memo = createReadMemo();
	const before = project(START, NOW, 0, memo).snapshot;
	const rows = edited(START, 'products', ([first, ...others]) => [{ ...first, tagline_en: 'New' }, ...others]);
	const after = project(rows, NOW, 1, memo).snapshot;
	const at = before.products.findIndex(({ id }) => id === 'x1');
	expect(after.products.map((product, index) => product === before.products[index])).toEqual(before.products.map((_product, index) => index !== at));
	expect([after.whitePapers[0], after.webinars[0], after.forms[0]]).toEqual([before.whitePapers[0], before.webinars[0], before.forms[0]]);
	expect(after.whitePapers[0]).toBe(before.whitePapers[0]);
	expect(after.webinars[0]).toBe(before.webinars[0]);
	expect(after.forms[0]).toBe(before.forms[0]);
});

/** The tags, found by comparing everything as text. */
function differences(before: Snapshot, after: Snapshot): Set<string> {
	const tags = new Set<string>();
	if (JSON.stringify(before.site) !== JSON.stringify(after.site)) tags.add('site');
	for (const [list, items] of Object.entries(after) as [keyof Snapshot, unknown][]) {
		if (!Array.isArray(items)) continue;
		const collection = list.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
		const texts = [before[list], items].map((one) => new Map((one as { id: string }[]).map((item) => [item.id, JSON.stringify(item)])));
		for (const id of new Set(texts.flatMap((text) => [...text.keys()]))) {
			if (texts[0]!.get(id) !== texts[1]!.get(id)) tags.add(collection).add(`${collection}:${id}`);
		}
	}
	return tags;
}
