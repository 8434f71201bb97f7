import type { Lexicon } from './rules.ts';
import { isHan, tokens } from './text.ts';

/** Words that follow one another. With `isPrefix` the last one may go on. */
export interface Phrase {
	readonly words: readonly string[];
	readonly isPrefix: boolean;
}

/** One thing asked for: any of its phrases, or the part number that starts with `code`. */
export interface Unit {
	readonly phrases: readonly Phrase[];
	readonly code: string | null;
	/** The editors' term that was typed in full, whose whole group is meant; otherwise null. */
	readonly term: string | null;
}

export interface Reading {
	readonly lexicon: Lexicon;
	/** True when a part number or standard in the index starts with these letters and digits. */
	readonly isCode: (compact: string) => boolean;
	/** True: runs of Han characters fall into words; false: they are phrases. */
	readonly isSegmented: boolean;
}

const LONGEST_QUERY = 200;
const MOST_UNITS = 12;
const WIDEST_CODE = 4;
const SHORTEST_HALF = 4;
const QUOTED = /"([^"]*)"|“([^”]*)”|「([^」]*)」/g;
const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** The part of a query that counts. */
export function shortened(q: string): string {
	return [...q.slice(0, LONGEST_QUERY * 2)].slice(0, LONGEST_QUERY).join('');
}

/**
 * What a query asks for; all of it must be met. Stop words count only where nothing else is asked.
 * Operators have no meaning but quotation marks, which make an exact phrase.
 */
export function parseQuery(q: string, reading: Reading): Unit[] {
	const units: Unit[] = [];
	const loose = shortened(q).replace(QUOTED, (_all, ...groups: (string | undefined)[]) => {
		const words = wordsOf(groups.slice(0, 3).find((group) => group !== undefined) ?? '');
		if (words.length > 0) units.push({ phrases: [{ words, isPrefix: false }], code: null, term: null });
		return ' ';
	});
	units.push(...unitsOf(piecesOf(loose, reading), reading));
	return units.slice(0, MOST_UNITS);
}

function wordsOf(text: string): string[] {
	return tokens(text).map((token) => token.text);
}

/** Splits at spaces, and where Han characters meet others: each piece is a phrase. */
function piecesOf(text: string, reading: Reading): string[][] {
	const pieces: string[][] = [];
	for (const chunk of text.split(/\s+/)) {
		let piece: string[] = [];
		for (const word of wordsOf(chunk)) {
			if (piece.length > 0 && isHan(piece[0]!) !== isHan(word)) {
				pieces.push(piece);
				piece = [];
			}
			piece.push(word);
		}
		if (piece.length > 0) pieces.push(piece);
	}
	const cut = reading.isSegmented
		? pieces.flatMap((piece) => (isHan(piece[0]!) && piece.length > 2 ? segment(piece, reading.lexicon) : [piece]))
		: pieces;
	const kept = cut.filter((piece) => !reading.lexicon.stopWords.has(piece.join(' ')));
	return kept.length > 0 ? kept : cut;
}

/** Terms that editors know stay whole; the rest falls into words of the language. */
function segment(characters: readonly string[], lexicon: Lexicon): string[][] {
	for (let length = Math.min(characters.length - 1, lexicon.longest); length > 1; length--) {
		for (let start = 0; start + length <= characters.length; start++) {
			if (!lexicon.synonyms.has(characters.slice(start, start + length).join(' '))) continue;
			const rest = (part: readonly string[]) => (part.length === 0 ? [] : segment(part, lexicon));
			return [...rest(characters.slice(0, start)), characters.slice(start, start + length), ...rest(characters.slice(start + length))];
		}
	}
	return joinedSingles(
		[...segmenter.segment(characters.join(''))].map((word) => [...word.segment]),
		lexicon,
	);
}

/** Neighbouring words of one character are mostly a word that the segmenter does not know (选 + 型). */
function joinedSingles(words: readonly string[][], lexicon: Lexicon): string[][] {
	const joined: string[][] = [];
	let isOpen = false;
	for (const word of words) {
		const isSingle = word.length === 1 && !lexicon.stopWords.has(word[0]!);
		if (isSingle && isOpen) joined.at(-1)!.push(...word);
		else joined.push([...word]);
		isOpen = isSingle;
	}
	return joined;
}

function unitsOf(pieces: readonly string[][], reading: Reading): Unit[] {
	const units: Unit[] = [];
	for (let at = 0; at < pieces.length;) {
		const { unit, taken } = codeAt(pieces, at, reading) ?? synonymAt(pieces, at, reading.lexicon) ?? { unit: wordUnit(pieces[at]!), taken: 1 };
		units.push(unit);
		at += taken;
	}
	return units;
}

/** Pieces that together are a part number: `hx1`, `p18`. The longest wins. */
function codeAt(pieces: readonly string[][], at: number, { isCode }: Reading): { unit: Unit; taken: number } | null {
	for (let taken = Math.min(WIDEST_CODE, pieces.length - at); taken > 0; taken--) {
		const words = pieces.slice(at, at + taken).flat();
		const code = words.join('');
		if (code.length < 3 || words.some(isHan) || !/\d/.test(code) || !/\p{L}/u.test(code) || !isCode(code)) continue;
		return { unit: { phrases: [{ words, isPrefix: true }], code, term: null }, taken };
	}
	return null;
}

function synonymAt(pieces: readonly string[][], at: number, lexicon: Lexicon): { unit: Unit; taken: number } | null {
	for (let taken = Math.min(lexicon.longest, pieces.length - at); taken > 0; taken--) {
		const words = pieces.slice(at, at + taken).flat();
		const term =
			singulars(words)
				.map((form) => form.join(' '))
				.find((form) => lexicon.synonyms.has(form)) ?? null;
		const group = term === null ? begun(words.join(' '), lexicon) : lexicon.synonyms.get(term);
		if (group === undefined) continue;
		const own = words.join(' ');
		const others = group.filter((other) => other !== own).map((other) => phrase(other.split(' '), 4));
		return { unit: { phrases: [phrase(words, term === own ? 4 : 2), ...others], code: null, term }, taken };
	}
	return null;
}

/** The group of a term whose last word is only half typed. */
function begun(typed: string, { synonyms }: Lexicon): readonly string[] | undefined {
	if (typed.length < SHORTEST_HALF) return undefined;
	for (const [term, group] of synonyms) if (term.startsWith(typed) && !term.slice(typed.length).includes(' ')) return group;
	return undefined;
}

function wordUnit(words: readonly string[]): Unit {
	return { phrases: singulars(words).map((form) => phrase(form, 2)), code: null, term: null };
}

/** A phrase whose last word may go on if it has `least` letters; numbers go on only from four digits. */
function phrase(words: readonly string[], least: number): Phrase {
	const last = words.at(-1)!;
	return { words, isPrefix: !isHan(last) && last.length >= (/^\d+$/.test(last) ? 4 : least) };
}

/** The words as they are, and with the last one in the singular where that differs. */
function singulars(words: readonly string[]): (readonly string[])[] {
	const last = words.at(-1)!;
	return singular(last) === last ? [words] : [words, [...words.slice(0, -1), singular(last)]];
}

/** An English plural without its ending; anything else as it is. */
export function singular(word: string): string {
	if (/^[a-z]{2,}[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
	if (/^[a-z]{2,}(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
	return /^[a-z]{3,}[^isu]s$/.test(word) ? word.slice(0, -1) : word;
}
