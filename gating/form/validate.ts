import type { Form, FormField, Locale, Snapshot } from '#cms/content.ts';
import type { FieldError } from '#kernel/errors.ts';

import { isMail, normaliseMail } from '../cleaning/mail.ts';
import { defaultCountry, parsePhone } from '../cleaning/phone.ts';
import { maxLengthOf, optionsOf } from './definition.ts';
import { type Answers, FREE_MAIL_ANSWER } from './form.ts';
import { judgeMail } from './mail-rule.ts';

/** Codes of field errors; their words are in `kernel/texts`, section form. */
export type FormErrorCode = 'required' | 'too-long' | 'characters' | 'mail-syntax' | 'mail-free-ask' | 'mail-free-refuse' | 'phone' | 'choice';

export type Validated =
	{ readonly status: 'valid'; readonly answers: Answers } | { readonly status: 'invalid'; readonly errors: readonly FieldError[] };

type Read = { readonly value: string } | { readonly code: FormErrorCode };

const MULTI_SEPARATOR = ', ';
// Everything that is no character of a text: C0 and C1 controls but tab and line ends, and what reverses the reading direction.
const CONTROLS = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Reads the answers to `asked` fields: trimmed, one spelling for mail and phone. Optional fields left empty are absent;
 * answers to fields that the form does not have are left out. Scripts and markup are text like any other.
 */
export function validate(content: Snapshot, form: Form, asked: readonly FormField[], answers: Answers, locale: Locale): Validated {
	const errors: FieldError[] = [];
	const values: Record<string, string> = {};
	const required = new Set(asked.filter((field) => field.isRequired).map((field) => field.name));
	for (const field of form.fields) {
		const read = readAnswer(content, form, field, answers, locale);
		if ('code' in read) errors.push({ field: field.name, code: read.code });
		else if (read.value !== '') values[field.name] = read.value;
		else if (required.has(field.name)) errors.push({ field: field.name, code: 'required' });
	}
	return errors.length > 0 ? { status: 'invalid', errors } : { status: 'valid', answers: values };
}

function readAnswer(content: Snapshot, form: Form, field: FormField, answers: Answers, locale: Locale): Read {
	const raw = Object.hasOwn(answers, field.name) ? (answers[field.name] ?? '') : '';
	if (raw.includes('\0') || !raw.isWellFormed()) return { code: 'characters' };
	const text = tidy(raw, field.kind);
	if (text.length > maxLengthOf(field.kind)) return { code: 'too-long' };
	if (text === '') return { value: '' };
	switch (field.kind) {
		case 'mail':
			return readMail(form, text, normaliseMail(answers[FREE_MAIL_ANSWER] ?? ''));
		case 'phone': {
			const phone = parsePhone(text, defaultCountry(locale, content.site.phone));
			return phone ? { value: phone.e164 } : { code: 'phone' };
		}
		case 'select':
		case 'multi':
			return readChoices(
				optionsOf(content, field).map(({ value }) => value),
				text,
				field.kind,
			);
		case 'text':
		case 'company':
		case 'job-title':
		case 'checkbox':
		case 'free-text':
			return { value: text };
	}
}

function readMail(form: Form, text: string, confirmed: string): Read {
	const email = normaliseMail(text);
	if (!isMail(email)) return { code: 'mail-syntax' };
	switch (judgeMail(form.mailRule, email, confirmed)) {
		case 'accept':
			return { value: email };
		case 'ask':
			return { code: 'mail-free-ask' };
		case 'refuse':
			return { code: 'mail-free-refuse' };
	}
}

function readChoices(allowed: readonly string[], text: string, kind: 'select' | 'multi'): Read {
	const chosen =
		kind === 'multi'
			? text
					.split(',')
					.map((value) => value.trim())
					.filter((value) => value !== '')
			: [text];
	return allowed.length === 0 || chosen.every((value) => allowed.includes(value)) ? { value: chosen.join(MULTI_SEPARATOR) } : { code: 'choice' };
}

/** Lines stay lines in free text; everywhere else any white space is one space. */
function tidy(text: string, kind: FormField['kind']): string {
	const clean = text.replaceAll(CONTROLS, '').replaceAll(/\r\n?/g, '\n').trim();
	return kind === 'free-text' ? clean : clean.replaceAll(/\s+/gu, ' ');
}
