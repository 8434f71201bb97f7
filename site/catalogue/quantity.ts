/** Closed interval; a plain number is one without width. */
export type Span = readonly [low: number, high: number];

/** What the words of a value say in numbers. */
export interface Quantity {
	/** At least one; several for a list such as `8 / 16`. A limit (`≤ 5`) and a tolerance (`± 3`) count as their number. */
	readonly spans: readonly Span[];
	/** What is written behind the numbers, as `years`, or ''. Remarks in parentheses are left out. */
	readonly rest: string;
}

/** Units of length: there `×` parts the sides of a thing, elsewhere it counts (`3 × 400` V). */
const LENGTHS = new Set(['µm', 'mm', 'cm', 'm', 'in', 'ft']);
const ABSENT = /^(?:[-–—]*|none\b.*|no|n\/a|not (?:needed|available|applicable)\b.*|无.*|不需要|不适用)$/iu;
const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const LIMIT = String.raw`(?:[≤≥<>≈~±]|up to|at (?:least|most)|min\.?|max\.?|approx\.?|约|至多|至少|最大|最小)?`;
const PART = new RegExp(
	String.raw`^${LIMIT}\s*(${NUMBER})(?:\s*(?:\.{3}|[–…~-]|to|至|到)\s*(${NUMBER}))?(?:\s+(\D*)|([%°\p{Script=Han}]\D*))?$`,
	'iu',
);
const TOLERANCE = /(?<=\d)\s*±\s*\d+(?:\.\d+)?\s*%?/gu;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** True for a value that says there is none: a dash, `None; regenerates`, `无`. */
export function isAbsent(value: string): boolean {
	return ABSENT.test(plain(value));
}

/**
 * The numbers of a specification's value: `0.37–0.75`, `3 × 400 (drive supply)`, `≤ 62`, `−40 … +105`, `1.2 × 10⁻⁹`, `24,000`.
 * Null where it is not a quantity: words, codes (`IP65`), the sides of a thing (`14 × 30` mm), pairs without unit (`6 / 2`).
 */
export function parseQuantity(value: string, unit: string): Quantity | null {
	const text = plain(value).replaceAll(TOLERANCE, '');
	const counted = unit !== '' && !LENGTHS.has(unit) ? text.replace(/^\d+ ?× ?(?=\d)/u, '') : text;
	const parts = counted.split(unit === '' ? /[,，、;；·]\s*(?=\S)/u : /(?:[,，、;；·/])\s*(?=\S)/u).map((part) => readPart(part.trim()));
	const [first] = parts;
	if (!first || parts.some((part) => part?.rest !== first.rest)) return null;
	return { spans: parts.map((part) => part!.span), rest: first.rest };
}

function readPart(part: string): { readonly span: Span; readonly rest: string } | null {
	const found = PART.exec(part);
	if (!found) return null;
	const low = Number(found[1]);
	const high = Number(found[2] ?? found[1]);
	if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
	return { span: low <= high ? [low, high] : [high, low], rest: (found[3] ?? found[4] ?? '').trim() };
}

/** One way of writing: no remarks in parentheses, ASCII signs and digits, no thousands separators, powers of ten as `e`. */
function plain(value: string): string {
	return value
		.normalize('NFC')
		.replaceAll(/\s*(?:\([^)]*\)|（[^）]*）)/gu, '')
		.replaceAll('−', '-')
		.replaceAll(/(?<=\d)[,\u00a0\u2009\u202f ](?=\d{3}(?!\d))/gu, '')
		.replaceAll(/(?<=\d),(?=\d)/gu, '.')
		.replaceAll(/ ?[×x·] ?10([⁻⁺]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu, (_all, sign: string, digits: string) => `e${sign === '⁻' ? '-' : ''}${asciiDigits(digits)}`)
		.replaceAll(/\s+/gu, ' ')
		.trim();
}

function asciiDigits(digits: string): string {
	return [...digits].map((digit) => SUPERSCRIPTS.indexOf(digit)).join('');
}
