import { FIELD_KINDS, type FieldRule, type Form, type FormField, RULE_EFFECTS, type Term } from '../content.ts';
import { reportMissing, type RowReader } from './row.ts';

const BOTH = ['en', 'zh-CN'] as const;
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

/** Names that forms send beside their fields. */
const RESERVED: ReadonlySet<string> = new Set([
	'action',
	'challenge',
	'channel',
	'consents',
	'dealer',
	'freeMail',
	'idempotencyKey',
	'landing',
	'locale',
	'occurrence',
	'page',
	'product',
	'products',
	'proof',
	'subject',
	'timeZone',
	'website',
]);
/** How the country of a phone field is sent: no field may have such a name. */
const COUNTRY_NAME = /-country$/;

/** A form; its fields that cannot be asked are reported and left out. A list called `industry` without options of its own offers the industries. */
export function readForm(row: RowReader, terms: readonly Term[]): Form {
	const title = row.localised('title');
	reportMissing(row, BOTH, { title });
	const industries = terms.filter(({ kind }) => kind === 'industry').map(({ slug, name }) => ({ value: slug, label: name }));
	const read = row.list('fields').flatMap((field) => readField(field, industries) ?? []);
	const fields = withSoundRules(row, withoutDuplicates(row, read));
	if (!fields.some(({ name, kind }) => name === 'email' && kind === 'mail')) row.report('form-no-mail', 'fields');
	return {
		id: row.id,
		key: row.slug,
		title,
		intro: row.localised('intro'),
		submit: row.localised('submit'),
		fields,
		consents: row.strings('consents'),
		mailRule: row.oneOf('mail_rule', ['allow', 'ask', 'refuse'], 'ask'),
	};
}

function readField(row: RowReader, industries: FormField['options']): FormField | null {
	const name = row.text('name');
	const refuse = (code: 'form-field' | 'form-reserved-name' | 'form-no-options'): null => (row.report(code, `fields: ${name}`), null);
	const kind = FIELD_KINDS.find((known) => known === row.text('kind'));
	if (!NAME.test(name) || kind === undefined || (name === 'email' && kind !== 'mail')) return refuse('form-field');
	if (kind !== 'channel' && (RESERVED.has(name) || COUNTRY_NAME.test(name))) return refuse('form-reserved-name');
	const own = row.list('options').map((option) => ({ value: option.text('value'), label: option.localised('label') }));
	const options = own.length === 0 && name === 'industry' ? industries : own;
	if ((kind === 'select' || kind === 'multi') && options.length === 0) return refuse('form-no-options');
	return {
		name,
		kind,
		isRequired: row.flag('required') && kind !== 'channel',
		label: row.localised('label'),
		help: row.localised('help'),
		autocomplete: row.text('autocomplete') || 'off',
		options,
		rule: readRule(row),
	};
}

function readRule(row: RowReader): FieldRule | null {
	const effect = RULE_EFFECTS.find((known) => known === row.text('rule_effect'));
	if (effect === undefined) return null;
	const values = row.text('rule_values').split(/[,，、;；\n]/u);
	return { effect, field: row.text('rule_field'), values: values.map((value) => value.trim()).filter((value) => value !== '') };
}

function withoutDuplicates(row: RowReader, fields: readonly FormField[]): readonly FormField[] {
	return fields.filter(({ name }, at) => {
		const isFirst = fields.findIndex((other) => other.name === name) === at;
		if (!isFirst) row.report('form-duplicate-field', `fields: ${name}`);
		return isFirst;
	});
}

/** Rules hang on fields before them only, so that they can neither circle nor point nowhere. */
function withSoundRules(row: RowReader, fields: readonly FormField[]): readonly FormField[] {
	return fields.map((field, at) => {
		const { rule } = field;
		if (rule === null) return field;
		const other = fields.slice(0, at).find(({ name }) => name === rule.field);
		const isChoice = other !== undefined && other.options.length > 0;
		const isSound =
			other !== undefined &&
			other.kind !== 'channel' &&
			field.kind !== 'mail' &&
			(!isChoice || rule.values.every((value) => other.options.some((option) => option.value === value)));
		if (isSound) return field;
		row.report('form-rule', `fields: ${field.name} → ${rule.field || '–'}`);
		return { ...field, rule: null };
	});
}
