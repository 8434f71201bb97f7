import type { DirectusAdmin, Row } from '../client.ts';
import { covers } from './covers.ts';
import { type DirectusField, formOf } from './form.ts';
import { collections, groups } from './model/index.ts';
import type { Collection } from './model/collection.ts';
import { named, translations } from './model/words.ts';

/** Creates and amends collections, fields and relations. Columns and rows that are there stay. */
export async function provisionModel(admin: DirectusAdmin, publicSiteUrl: string): Promise<void> {
	const haveCollections = new Map((await admin.call('GET', '/collections')).map((row) => [row['collection'], row]));
	const haveFields = new Map((await admin.call('GET', '/fields')).map((row) => [`${row['collection']}.${row['field']}`, row]));

	for (const [at, group] of groups.entries()) {
		const meta = { icon: group.icon, sort: at + 1, note: named(group.note), translations: translations(group.label) };
		await provisionCollection(admin, haveCollections, { collection: group.collection, schema: null, meta, fields: [] });
	}
	for (const [at, collection] of collections.entries()) {
		const fields = formOf(collection);
		const isNew = await provisionCollection(admin, haveCollections, {
			collection: collection.collection,
			schema: { name: collection.collection },
			meta: collectionMeta(collection, at, publicSiteUrl),
			fields,
		});
		if (!isNew) await provisionFields(admin, haveFields, collection.collection, fields);
	}
	await provisionRelations(admin);
}

async function provisionCollection(
	admin: DirectusAdmin,
	have: ReadonlyMap<unknown, Row>,
	wanted: { readonly collection: string; readonly schema: object | null; readonly meta: Row; readonly fields: readonly object[] },
): Promise<boolean> {
	const known = have.get(wanted.collection);
	if (!known) {
		await admin.call('POST', '/collections', wanted);
		return true;
	}
	if (!covers(known['meta'], wanted.meta)) await admin.call('PATCH', `/collections/${wanted.collection}`, { meta: wanted.meta });
	return false;
}

/** Missing fields one by one, because each is a column; changed ones in one call. */
async function provisionFields(
	admin: DirectusAdmin,
	have: ReadonlyMap<string, Row>,
	collection: string,
	wanted: readonly DirectusField[],
): Promise<void> {
	const changed: object[] = [];
	for (const field of wanted) {
		const known = have.get(`${collection}.${field.field}`);
		if (!known) await admin.call('POST', `/fields/${collection}`, field);
		else {
			const meta = { ...field.meta, ...keptSpecial(known['meta'] as Row | null, field.meta) };
			if (!covers(known['meta'], meta)) changed.push({ field: field.field, meta });
		}
	}
	if (changed.length > 0) await admin.call('PATCH', `/fields/${collection}`, changed);
}

/** On SQLite Directus adds `cast-timestamp` by itself; a field that lost it would be read without its zone. */
function keptSpecial(known: Row | null, wanted: Row): Row {
	const have = Array.isArray(known?.['special']) ? (known['special'] as readonly string[]) : [];
	const own = Array.isArray(wanted['special']) ? (wanted['special'] as readonly string[]) : [];
	const casts = have.filter((entry) => entry.startsWith('cast-') && !own.includes(entry));
	return casts.length === 0
		? {}
		: { special: have.filter((entry) => casts.includes(entry) || own.includes(entry)).concat(own.filter((entry) => !have.includes(entry))) };
}

async function provisionRelations(admin: DirectusAdmin): Promise<void> {
	const have = new Set((await admin.call('GET', '/relations')).map((row) => `${row['collection']}.${row['field']}`));
	for (const { collection, fields } of collections) {
		for (const { field, relatesTo } of fields) {
			if (!relatesTo || have.has(`${collection}.${field}`)) continue;
			await admin.call('POST', '/relations', {
				collection,
				field,
				related_collection: relatesTo.collection,
				schema: { on_delete: relatesTo.onDelete },
				meta: relatesTo.meta ?? {},
			});
		}
	}
}

function collectionMeta(collection: Collection, at: number, publicSiteUrl: string): Row {
	const has = (name: string) => collection.fields.some(({ field }) => field === name);
	return {
		icon: collection.icon,
		sort: at + 1,
		group: collection.group,
		note: named(collection.note),
		hidden: collection.isHidden === true,
		// Bookmarks stand under their collection; folded, the navigation fits on one screen.
		collapse: collection.list?.bookmarks ? 'closed' : 'open',
		singleton: collection.isSingleton === true,
		accountability: 'all',
		versioning: collection.isVersioned === true,
		display_template: collection.displayTemplate,
		translations: translations(collection.label),
		...(has('sort') ? { sort_field: 'sort' } : {}),
		...(has('status') ? { archive_field: 'status', archive_value: 'archived', unarchive_value: 'draft', archive_app_filter: true } : {}),
		...(collection.previewPath
			? { preview_url: `${publicSiteUrl}/preview/${collection.previewPath}/{{id}}/{{preview_key}}?version={{$version}}` }
			: {}),
	};
}
