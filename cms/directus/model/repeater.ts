import { type Field, field, type FieldOptions } from './field.ts';
import type { Choice } from './choice.ts';
import { named, type Words } from './words.ts';

/** A column of a repeated row. */
export interface Column {
	readonly field: string;
	readonly label: Words;
	readonly type: string;
	readonly meta: Readonly<Record<string, unknown>>;
	readonly words: readonly Words[];
}

interface ColumnOptions {
	readonly width?: 'half' | 'full';
	readonly isRequired?: boolean;
	readonly placeholder?: string;
	readonly note?: Words;
}

/** Rows of the same shape, kept as a JSON list. `template` is what a closed row shows. */
export function repeater(
	name: string,
	label: Words,
	template: string,
	columns: readonly Column[],
	options: FieldOptions & { readonly add?: Words } = {},
): Field {
	const { add } = options;
	return field(
		name,
		'json',
		label,
		options,
		{
			interface: 'list',
			special: ['cast-json'],
			options: { template, fields: columns.map(columnField), ...(add ? { addLabel: named(add) } : {}) },
			display: 'formatted-json-value',
			display_options: { format: template },
		},
		{ words: [...columns.flatMap((column) => column.words), ...(add ? [add] : [])] },
	);
}

function column(
	name: string,
	label: Words,
	type: string,
	{ width = 'half', isRequired = false, note, placeholder }: ColumnOptions,
	meta: { readonly interface: string; readonly options?: object },
	words: readonly Words[] = [],
): Column {
	const options = { ...meta.options, ...(placeholder ? { placeholder } : {}) };
	return {
		field: name,
		label,
		type,
		meta: { width, required: isRequired, ...(note ? { note: named(note) } : {}), ...meta, options },
		words: [label, ...words, ...(note ? [note] : [])],
	};
}

export function textColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'string', options, { interface: 'input', options: { trim: true } });
}

export function longColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'text', options, { interface: 'input-multiline', options: { trim: true } });
}

/** A column in both languages, side by side. */
export function localisedColumn(
	name: string,
	[english, chinese]: Words,
	kind: typeof textColumn = textColumn,
	options: ColumnOptions = {},
): Column[] {
	return [
		kind(`${name}_en`, [`${english} (English)`, `${chinese}（英文）`], options),
		kind(`${name}_zh`, [`${english} (Chinese)`, `${chinese}（中文）`], options),
	];
}

export function numberColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'integer', options, { interface: 'input', options: { min: 0 } });
}

/** A moment, kept in UTC and shown in the editor's own zone. */
export function instantColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'timestamp', options, { interface: 'datetime', options: { includeSeconds: false, use24: true } });
}

export function flagColumn(name: string, label: Words, sentence: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'boolean', options, { interface: 'boolean', options: { label: named(sentence) } }, [sentence]);
}

export function choiceColumn(name: string, label: Words, entries: readonly Choice[], options: ColumnOptions = {}): Column {
	const shown = entries.map(({ label: words, value, icon }) => ({ text: named(words), value, ...(icon ? { icon } : {}) }));
	return column(
		name,
		label,
		'string',
		options,
		{ interface: 'select-dropdown', options: { choices: shown } },
		entries.map((entry) => entry.label),
	);
}

export function tagsColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return column(name, label, 'json', { width: 'full', ...options }, { interface: 'tags' });
}

/** A file, kept as `{ key, collection }`: a repeater has no relations. */
export function fileColumn(name: string, label: Words, options: ColumnOptions = {}): Column {
	return itemColumn(name, label, 'directus_files', '{{$thumbnail}} {{title}}', options);
}

/** An item of another collection, kept as `{ key, collection }`. */
export function itemColumn(name: string, label: Words, collection: string, template: string, options: ColumnOptions = {}): Column {
	return column(name, label, 'json', options, { interface: 'collection-item-dropdown', options: { selectedCollection: collection, template } });
}

/** Items of another collection in the editor's order, kept as `[{ key, collection }]`. */
export function itemsColumn(name: string, label: Words, collection: string, template: string, options: ColumnOptions = {}): Column {
	const meta = { interface: 'collection-item-multiple-dropdown', options: { selectedCollection: collection, template } };
	return column(name, label, 'json', { width: 'full', ...options }, meta);
}

/** Rows inside of a row. */
export function rowsColumn(name: string, label: Words, template: string, columns: readonly Column[], options: ColumnOptions = {}): Column {
	const meta = { interface: 'list', options: { template, fields: columns.map(columnField) } };
	return column(
		name,
		label,
		'json',
		{ width: 'full', ...options },
		meta,
		columns.flatMap((inner) => inner.words),
	);
}

/** Shows columns only where the column `name` of the same row has one of `values`. */
export function onlyWhere(name: string, values: readonly string[], ...columns: readonly (Column | readonly Column[])[]): Column[] {
	const hideElsewhere = { name: `only ${values.join(', ')}`, rule: { _and: [{ [name]: { _nin: values } }] }, hidden: true };
	const hideUnset = { name: 'unset', rule: { _and: [{ [name]: { _null: true } }] }, hidden: true };
	return columns.flat().map((inner) => ({ ...inner, meta: { ...inner.meta, conditions: [hideElsewhere, hideUnset] } }));
}

function columnField({ field: name, label, type, meta }: Column): object {
	return { field: name, name: named(label), type, meta: { field: name, type, ...meta } };
}
