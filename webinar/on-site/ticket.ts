import type { Keys } from '#kernel/keys.ts';

/** Letters and digits that nobody mistakes for one another. Source: https://www.crockford.com/base32.html */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
/** What the code to scan begins with, so that a scanner knows tickets from other codes. */
const PREFIX = 'FOYER:';

/**
 * The ticket of a registration: ten letters that only this hub can make. It is read at the door by staff and opens nothing, so fifty
 * bits are enough.
 */
export function ticketCode(keys: Pick<Keys, 'mac'>, registrationId: string): string {
	const bytes = Buffer.from(keys.mac('ticket', registrationId), 'base64url');
	return Array.from({ length: LENGTH }, (_, at) => LETTERS[(bytes[at] ?? 0) % LETTERS.length]).join('');
}

/** As people read it: two groups of five. */
export function spokenTicket(code: string): string {
	return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** What the code to scan says. */
export function scannedTicket(code: string): string {
	return `${PREFIX}${code}`;
}

/** The ticket in what somebody typed or scanned, whatever its case, spaces and look-alikes; null when it is none. */
export function readTicket(text: string): string | null {
	const said = text.trim().toUpperCase();
	const code = (said.startsWith(PREFIX) ? said.slice(PREFIX.length) : said).replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}
