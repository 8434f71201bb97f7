import { type Form, type FormField, inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import { DomainError } from '#kernel/errors.ts';
import { textsFor } from '#kernel/texts/index.ts';

import { defaultCountry } from '../cleaning/phone.ts';
import { phoneCountries } from './country.ts';
import { FOLLOW_KEY } from './follow.ts';
import { type Answers, countryName, type FieldView } from './form.ts';
import { standingOf } from './rule.ts';

/** Longest answer per kind, in UTF-16 units; longer ones are errors beside the field. */
const MAX_LENGTH: Readonly<Record<FormField['kind'], number>> = {
	text: 120,
	mail: 254,
	company: 160,
	'job-title': 120,
	phone: 40,
	select: 120,
	multi: 500,
	checkbox: 10,
	'free-text': 4_000,
	channel: 1_000,
};

/** Fields whose choices are terms of the catalogue while the editor lists none. */
const TERM_FIELDS: Readonly<Record<string, 'industry' | 'role'>> = { industry: 'industry', role: 'role' };

/** Every form needs to know whom it talks to. */
const MAIL_FIELD: FormField = {
	name: 'email',
	kind: 'mail',
	isRequired: true,
	label: { en: 'Work email', 'zh-CN': '工作邮箱' },
	help: { en: '', 'zh-CN': '' },
	autocomplete: 'email',
	options: [],
	rule: null,
};

/** What is asked to follow a series or a speaker: the address alone. Editors may publish another form under its key. */
const FOLLOW_FORM: Form = {
	id: FOLLOW_KEY,
	key: FOLLOW_KEY,
	title: inBoth('title'),
	intro: { en: '', 'zh-CN': '' },
	submit: inBoth('send'),
	fields: [{ ...MAIL_FIELD, label: inBoth('email') }],
	consents: ['following'],
	mailRule: 'allow',
};

function inBoth(word: 'title' | 'send' | 'email'): Form['title'] {
	return { en: textsFor('en').aftermath.follow[word], 'zh-CN': textsFor('zh-CN').aftermath.follow[word] };
}

/** The published form, with a mail field in any case. @throws DomainError not-found */
export function findForm({ forms }: Snapshot, key: string): Form {
	const form = forms.find((candidate) => candidate.key === key) ?? (key === FOLLOW_KEY ? FOLLOW_FORM : undefined);
	if (!form) throw new DomainError('not-found', 'There is no form of this name. It may have been unpublished.');
	const fields = form.fields.map((field) => (field.name === 'email' ? { ...field, isRequired: true } : field));
	return { ...form, fields: fields.some((field) => field.name === 'email') ? fields : [MAIL_FIELD, ...fields] };
}

export const maxLengthOf = (kind: FormField['kind']): number => MAX_LENGTH[kind];

/** Choices of a field: the editor's, or the terms it is about. Empty means free text. */
export function optionsOf({ terms }: Snapshot, field: FormField): FormField['options'] {
	const termKind = TERM_FIELDS[field.name];
	if (field.options.length > 0 || !termKind || (field.kind !== 'select' && field.kind !== 'multi')) return field.options;
	return terms.filter((term) => term.kind === termKind).map((term) => ({ value: term.slug, label: term.name }));
}

/** A field in the reader's language, as it is shown among `asked`: its rule goes with it where the other field is there to act on. */
export function viewOf(content: Snapshot, field: FormField, asked: readonly FormField[], known: Answers, locale: Locale): FieldView {
	const { rule } = field;
	const isLive = rule !== null && asked.some(({ name }) => name === rule.field);
	return {
		name: field.name,
		kind: field.kind,
		isRequired: isLive ? false : standingOf(field, known).isRequired,
		label: inLocale(field.label, locale),
		help: inLocale(field.help, locale),
		autocomplete: field.autocomplete,
		maxLength: maxLengthOf(field.kind),
		options: optionsOf(content, field).map(({ value, label }) => ({ value, label: inLocale(label, locale) })),
		when: isLive ? { ...rule, isRequired: rule.effect === 'require' || field.isRequired } : null,
		country:
			field.kind === 'phone'
				? { name: countryName(field.name), preset: defaultCountry(locale, content.site.phone), options: phoneCountries(locale) }
				: null,
	};
}
