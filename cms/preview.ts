import type { Row, DirectusClient } from './client.ts';
import type { ContentItem, ContentType, Snapshot } from './content.ts';
import { isSameSecret } from './follow.ts';
import { project } from './read/project.ts';
import type { Rows } from './rows.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * One item as an editor sees it, in whatever state, among what is published. Null when there is none or `previewKey` is not its key:
 * the key in the address is the right to see it, and giving the item a new key takes the right back.
 *
 * @throws DomainError unavailable when Directus does not answer.
 */
export async function readPreview(
	client: DirectusClient,
	rows: Rows,
	now: Date,
	{
		type,
		id,
		previewKey,
		version,
	}: { readonly type: ContentType; readonly id: string; readonly previewKey: string; readonly version?: string | undefined },
): Promise<ContentItem | null> {
	if (!UUID.test(id) || !UUID.test(previewKey)) return null;
	const row = await client.row(type, id, isNamedVersion(version) ? version : undefined);
	if (!row || typeof row['preview_key'] !== 'string' || !isSameSecret(previewKey.toLowerCase(), row['preview_key'].toLowerCase())) return null;
	const shown: Row = { ...row, publish_at: null, unpublish_at: null, date_created: row['publish_at'] ?? row['date_created'] };
	const others = rows.collections[type].filter((other) => other['id'] !== row['id']);
	const { snapshot } = project({ ...rows, collections: { ...rows.collections, [type]: [...others, shown] } }, now, 0);
	return itemsOf(snapshot, type).find((item) => item.id === row['id']) ?? null;
}

/** The published items of one type. */
export function itemsOf(snapshot: Snapshot, type: ContentType): readonly ContentItem[] {
	switch (type) {
		case 'white_papers':
			return snapshot.whitePapers;
		case 'cases':
			return snapshot.cases;
		case 'articles':
			return snapshot.articles;
		case 'products':
			return snapshot.products;
		case 'webinars':
			return snapshot.webinars;
		case 'pages':
			return snapshot.pages;
	}
}

/** The Studio names the item itself `main` or `published`, or leaves the place empty. */
function isNamedVersion(version: string | undefined): boolean {
	return version !== undefined && /^[\w-]{1,60}$/.test(version) && !['main', 'published', 'null', 'undefined'].includes(version);
}
