import { isDomainError } from '#kernel/errors.ts';

/** The page of a list; null when the address holds a cursor of another list or what is no longer there, so that the caller starts at the beginning. */
export async function unlessForeign<T>(page: Promise<T>): Promise<T | null> {
	try {
		return await page;
	} catch (error) {
		if (isDomainError(error) && (error.code === 'invalid' || error.code === 'not-found')) return null;
		throw error;
	}
}

/** The id of a row as an address or a form has it; null for anything that cannot be one. */
export function rowId(value: unknown): string | null {
	return typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : null;
}

/** `<kind>:<id>` as an address has it; null for anything else. */
export function subjectParam(value: string | null): string | null {
	return value !== null && /^[\w.-]{1,40}:[\w.:-]{1,80}$/.test(value) ? value : null;
}
