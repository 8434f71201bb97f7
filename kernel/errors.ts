export type ErrorCode = 'not-found' | 'forbidden' | 'conflict' | 'invalid' | 'unavailable';

/** One wrong field of a form or body: its name and a code whose words are in `kernel/texts`. */
export interface FieldError {
	readonly field: string;
	readonly code: string;
}

/**
 * A refusal that ends the request. `code` decides the HTTP status at the edge; `message` is for people
 * (what happened, what to do) and holds no personal data. Anything else that is thrown is a bug.
 */
export class DomainError extends Error {
	readonly code: ErrorCode;
	readonly fields: readonly FieldError[];

	constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown; readonly fields?: readonly FieldError[] } = {}) {
		super(message, { cause: options.cause });
		this.name = 'DomainError';
		this.code = code;
		this.fields = options.fields ?? [];
	}
}

/** True for a refusal. Told by name: the built site has a `DomainError` of its own, which is not the app's. */
export function isDomainError(error: unknown): error is DomainError {
	return error instanceof Error && error.name === 'DomainError';
}

/** True for a unique-constraint violation of either database, wrapped by drizzle or not. */
export function isUniqueViolation(error: unknown): boolean {
	const code = databaseCode(error);
	return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** The driver's error code under drizzle's wrapper, or null. Log this, never the wrapper's message: it prints parameters. */
export function databaseCode(error: unknown): string | null {
	for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		if ('code' in at && typeof at.code === 'string') return at.code;
	}
	return null;
}
