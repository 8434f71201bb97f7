import { simplified } from './simplified.ts';

/** A word, a run of digits or one Han character, with its place in the original text (UTF-16 units). */
export interface Token {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

const WORD = /\p{Script=Han}|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const QUANTITY = /^(\d+)(\p{L}{1,3})$/u;
const CODE = /(?<![A-Za-z0-9])(?:[A-Z]{2,5} \d+(?:[-/.][A-Za-z0-9]+)*|[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*)/g;
const LONGEST_CODE = 40;

/**
 * The form in which texts are compared: compatibility forms, case and diacritics taken away (`Ｏ̈st` and `ost` are equal).
 * Full-width letters become plain ones, traditional characters simplified ones (`變頻器` and `变频器` are equal).
 */
export function fold(text: string): string {
	return simplified(isPlain(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase());
}

/** The tokens of `text`, folded. Han characters stand alone; `22kW` is two tokens, so that it equals `22 kW`. */
export function tokens(text: string): Token[] {
	const { folded, startOf, endOf } = foldWithPlaces(text);
	const found: Token[] = [];
	const add = (word: string, place: number) => found.push({ text: word, start: startOf(place), end: endOf(place + word.length) });
	for (const match of folded.matchAll(WORD)) {
		const [, digits, unit] = QUANTITY.exec(match[0]) ?? [];
		if (digits === undefined || unit === undefined) {
			add(match[0], match.index);
		} else {
			add(digits, match.index);
			add(unit, match.index + digits.length);
		}
	}
	return found;
}

/** `text` as the index takes it: its tokens, joined by spaces. */
export function indexed(text: string): string {
	return (fold(text).match(WORD) ?? []).map((word) => word.replace(QUANTITY, '$1 $2')).join(' ');
}

/** A part number without what people write differently: `LC1-d09`, `lc1 D09` and `LC1D09` all give `lc1d09`. */
export function compact(code: string): string {
	return fold(code).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The part numbers and standards that `text` names, compact: words of letters and digits, `HD3-2x08`, `IEC 60034-30-1`. */
export function codesIn(text: string): string[] {
	const found = new Set<string>();
	for (const [match] of text.normalize('NFKC').matchAll(CODE)) {
		if (match.length <= LONGEST_CODE && /[A-Za-z]/.test(match) && /\d/.test(match)) found.add(compact(match));
	}
	return [...found];
}

export function isHan(token: string): boolean {
	return /^\p{Script=Han}/u.test(token);
}

/** True where folding is lower-casing, character by character, as far as words go: ASCII, Han, and marks that are no letters. */
function isPlain(text: string): boolean {
	return !/[^\x00-\x7f°±·×÷‐-‧←-⋿　-〿一-鿿！-／：-＠［-｀｛-･]/.test(text);
}

/** The folded text, and where the character before or after a place in it starts or ends in the original. */
function foldWithPlaces(text: string): { folded: string; startOf: (place: number) => number; endOf: (place: number) => number } {
	if (isPlain(text)) return { folded: simplified(text.toLowerCase()), startOf: (place) => place, endOf: (place) => place };
	const starts: number[] = [];
	const ends: number[] = [];
	let folded = '';
	let start = 0;
	for (const character of text) {
		const piece = character < '\x80' ? character.toLowerCase() : fold(character);
		const end = start + character.length;
		for (let i = 0; i < piece.length; i++) {
			starts.push(start);
			ends.push(end);
		}
		if (piece === '' && ends.length > 0) ends[ends.length - 1] = end; // a mark belongs to the letter before it
		folded += piece;
		start = end;
	}
	return { folded, startOf: (place) => starts[place] ?? text.length, endOf: (place) => ends[place - 1] ?? 0 };
}
