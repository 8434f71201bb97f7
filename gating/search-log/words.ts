const LONGEST = 100;
/** So many digits in a row of digits and marks are a phone, card, order or identity number. */
const MANY_DIGITS = 7;
const ADDRESS = /:\/\/|\bwww\./;
/** Digits with the marks people write between them. */
const NUMBER = /(?<![\p{Script=Latin}\d])[+(]?\d[\d\s()./–-]*\d(?![\p{Script=Latin}\d])/gu;
/** Words after which a number is the name of a standard. */
const STANDARD = /(?:\b(?:iec|iso|din|en|ieee|vdi|vde|nema|ansi|ul|astm)|\b(?:gb|jb|yy|hg)(?:\/t)?)\s*$/;
const ACCOUNT = /(?<![\p{L}\d])[a-z]{2}\d{2}\s?(?:[\da-z]{4}\s?){2,7}[\da-z]{1,4}(?![\p{L}\d])/u;
const IDENTITY = /(?<!\d)\d{17}[\dx](?![\p{L}\d])/u;

/** A query as it is counted: the same words in any spelling of case, width and space. */
export function normalised(query: string): string {
	return query.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}

/**
 * True for normalised words that are counted and never kept: what looks like a mail or web address, a phone, card or identity number, and
 * whole sentences. Names cannot be told; for them there is the number of people who must have asked.
 */
export function looksPersonal(words: string): boolean {
	if (words.length > LONGEST || words.includes('@') || ADDRESS.test(words) || ACCOUNT.test(words) || IDENTITY.test(words)) return true;
	return [...words.matchAll(NUMBER)].some(({ 0: number, index }) => {
		return number.replaceAll(/\D/g, '').length >= MANY_DIGITS && !STANDARD.test(words.slice(0, index));
	});
}
