/** A word of the Studio in English and Chinese. */
export type Words = readonly [english: string, chinese: string];

/** Where a field stands in the form: the item itself, one of the languages, or its publishing. `none`: outside of tabs or hidden. */
export type Tab = 'main' | 'en' | 'zh' | 'publish' | 'none';

/** A field as Directus takes it, and what provisioning derives from it: its tab, its relation, and the words its options name by `$t:`. */
export interface Field {
	readonly field: string;
	readonly type: string;
	readonly schema: Readonly<Record<string, unknown>> | null;
	readonly meta: Readonly<Record<string, unknown>>;
	readonly tab: Tab;
	readonly relatesTo?: Relation;
	readonly words?: readonly Words[];
}

export interface Relation {
	readonly collection: string;
	/** What happens to the row when the other one is deleted. */
	readonly onDelete: 'SET NULL' | 'CASCADE';
	readonly meta?: Readonly<Record<string, unknown>>;
}

export interface Collection {
	readonly collection: string;
	readonly label: Words;
	readonly icon: string;
	/** Folder of the Studio's navigation. */
	readonly group: string | null;
	readonly displayTemplate: string;
	readonly isSingleton?: boolean;
	readonly isHidden?: boolean;
	/** Path under `/preview/`, for items with a page of their own. */
	readonly previewPath?: string;
	/** Columns of the list in the Studio. */
	readonly columns?: readonly string[];
	readonly fields: readonly Field[];
}

/** Names of a field or collection in both languages of the Studio. */
export function translations([english, chinese]: Words): readonly object[] {
	return [
		{ language: 'en-US', translation: english },
		{ language: 'zh-CN', translation: chinese },
	];
}

/** The key under which provisioning keeps a word, so that options can name it as `$t:<key>`. */
export function wordKey([english]: Words): string {
	return `foyer_${english
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '_')
		.slice(0, 80)}`;
}

/** Names a word in options, where Directus knows no translations of its own. */
export function named(words: Words): string {
	return `$t:${wordKey(words)}`;
}

interface FieldOptions {
	readonly tab?: Tab;
	readonly isRequired?: boolean;
	readonly isHalf?: boolean;
	readonly note?: Words;
}

/** Makes a field; `meta` holds what is particular to its interface. */
export function field(
	name: string,
	type: string,
	label: Words,
	{ tab = 'main', isRequired = false, isHalf = false, note }: FieldOptions,
	meta: Readonly<Record<string, unknown>>,
	rest: { readonly schema?: Readonly<Record<string, unknown>>; readonly relatesTo?: Relation; readonly words?: readonly Words[] } = {},
): Field {
	return {
		field: name,
		type,
		tab,
		schema: { ...(isRequired ? { is_nullable: false } : {}), ...rest.schema },
		meta: {
			width: isHalf ? 'half' : 'full',
			required: isRequired,
			translations: translations(label),
			...(note ? { note: named(note) } : {}),
			...meta,
		},
		...(rest.relatesTo ? { relatesTo: rest.relatesTo } : {}),
		words: [...(rest.words ?? []), ...(note ? [note] : [])],
	};
}

export function line(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'string', label, options, { interface: 'input', options: { trim: true } });
}

export function paragraph(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'text', label, options, { interface: 'input-multiline', options: { trim: true } });
}

export function markdown(name: string, label: Words, options: FieldOptions = {}): Field {
	const toolbar = ['heading', 'bold', 'italic', 'blockquote', 'bullist', 'numlist', 'table', 'code', 'link', 'empty'];
	return field(name, 'text', label, options, { interface: 'input-rich-text-md', options: { toolbar } });
}

export function integer(name: string, label: Words, options: FieldOptions & { readonly min?: number; readonly initial?: number } = {}): Field {
	const { min = 0, initial } = options;
	const validation = { validation: rule(name, { _gte: min }, options.isRequired === true) };
	return field(
		name,
		'integer',
		label,
		options,
		{ interface: 'input', options: { min }, ...validation },
		{ schema: initial === undefined ? {} : { default_value: initial } },
	);
}

/** A rule for one field, as Directus checks it. An optional field may also be empty. This is part of the field, not of a permission. */
export function rule(name: string, condition: object, isRequired: boolean): object {
	return isRequired ? { _and: [{ [name]: condition }] } : { _or: [{ [name]: { _null: true } }, { [name]: condition }] };
}

export function decimal(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'float', label, options, { interface: 'input', options: { step: 0.0001 } });
}

export function instant(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'timestamp', label, options, {
		interface: 'datetime',
		options: { use24: true },
		display: 'datetime',
		display_options: { relative: true },
	});
}

/** An address part: lower-case letters, digits and single hyphens, once in its collection. */
export function slug(name = 'slug', label: Words = ['Address part', '网址标识']): Field {
	const explained: Words = ['Lower-case letters, digits and single hyphens', '仅限小写字母、数字与单个连字符'];
	return field(
		name,
		'string',
		label,
		{ isRequired: true, isHalf: true },
		{
			interface: 'input',
			options: { slug: true, trim: true, font: 'monospace' },
			validation: rule(name, { _regex: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }, true),
			validation_message: named(explained),
		},
		{ schema: { is_unique: true }, words: [explained] },
	);
}

/** The same field in both languages, `<name>_en` and `<name>_zh`, each in the tab of its language. */
export function localised(
	name: string,
	label: Words,
	kind: (name: string, label: Words, options: FieldOptions) => Field = line,
	options: FieldOptions = {},
): Field[] {
	const [english, chinese] = label;
	return [
		kind(`${name}_en`, [`${english} (English)`, `${chinese}（英文）`], { ...options, tab: 'en' }),
		kind(`${name}_zh`, [`${english} (Chinese)`, `${chinese}（中文）`], { ...options, tab: 'zh' }),
	];
}
