import type { Row } from '../client.ts';
import { type Asset, CONTENT_TYPES, type ContentProblem, type ContentType } from '../content.ts';
import type { CollectionName, Rows } from '../rows.ts';
import { COLLECTION_NAMES } from '../rows.ts';
import { readAssets } from './asset.ts';
import { categoryTree } from './category-tree.ts';
import { wordOf } from './cell.ts';
import { isDue } from './due.ts';

/** What a mapper may ask beyond its row; {@link ReadMemo} notes the answers, so every question takes texts only. */
export interface Facts {
	/** Slug (or key) of a published and due item, or null. */
	slugOf(collection: CollectionName, id: string): string | null;
	/** True when the item is published but not due at this moment: left out without a report. */
	isWaiting(collection: CollectionName, id: string): boolean;
	hasSlug(type: ContentType, slug: string): boolean;
	asset(id: string): Asset | null;
	/** Slug of the topmost category above this one, or itself. */
	rootOf(category: string): string;
	/** True when going up from this category leads round in a circle. */
	isLoop(category: string): boolean;
	/** Published rows of another collection that belong to a product, in the editor's order. */
	partsOf(collection: ProductPart, product: string): readonly Row[];
}

export interface ReadContext extends Facts {
	report(problem: ContentProblem): void;
}

/** What the projection itself sees beside. */
export interface WholeContext extends ReadContext {
	/** Rows that are published and due. */
	due(collection: CollectionName): readonly Row[];
}

const PRODUCT_COLUMN = { documents: 'product', products_files: 'products_id' } as const;
export type ProductPart = keyof typeof PRODUCT_COLUMN;

export function readContext(rows: Rows, now: Date, report: (problem: ContentProblem) => void): WholeContext {
	const due = new Map(COLLECTION_NAMES.map((name) => [name, rows.collections[name].filter((row) => isDue(row, now))]));
	const slugs = new Map(COLLECTION_NAMES.map((name) => [name, new Map((due.get(name) ?? []).map((row) => [wordOf(row['id']), slugOfRow(row)]))]));
	const published = new Map(COLLECTION_NAMES.map((name) => [name, new Set(rows.collections[name].map((row) => wordOf(row['id'])))]));
	const bySlug = new Map(CONTENT_TYPES.map((type) => [type, new Set(slugs.get(type)?.values())]));
	const assets = readAssets(rows.files, rows.folders);
	const slugOf: Facts['slugOf'] = (collection, id) => slugs.get(collection)?.get(id) ?? null;
	const tree = categoryTree(due.get('categories') ?? [], (id) => slugOf('categories', id));
	const parts = {
		documents: grouped(due.get('documents') ?? [], PRODUCT_COLUMN.documents),
		products_files: grouped(due.get('products_files') ?? [], PRODUCT_COLUMN.products_files),
	};
	return {
		slugOf,
		isWaiting: (collection, id) => published.get(collection)?.has(id) === true && slugs.get(collection)?.has(id) === false,
		hasSlug: (type, slug) => bySlug.get(type)?.has(slug) === true,
		asset: (id) => assets.get(id) ?? null,
		rootOf: tree.rootOf,
		isLoop: tree.isLoop,
		partsOf: (collection, product) => parts[collection].get(product) ?? [],
		due: (collection) => due.get(collection) ?? [],
		report,
	};
}

/** Rows in the editor's order by what a column holds. */
function grouped(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of [...rows].sort((a, b) => orderOf(a) - orderOf(b))) {
		const key = wordOf(row[column]);
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

/** The editor's place of a row among others; those without one come last. */
export function orderOf(row: Row): number {
	return typeof row['sort'] === 'number' ? row['sort'] : Number.MAX_SAFE_INTEGER;
}

/** What names a row in problems and references. */
export function slugOfRow(row: Row): string {
	return wordOf(row['slug'] ?? row['key'] ?? row['purpose']);
}

/**
 * A reference that an editor typed, as `<type>/<slug>` with the type of {@link CONTENT_TYPES}; the address of the page, in either
 * language and with or without the site before it, is taken too. Null when it has another shape.
 */
export function typedReference(text: string): { readonly type: ContentType; readonly slug: string } | null {
	const path = text
		.trim()
		.replace(/^https?:\/\/[^/]+/i, '')
		.replace(/[?#].*$/, '')
		.replace(/^\/?(?:zh-CN\/)?/, '');
	const [folder = '', ...rest] = path.split('/').filter((part) => part !== '');
	const type = folder === 'p' ? 'pages' : CONTENT_TYPES.find((name) => name === folder.replaceAll('-', '_'));
	const slug = rest.at(-1);
	return type && slug ? { type, slug } : null;
}
