import { DomainError, type ErrorCode, type FieldError } from '#kernel/errors.ts';
import { textsFor } from '#kernel/texts/index.ts';

/** Why a request was refused; its words are in `kernel/texts`, its status is known only here. */
export type Refusal =
	| 'malformed' | 'not-signed-in' | 'forbidden' | 'cross-site' | 'not-found' | 'method' | 'conflict' | 'gone' | 'too-large' | 'range' | 'host'
	| 'invalid' | 'slow-down' | 'proof-needed' | 'internal' | 'unavailable'; // prettier-ignore

const STATUS: Readonly<Record<Refusal, number>> = {
	malformed: 400,
	'not-signed-in': 401,
	forbidden: 403,
	'cross-site': 403,
	'not-found': 404,
	method: 405,
	conflict: 409,
	gone: 410,
	'too-large': 413,
	range: 416,
	host: 421,
	invalid: 422,
	'slow-down': 429,
	'proof-needed': 429,
	internal: 500,
	unavailable: 503,
};

const OF_DOMAIN: Readonly<Record<ErrorCode, Refusal>> = {
	'not-found': 'not-found',
	forbidden: 'forbidden',
	conflict: 'conflict',
	invalid: 'invalid',
	unavailable: 'unavailable',
};

export const PROBLEM_TYPE = 'application/problem+json';

/** A problem document. Source: RFC 9457. */
export interface Problem {
	readonly type: 'about:blank';
	readonly title: string;
	readonly status: number;
	readonly detail: string;
	/** Names the request in our logs. */
	readonly instance: string;
	readonly code: Refusal;
	readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export interface ProblemContext {
	readonly locale: 'en' | 'zh-CN';
	readonly requestId: string;
}

export function statusOf(refusal: Refusal): number {
	return STATUS[refusal];
}

/** The problem document for a refusal, in the reader's language. */
export function problemOf(refusal: Refusal, { locale, requestId }: ProblemContext, fields: readonly FieldError[] = []): Problem {
	const { title, detail } = textsFor(locale).error[refusal];
	const errors = fields.map(({ field, code }) => ({ field, message: fieldMessage(code, locale) }));
	return {
		type: 'about:blank',
		title,
		status: STATUS[refusal],
		detail,
		instance: `urn:request:${requestId}`,
		code: refusal,
		...(errors.length > 0 ? { errors } : {}),
	};
}

/** How to answer a thrown error: a domain refusal as what it is, anything else as `internal`, whose cause only the log tells. */
export function refusalOf(error: unknown): { readonly refusal: Refusal; readonly fields: readonly FieldError[] } {
	if (error instanceof DomainError) return { refusal: OF_DOMAIN[error.code], fields: error.fields };
	return { refusal: 'internal', fields: [] };
}

/** The words for a field's error code: the form's own where it has them. */
export function fieldMessage(code: string, locale: 'en' | 'zh-CN'): string {
	const { form, error, model } = textsFor(locale);
	const own = 'errors' in form ? (form.errors as Readonly<Record<string, unknown>>)[code] : undefined;
	if (typeof own === 'string') return own;
	const known: Readonly<Record<string, string>> = { ...model.errors, ...error.field };
	return known[code] ?? error.field.other;
}
