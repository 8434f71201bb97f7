import type { Form, FormField, Locale, Snapshot } from '#cms/content.ts';
import type { FieldError } from '#kernel/errors.ts';

import { isMail, normaliseMail } from '../cleaning/mail.ts';
import { defaultCountry, isPhoneCountry, parsePhone } from '../cleaning/phone.ts';
import { maxLengthOf, optionsOf } from './definition.ts';
import { type Answers, countryName, FREE_MAIL_ANSWER } from './form.ts';
import { judgeMail } from './mail-rule.ts';
import { standingOf } from './rule.ts';

/** Codes of field errors; their words are in `kernel/texts`, section form. */
export type FormErrorCode =
	| 'required'
	| 'required-box'
	| 'too-long'
	| 'characters'
	| 'mail-syntax'
	| 'mail-free-ask'
	| 'mail-free-refuse'
	| 'mail-disposable-refuse'
	| 'phone'
	| 'choice';

export type Validated =
	{ readonly status: 'valid'; readonly answers: Answers } | { readonly status: 'invalid'; readonly errors: readonly FieldError[] };

type Read = { readonly value: string } | { readonly code: FormErrorCode };

const MULTI_SEPARATOR = ', ';
/** What callers of the API send for a box that is not ticked. */
const UNTICKED: ReadonlySet<string> = new Set(['', 'no', 'false', '0', 'off']);
// Everything that is no character of a text: C0 and C1 controls but tab and line ends, and what reverses the reading direction.
const CONTROLS = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/** What a validation knows beside the form. */
export interface Circumstances {
	readonly locale: Locale;
	/** What a verified person told before: rules of fields look at it, too. */
	readonly known?: Answers;
	/** What fields of the kind `channel` keep. */
	readonly came?: Answers | undefined;
}

/**
 * Reads the answers to `asked` fields: trimmed, one spelling for mail and phone. Optional fields left empty are absent;
 * answers to fields that the form does not have, or that do not belong to it now, are left out. Scripts and markup are text like any other.
 */
export function validate(content: Snapshot, form: Form, asked: readonly FormField[], answers: Answers, circumstances: Circumstances): Validated {
	const errors: FieldError[] = [];
	const values: Record<string, string> = {};
	const askedNames = new Set(asked.map(({ name }) => name));
	for (const field of form.fields) {
		const { belongs, isRequired } = standingOf(field, { ...circumstances.known, ...values });
		if (!belongs) continue;
		const read = readAnswer(content, form, field, answers, circumstances);
		if ('code' in read) errors.push({ field: field.name, code: read.code });
		else if (read.value !== '') values[field.name] = read.value;
		else if (isRequired && askedNames.has(field.name))
			errors.push({ field: field.name, code: field.kind === 'checkbox' ? 'required-box' : 'required' });
	}
	return errors.length > 0 ? { status: 'invalid', errors } : { status: 'valid', answers: values };
}

function readAnswer(content: Snapshot, form: Form, field: FormField, answers: Answers, { locale, came = {} }: Circumstances): Read {
	if (field.kind === 'channel') return { value: wordsOf(came).slice(0, maxLengthOf('channel')) };
	const raw = answerTo(answers, field.name);
	if (raw.includes('\0') || !raw.isWellFormed()) return { code: 'characters' };
	const text = tidy(raw, field.kind);
	if (text.length > maxLengthOf(field.kind)) return { code: 'too-long' };
	if (text === '') return { value: '' };
	switch (field.kind) {
		case 'mail':
			return readMail(form, text, normaliseMail(answers[FREE_MAIL_ANSWER] ?? ''));
		case 'phone': {
			const chosen = answerTo(answers, countryName(field.name));
			const phone = parsePhone(text, isPhoneCountry(chosen) ? chosen : defaultCountry(locale, content.site.phone));
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
		case 'free-text':
			return { value: text };
		case 'checkbox':
			return { value: UNTICKED.has(text.toLowerCase()) ? '' : 'yes' };
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
		case 'refuse-free':
			return { code: 'mail-free-refuse' };
		case 'refuse-disposable':
			return { code: 'mail-disposable-refuse' };
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

function answerTo(answers: Answers, name: string): string {
	return Object.hasOwn(answers, name) ? (answers[name] ?? '') : '';
}

/** `source: fair, campaign: 2026`. */
function wordsOf(came: Answers): string {
	return Object.entries(came)
		.map(([name, value]) => `${name}: ${value}`)
		.join(', ');
}

/** Lines stay lines in free text; everywhere else any white space is one space. */
function tidy(text: string, kind: FormField['kind']): string {
	const clean = text.replaceAll(CONTROLS, '').replaceAll(/\r\n?/g, '\n').trim();
	return kind === 'free-text' ? clean : clean.replaceAll(/\s+/gu, ' ');
}
