import type { DirectusAdmin, Row } from '../client.ts';
import { type Collection, type Field, translations } from './model/field.ts';
import { collections, groups, tabs } from './model/index.ts';
import { covers } from './covers.ts';

interface DirectusField {
	readonly field: string;
	readonly type: string;
	readonly schema: Readonly<Record<string, unknown>> | null;
	readonly meta: Readonly<Record<string, unknown>>;
}

/** Creates and amends collections, fields, relations and list layouts. */
export async function provisionModel(admin: DirectusAdmin, publicSiteUrl: string): Promise<void> {
	const haveCollections = new Map((await admin.call('GET', '/collections')).map((row) => [row['collection'], row]));
	const haveFields = new Map((await admin.call('GET', '/fields')).map((row) => [`${row['collection']}.${row['field']}`, row]));

	for (const [at, group] of groups.entries()) {
		const meta = { icon: group.icon, sort: at + 1, translations: translations(group.label) };
		await provisionCollection(admin, haveCollections, { collection: group.collection, schema: null, meta, fields: [] });
	}
	for (const [at, collection] of collections.entries()) {
		const fields = directusFields(collection);
		const meta = collectionMeta(collection, at, publicSiteUrl);
		const isNew = await provisionCollection(admin, haveCollections, {
			collection: collection.collection,
			schema: { name: collection.collection },
			meta,
			fields,
		});
		if (!isNew)
			for (const field of fields)
				await provisionField(admin, haveFields.get(`${collection.collection}.${field.field}`), collection.collection, field);
	}
	await provisionRelations(admin);
	await provisionLayouts(admin);
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

async function provisionField(admin: DirectusAdmin, known: Row | undefined, collection: string, wanted: DirectusField): Promise<void> {
	if (!known) {
		await admin.call('POST', `/fields/${collection}`, wanted);
		return;
	}
	const meta = { ...wanted.meta, ...keptSpecial(known['meta'] as Row | null, wanted.meta) };
	if (!covers(known['meta'], meta)) await admin.call('PATCH', `/fields/${collection}/${wanted.field}`, { meta });
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

/** Columns of the lists for everybody who has not chosen their own. */
async function provisionLayouts(admin: DirectusAdmin): Promise<void> {
	const have = await admin.call('GET', '/presets?limit=-1&filter[bookmark][_null]=true&filter[user][_null]=true&filter[role][_null]=true');
	const known = new Set(have.map((row) => row['collection']));
	const missing = collections
		.filter(({ collection, columns }) => columns && !known.has(collection))
		.map(({ collection, columns }) => ({
			collection,
			bookmark: null,
			user: null,
			role: null,
			layout: 'tabular',
			layout_query: { tabular: { fields: columns } },
		}));
	if (missing.length > 0) await admin.call('POST', '/presets', missing);
}

function collectionMeta(collection: Collection, at: number, publicSiteUrl: string): Row {
	const has = (name: string) => collection.fields.some(({ field }) => field === name);
	return {
		icon: collection.icon,
		sort: at + 1,
		group: collection.group,
		hidden: collection.isHidden === true,
		singleton: collection.isSingleton === true,
		accountability: 'all',
		versioning: false,
		display_template: collection.displayTemplate,
		translations: translations(collection.label),
		...(has('sort') ? { sort_field: 'sort' } : {}),
		...(has('status') ? { archive_field: 'status', archive_value: 'archived', unarchive_value: 'draft', archive_app_filter: true } : {}),
		...(collection.previewPath
			? { preview_url: `${publicSiteUrl}/preview/${collection.previewPath}/{{id}}/{{preview_key}}?version={{$version}}` }
			: {}),
	};
}

/** The fields in the order of the form, in tabs where the collection has a language. */
function directusFields({ fields }: Collection): DirectusField[] {
	const hasTabs = fields.some(({ tab }) => tab === 'en');
	const groupFields = hasTabs ? tabFields(new Set(fields.map(({ tab }) => tab))) : [];
	const own = fields.map(({ field, type, schema, meta, tab }) => ({
		field,
		type,
		schema,
		meta: { ...meta, group: hasTabs && tab !== 'none' ? `tab_${tab}` : null },
	}));
	return [...groupFields, ...own].map((field, at) => ({ ...field, meta: { ...field.meta, sort: at + 1 } }));
}

function tabFields(used: ReadonlySet<Field['tab']>): DirectusField[] {
	const special = ['alias', 'no-data', 'group'];
	return [
		{ field: 'tabs', type: 'alias', schema: null, meta: { special, interface: 'group-tabs', options: { fillWidth: true }, group: null } },
		...tabs
			.filter(({ tab }) => used.has(tab))
			.map(({ tab, label }) => ({
				field: `tab_${tab}`,
				type: 'alias',
				schema: null,
				meta: { special, interface: 'group-raw', group: 'tabs', translations: translations(label) },
			})),
	];
}
