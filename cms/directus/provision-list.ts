import type { DirectusAdmin, Row } from '../client.ts';
import { covers } from './covers.ts';
import type { Bookmark, CollectionList } from './model/collection.ts';
import { collections } from './model/index.ts';
import { named } from './model/words.ts';

const USUAL_WIDTH = 160;

/** Lists for everybody: columns and order for those who have not chosen their own, and the bookmarks that editors work down. */
export async function provisionLists(admin: DirectusAdmin): Promise<void> {
	const all = await admin.call('GET', '/presets?limit=-1&filter[user][_null]=true&filter[role][_null]=true');
	const have = new Map(all.map((row) => [keyOf(row), row]));
	const wanted = collections.flatMap(({ collection, list }) =>
		list ? [presetOf(collection, list, null), ...(list.bookmarks ?? []).map((bookmark) => presetOf(collection, list, bookmark))] : [],
	);
	const missing = wanted.filter((row) => !have.has(keyOf(row)));
	if (missing.length > 0) await admin.call('POST', '/presets', missing);
	for (const row of wanted) {
		const known = have.get(keyOf(row));
		if (known && !covers(known, row)) await admin.call('PATCH', `/presets/${String(known['id'])}`, row);
	}
}

function keyOf(row: Row): string {
	return `${String(row['collection'])} ${String(row['bookmark'] ?? '')}`;
}

function presetOf(collection: string, { columns, sort, hasPictures }: CollectionList, bookmark: Bookmark | null): Row {
	const widths = Object.fromEntries(Object.entries(columns).map(([name, width]) => [name, width ?? USUAL_WIDTH]));
	return {
		collection,
		bookmark: bookmark ? named(bookmark.name) : null,
		user: null,
		role: null,
		layout: 'tabular',
		layout_query: { tabular: { fields: Object.keys(columns), sort: [sort ?? 'sort'] } },
		layout_options: { tabular: { widths, spacing: hasPictures ? 'comfortable' : 'cozy' } },
		...(bookmark ? { icon: bookmark.icon, color: bookmark.colour, filter: bookmark.filter } : {}),
	};
}
