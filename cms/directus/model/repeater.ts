import { type Field, field, named, type Tab, translations, type Words } from './field.ts';
import type { Choice } from './choice.ts';

/** A column of a repeated row. */
export interface Column {
	readonly field: string;
	readonly label: Words;
	readonly type: string;
	readonly meta: Readonly<Record<string, unknown>>;
	readonly words: readonly Words[];
}

/** Rows of the same shape, kept as a JSON list. `template` is what a closed row shows. */
export function repeater(name: string, label: Words, template: string, columns: readonly Column[], tab: Tab = 'main'): Field {
	return field(
		name,
		'json',
		label,
		{ tab },
		{ interface: 'list', special: ['cast-json'], options: { template, fields: columns.map(columnField) } },
		{ words: columns.flatMap((column) => column.words) },
	);
}

export function textColumn(name: string, label: Words, width: 'half' | 'full' = 'half'): Column {
	return { field: name, label, type: 'string', meta: { interface: 'input', width }, words: [] };
}

export function longColumn(name: string, label: Words, width: 'half' | 'full' = 'half'): Column {
	return { field: name, label, type: 'text', meta: { interface: 'input-multiline', width }, words: [] };
}

/** A column in both languages, side by side. */
export function localisedColumn(name: string, [english, chinese]: Words, kind: typeof textColumn = textColumn): Column[] {
	return [kind(`${name}_en`, [`${english} (English)`, `${chinese}（英文）`]), kind(`${name}_zh`, [`${english} (Chinese)`, `${chinese}（中文）`])];
}

export function numberColumn(name: string, label: Words): Column {
	return { field: name, label, type: 'integer', meta: { interface: 'input', width: 'half' }, words: [] };
}

export function flagColumn(name: string, label: Words): Column {
	return { field: name, label, type: 'boolean', meta: { interface: 'boolean', width: 'half' }, words: [] };
}

export function choiceColumn(name: string, label: Words, entries: readonly Choice[]): Column {
	const options = { choices: entries.map((entry) => ({ text: named(entry.label), value: entry.value })) };
	return {
		field: name,
		label,
		type: 'string',
		meta: { interface: 'select-dropdown', width: 'half', options },
		words: entries.map((entry) => entry.label),
	};
}

export function tagsColumn(name: string, label: Words): Column {
	return { field: name, label, type: 'json', meta: { interface: 'tags', width: 'full' }, words: [] };
}

/** A file, kept as `{ key, collection }`: a repeater has no relations. */
export function fileColumn(name: string, label: Words): Column {
	return itemColumn(name, label, 'directus_files', '{{title}}');
}

/** An item of another collection, kept as `{ key, collection }`. */
export function itemColumn(name: string, label: Words, collection: string, template: string): Column {
	const meta = { interface: 'collection-item-dropdown', width: 'half', options: { selectedCollection: collection, template } };
	return { field: name, label, type: 'json', meta, words: [] };
}

/** Items of another collection in the editor's order, kept as `[{ key, collection }]`. */
export function itemsColumn(name: string, label: Words, collection: string, template: string): Column {
	const meta = { interface: 'collection-item-multiple-dropdown', width: 'full', options: { selectedCollection: collection, template } };
	return { field: name, label, type: 'json', meta, words: [] };
}

/** Rows inside of a row. */
export function rowsColumn(name: string, label: Words, template: string, columns: readonly Column[]): Column {
	const meta = { interface: 'list', width: 'full', options: { template, fields: columns.map(columnField) } };
	return { field: name, label, type: 'json', meta, words: columns.flatMap((column) => column.words) };
}

function columnField({ field: name, label, type, meta }: Column): object {
	return { field: name, name: label[0], type, meta: { field: name, type, translations: translations(label), ...meta } };
}
