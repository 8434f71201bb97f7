import type { Section, Tab } from './group.ts';
import { rule, type Rule } from './rule.ts';
import { named, translations, type Words } from './words.ts';

/** A field as Directus takes it, and what provisioning derives from it: its place in the form, its relation, and its words. */
export interface Field {
	readonly field: string;
	readonly type: string;
	readonly schema: Readonly<Record<string, unknown>> | null;
	readonly meta: Readonly<Record<string, unknown>>;
	readonly tab: Tab;
	/** Heading it stands under; null: under none. */
	readonly section: Section | null;
	readonly relatesTo?: Relation;
	/** Words that its options name by `$t:`. */
	readonly words: readonly Words[];
}

export interface Relation {
	readonly collection: string;
	/** What happens to the row when the other one is deleted. */
	readonly onDelete: 'SET NULL' | 'CASCADE';
	readonly meta?: Readonly<Record<string, unknown>>;
}

export interface FieldOptions {
	readonly tab?: Tab;
	readonly isRequired?: boolean;
	readonly isHalf?: boolean;
	readonly note?: Words;
	/** Shown in an empty input; the same in both languages. */
	readonly placeholder?: string;
	/** Material symbol at the left of the input. */
	readonly icon?: string;
	readonly rule?: Rule;
	/** Hides the field, or asks for it, where another field of the item has one of the values. */
	readonly when?: readonly FieldCondition[];
}

export interface FieldCondition {
	readonly field: string;
	readonly is: readonly string[];
	readonly then: 'hidden' | 'required';
}

interface FieldParts {
	readonly schema?: Readonly<Record<string, unknown>>;
	readonly relatesTo?: Relation;
	readonly words?: readonly Words[];
}

/** Makes a field; `meta` holds what is particular to its interface. */
export function field(
	name: string,
	type: string,
	label: Words,
	options: FieldOptions,
	meta: Readonly<Record<string, unknown>>,
	parts: FieldParts = {},
): Field {
	const { tab = 'main', isRequired = false, isHalf = false, note, when = [] } = options;
	return {
		field: name,
		type,
		tab,
		section: null,
		schema: { ...(isRequired ? { is_nullable: false } : {}), ...parts.schema },
		meta: {
			width: isHalf ? 'half' : 'full',
			required: isRequired,
			translations: translations(label),
			note: note ? named(note) : null,
			conditions: when.length > 0 ? when.map(condition) : null,
			...(options.rule ? { validation: rule(name, options.rule.test, isRequired), validation_message: named(options.rule.message) } : {}),
			...meta,
		},
		...(parts.relatesTo ? { relatesTo: parts.relatesTo } : {}),
		words: [...(parts.words ?? []), ...(note ? [note] : []), ...(options.rule ? [options.rule.message] : [])],
	};
}

function condition({ field: other, is, then }: FieldCondition): object {
	return { name: `${then}: ${other}`, rule: { _and: [{ [other]: { _in: is } }] }, [then]: true };
}

function input({ placeholder, icon }: FieldOptions): object {
	return { trim: true, ...(placeholder ? { placeholder } : {}), ...(icon ? { iconLeft: icon } : {}) };
}

export function line(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'string', label, options, { interface: 'input', options: input(options) });
}

export function paragraph(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'text', label, options, { interface: 'input-multiline', options: input(options) });
}

export function markdown(name: string, label: Words, options: FieldOptions = {}): Field {
	const toolbar = ['heading', 'bold', 'italic', 'blockquote', 'bullist', 'numlist', 'table', 'code', 'link', 'empty'];
	const { placeholder } = options;
	return field(name, 'text', label, options, {
		interface: 'input-rich-text-md',
		options: { toolbar, editorFont: 'sans-serif', ...(placeholder ? { placeholder } : {}) },
	});
}

export function integer(name: string, label: Words, options: FieldOptions & { readonly min?: number; readonly initial?: number } = {}): Field {
	const { min = 0, initial, ...rest } = options;
	const atLeast: Rule = { test: { _gte: min }, message: [`A whole number, ${min} or more`, `请填写不小于 ${min} 的整数`] };
	return field(
		name,
		'integer',
		label,
		{ rule: atLeast, ...rest },
		{ interface: 'input', options: { min, ...input(options) } },
		{ schema: initial === undefined ? {} : { default_value: initial } },
	);
}

export function decimal(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'float', label, options, { interface: 'input', options: { step: 0.0001, ...input(options) } });
}

export function instant(name: string, label: Words, options: FieldOptions = {}): Field {
	return field(name, 'timestamp', label, options, {
		interface: 'datetime',
		options: { use24: true },
		display: 'datetime',
		display_options: { relative: true },
	});
}

const SLUG_RULE: Words = [
	'Only lower-case letters, digits and single hyphens, such as servo-drives',
	'仅限小写字母、数字与单个连字符，例如 servo-drives',
];
const SLUG_NOTE: Words = [
	'Part of the address of the page. If you change it later, the old address leads to the new one.',
	'页面网址的一部分。日后如有更改，旧网址会自动跳转到新网址。',
];

/** An address part: lower-case letters, digits and single hyphens, once in its collection. */
export function slug(name = 'slug', label: Words = ['Address part', '网址标识'], note: Words = SLUG_NOTE, tab: Tab = 'top'): Field {
	return field(
		name,
		'string',
		label,
		{ isRequired: true, isHalf: true, note, tab, rule: { test: { _regex: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }, message: SLUG_RULE } },
		{ interface: 'input', options: { slug: true, trim: true, font: 'monospace', iconLeft: 'link' } },
		{ schema: { is_unique: true } },
	);
}

/**
 * The same field in both languages, `<name>_en` and `<name>_zh`: each in the tab of its language, or side by side where `tab` is given.
 */
export function localised(
	name: string,
	label: Words,
	kind: (name: string, label: Words, options: FieldOptions) => Field = line,
	options: FieldOptions = {},
): Field[] {
	const [english, chinese] = label;
	const place = (tab: Tab): FieldOptions => ({ ...options, ...(options.tab ? { isHalf: true } : { tab }) });
	return [
		kind(`${name}_en`, [`${english} (English)`, `${chinese}（英文）`], place('en')),
		kind(`${name}_zh`, [`${english} (Chinese)`, `${chinese}（中文）`], place('zh')),
	];
}

/** A sentence that stands in the form, for what matters before somebody acts. */
export function notice(name: string, text: Words, kind: 'info' | 'warning', tab: Tab = 'main'): Field {
	return {
		field: name,
		type: 'alias',
		tab,
		section: null,
		schema: null,
		meta: {
			special: ['alias', 'no-data'],
			interface: 'presentation-notice',
			options: { color: kind, icon: kind === 'info' ? 'info' : 'lock', text: named(text) },
			width: 'full',
			translations: translations(['Notice', '提示']),
		},
		words: [text],
	};
}
