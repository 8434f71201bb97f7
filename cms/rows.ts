import type { Row } from './client.ts';

/** The collections that the site reads, each with what its rows have. */
export const COLLECTIONS = {
	white_papers: { hasStatus: true },
	cases: { hasStatus: true },
	articles: { hasStatus: true },
	pages: { hasStatus: true },
	products: { hasStatus: true },
	products_files: { hasStatus: false },
	categories: { hasStatus: true },
	documents: { hasStatus: true },
	webinars: { hasStatus: true },
	speakers: { hasStatus: true },
	terms: { hasStatus: true },
	offers: { hasStatus: true },
	dealers: { hasStatus: true },
	forms: { hasStatus: true },
	consents: { hasStatus: true },
	banners: { hasStatus: true },
	slots: { hasStatus: true },
	search_rules: { hasStatus: true },
	mail_templates: { hasStatus: true },
} as const;

export type CollectionName = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

/** Everything with the status `published`, due or not, as Directus gave it. Drafts never get here. */
export interface Rows {
	readonly collections: Readonly<Record<CollectionName, readonly Row[]>>;
	readonly site: Row;
	readonly files: readonly Row[];
	readonly folders: readonly Row[];
}

export const NO_ROWS: Rows = {
	collections: Object.fromEntries(COLLECTION_NAMES.map((name) => [name, []])) as unknown as Rows['collections'],
	site: {},
	files: [],
	folders: [],
};

/** A part of {@link Rows} that is read and compared by itself. */
export type Part = CollectionName | 'site' | 'files' | 'folders';
export const PARTS: readonly Part[] = [...COLLECTION_NAMES, 'site', 'files', 'folders'];

export const FILE_FIELDS = [
	'id',
	'filename_disk',
	'filename_download',
	'description',
	'type',
	'filesize',
	'width',
	'height',
	'folder',
	'uploaded_on',
	'modified_on',
] as const;

/** What {@link stampOf} looks at in a row of a collection. */
export const STAMP_FIELDS = ['id', 'date_created', 'date_updated', 'sort'] as const;

/** What tells one state of a row from the next. `date_updated` is null until the first change; moving a row in a list leaves it as it was. */
export function stampOf(row: Row): string {
	const changedAt = row['date_updated'] ?? row['modified_on'] ?? row['date_created'] ?? row['uploaded_on'] ?? '';
	return [row['id'], changedAt, row['sort'] ?? ''].map(String).join(' ');
}
