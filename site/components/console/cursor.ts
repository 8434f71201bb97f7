import { DomainError } from '#kernel/errors.ts';

/** The page of a list; null when the address holds a cursor of another list, so that the caller starts at the beginning. */
export async function unlessForeign<T>(page: Promise<T>): Promise<T | null> {
	try {
		return await page;
	} catch (error) {
		if (error instanceof DomainError && error.code === 'invalid') return null;
		throw error;
	}
}
