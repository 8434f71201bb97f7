import type { Row } from '../client.ts';
import { type Asset, CONTENT_TYPES, type ContentProblem, type ContentType } from '../content.ts';
import type { CollectionName, Rows } from '../rows.ts';
import { COLLECTION_NAMES } from '../rows.ts';
import { readAssets } from './asset.ts';
import { wordOf } from './cell.ts';
import { isDue } from './due.ts';

/** What a mapper needs beyond its row: who is published under which slug, the files, and where to report. */
export interface ReadContext {
	/** Slug (or key) of a published and due item, or null. */
	slugOf(collection: CollectionName, id: string): string | null;
	/** True when the item is published but not due at this moment: left out without a report. */
	isWaiting(collection: CollectionName, id: string): boolean;
	hasSlug(type: ContentType, slug: string): boolean;
	asset(id: string): Asset | null;
	/** Rows that are published and due. */
	due(collection: CollectionName): readonly Row[];
	report(problem: ContentProblem): void;
}

export function readContext(rows: Rows, now: Date, report: (problem: ContentProblem) => void): ReadContext {
	const due = new Map(COLLECTION_NAMES.map((name) => [name, rows.collections[name].filter((row) => isDue(row, now))]));
	const slugs = new Map(COLLECTION_NAMES.map((name) => [name, new Map((due.get(name) ?? []).map((row) => [wordOf(row['id']), slugOfRow(row)]))]));
	const published = new Map(COLLECTION_NAMES.map((name) => [name, new Set(rows.collections[name].map((row) => wordOf(row['id'])))]));
	const bySlug = new Map(CONTENT_TYPES.map((type) => [type, new Set(slugs.get(type)?.values())]));
	const assets = readAssets(rows.files, rows.folders);
	return {
		slugOf: (collection, id) => slugs.get(collection)?.get(id) ?? null,
		isWaiting: (collection, id) => published.get(collection)?.has(id) === true && slugs.get(collection)?.has(id) === false,
		hasSlug: (type, slug) => bySlug.get(type)?.has(slug) === true,
		asset: (id) => assets.get(id) ?? null,
		due: (collection) => due.get(collection) ?? [],
		report,
	};
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
