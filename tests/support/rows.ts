import type { Row } from '#cms/client.ts';
import { GATED_FOLDER } from '#cms/directus/model/folder.ts';
import { type CollectionName, NO_ROWS, type Rows } from '#cms/rows.ts';

/** Rows as Directus gives them, for tests of what is read out of them. */
export const rowsOf = (collections: Partial<Record<CollectionName, readonly Row[]>>, over: Partial<Rows> = {}): Rows => ({
	...NO_ROWS,
	...over,
	collections: { ...NO_ROWS.collections, ...collections },
});
export const both = (name: string, text: string): Row => ({ [`${name}_en`]: text, [`${name}_zh`]: `${text}（中）` });
export const aPaper = (over: Row = {}): Row => ({
	id: 'p',
	slug: 'a-paper',
	languages: ['en', 'zh-CN'],
	...both('title', 'Title'),
	...both('summary', 'Summary'),
	...both('body', 'One\n\n---\n\nTwo'),
	pdf_en: 'f',
	pdf_zh: 'f',
	date_created: '2026-01-01T00:00:00Z',
	...over,
});
export const aProduct = (over: Row = {}): Row => ({
	id: 'x',
	slug: 'hm2',
	part_number: 'HM2',
	category: 'c',
	...both('title', 'Motor'),
	...both('summary', 'S'),
	...both('body', 'B'),
	...both('tagline', 'T'),
	...over,
});
export const aWebinar = (over: Row = {}): Row => ({
	id: 'w',
	slug: 'a-webinar',
	mode: 'live',
	starts_at: '2026-04-01T12:00:00Z',
	duration_minutes: 45,
	...both('title', 'W'),
	...both('summary', 'S'),
	...both('body', 'B'),
	...over,
});
export const aFile = (over: Row = {}): Row => ({
	id: 'f',
	type: 'application/pdf',
	filename_download: 'f.pdf',
	filesize: '10',
	folder: GATED_FOLDER,
	modified_on: '2026-01-01T00:00:00Z',
	...over,
});
