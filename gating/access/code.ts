import { MINUTE_MS } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';

/** How long the code of a mail may be typed. */
export const CODE_MINUTES = 15;
export const CODE_MS = CODE_MINUTES * MINUTE_MS;
/** Wrong codes that one mail's code stands. */
export const CODE_TRIES = 5;
const DIGITS = 6;

/**
 * The six digits in the mail of a grant. They follow from its id and the keys, so that nothing of them is stored anywhere:
 * a copy of the database yields no code.
 * Source: RFC 4226, section 5.3 (dynamic truncation).
 */
export function codeOf(keys: Keys, grantId: string): string {
	const mac = Buffer.from(keys.mac('access-code', grantId), 'base64url');
	const offset = mac[mac.length - 1]! & 0x0f;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Compares in constant time. */
export function isCode(keys: Keys, grantId: string, typed: string): boolean {
	return keys.isMac('access-code-typed', codeOf(keys, grantId), keys.mac('access-code-typed', typed));
}

/** What was typed as six digits: spaces and hyphens are left out, full-width digits are digits; null when it is no code. */
export function readCode(typed: string): string | null {
	const digits = typed.slice(0, 40).normalize('NFKC').replace(/[\s-]/g, '');
	return /^\d{6}$/.test(digits) ? digits : null;
}
