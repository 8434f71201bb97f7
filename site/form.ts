import type { FormView, SubmitInput } from '#gating';
import type { FieldError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/texts.ts';

/** Names that a form of ours sends beside its fields. */
const FREE_MAIL = 'freeMail';
const HONEYPOT = 'website';

/** What a browser sent, ready for `gating.forms.submit`. */
export type SentForm = Pick<SubmitInput, 'answers' | 'consents' | 'timeZone' | 'idempotencyKey' | 'trap'>;

/** How a form is shown: untouched, or again with what was typed and what is wrong with it. */
export interface FormState {
	readonly values: Readonly<Record<string, string>>;
	readonly consents: readonly string[];
	readonly errors: readonly FieldError[];
	readonly notice: FormNotice | null;
	/** Tags of the page it first stood on. */
	readonly landing?: string;
	/** The token that the browser fetched for it: no second one is needed. */
	readonly challenge?: string | null;
}

/** Why a form was not taken, besides what is wrong with its fields. */
export type FormNotice =
	/** Sent too often. */
	| { readonly kind: 'slow-down'; readonly minutes: number }
	/** The browser has to prove some work first, or its reader to wait. */
	| { readonly kind: 'proof'; readonly minutes: number }
	/** The form, or what it asks for, was taken off line meanwhile. */
	| { readonly kind: 'gone' }
	/** Its key was used for other answers. */
	| { readonly kind: 'conflict' };

export const EMPTY_FORM: FormState = { values: {}, consents: [], errors: [], notice: null };

/** Reads a posted form. Values of one name are joined, as `multi` fields want it; files are left out. */
export function readForm(data: FormData): SentForm {
	const text = (name: string): string => String(data.get(name) ?? '');
	const answers: Record<string, string> = {};
	for (const name of new Set(data.keys())) {
		const values = data.getAll(name).filter((value) => typeof value === 'string');
		if (name !== 'consents' && values.length > 0) answers[name] = values.join(', ');
	}
	return {
		answers,
		consents: data.getAll('consents').map(String),
		timeZone: text('timeZone'),
		idempotencyKey: text('idempotencyKey') || undefined,
		trap: {
			honeypot: text(HONEYPOT),
			challenge: text('challenge') || null,
			proof: text('proof') || null,
			// Only our script fills this in.
			isScripted: text('timeZone') !== '',
		},
	};
}

export const fieldId = (form: string, field: string): string => `${form}-${field}`;

/** The words for what is wrong with a field. */
export function errorText(texts: Texts, error: FieldError): string {
	const errors: Readonly<Record<string, string>> = texts.form.errors;
	return errors[error.code] ?? texts.form.problems;
}

/** Errors in the order of the form's fields, each with the name of its field. */
export function errorsOf(
	form: FormView,
	errors: readonly FieldError[],
	texts: Texts,
): readonly { readonly field: string; readonly label: string; readonly message: string }[] {
	return form.fields.flatMap((field) =>
		errors
			.filter((error) => error.field === field.name)
			.map((error) => ({ field: field.name, label: field.label, message: errorText(texts, error) })),
	);
}

export { FREE_MAIL, HONEYPOT };
