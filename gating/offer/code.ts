import type { Random } from '#kernel/id.ts';

/** Digits and letters that cannot be taken for one another. Source: Crockford's Base32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const OWN_LENGTH = 8;
const MOST_PREFIX = 24;

/** A new code: what it is of, and eight characters of its own (40 random bits): `HC1-TEST-K7QM-4XZ9`. */
export function newCode(prefix: string, random: Random): string {
	const letters = [...random(OWN_LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
	return `${prefix.slice(0, MOST_PREFIX)}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The part of a code that is its own, from whatever somebody typed of it; null when it is too short to hold one. */
export function ownPart(typed: string): string | null {
	const letters = typed
		.normalize('NFKC')
		.toUpperCase()
		.replaceAll(/[^0-9A-Z]/g, '')
		.slice(-OWN_LENGTH)
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1')
		.replaceAll('U', 'V');
	return letters.length === OWN_LENGTH ? letters : null;
}

/** What codes of an offer without coupons begin with: `MOTOR-COURSE`. */
export function prefixOf(slug: string): string {
	const letters = slug.toUpperCase().replaceAll(/[^0-9A-Z]+/g, '-');
	return letters.length <= 12 ? letters : letters.slice(0, 12).replace(/-[^-]*$/, '');
}
