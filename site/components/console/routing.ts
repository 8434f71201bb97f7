import { type DomainError, type ErrorCode, isDomainError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = { invalid: 422, conflict: 409, forbidden: 403, 'not-found': 404 };

/** Does what was asked, and gives what stood against it, with its HTTP status; null when nothing did. */
export async function refusalOf(act: () => Promise<unknown>): Promise<{ readonly error: DomainError; readonly status: number } | null> {
	try {
		await act();
		return null;
	} catch (error) {
		if (!isDomainError(error) || error.code === 'unavailable') throw error;
		return { error, status: STATUS[error.code] ?? 400 };
	}
}

/** What is wrong with a field, in a sentence: the field itself, or anything within it. */
export function errorAt(texts: Texts, refusal: DomainError | null, name: string): string | null {
	const found = refusal?.fields.find(({ field }) => field === name || field.startsWith(`${name}.`));
	if (!found) return null;
	const { errors } = texts.routing;
	return wordOf(errors, Object.hasOwn(errors, found.code) ? found.code : 'format');
}

/** Entries of a list that was typed, separated by commas or lines. */
export function listTyped(data: FormData, name: string): string[] {
	const parts = String(data.get(name) ?? '').split(/[,，、;；\n]+/u);
	return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** A whole number as typed; NaN for anything else, null where nothing was typed. */
export function numberTyped(data: FormData, name: string): number | null {
	const typed = String(data.get(name) ?? '').normalize('NFKC').trim(); // prettier-ignore
	return typed === '' ? null : /^\d{1,7}$/.test(typed) ? Number(typed) : NaN;
}

/** The list with one entry moved up or down by one; the same list at its ends. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
	const [one, other] = [list[at], list[at + by]];
	if (one === undefined || other === undefined) return [...list];
	return list.map((each, place) => (place === at ? other : place === at + by ? one : each));
}

/** What was typed into the form of the hand-over standard. */
export function standardTyped(data: FormData) {
	return {
		isOn: data.has('isOn'),
		causes: data.getAll('causes').map(String),
		grades: data.getAll('grades').map(String),
		needsCore: data.has('needsCore'),
		needsConsent: data.has('needsConsent'),
		needsClean: data.has('needsClean'),
	};
}
