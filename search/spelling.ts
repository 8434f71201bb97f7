import { compact, isHan, tokens } from './text.ts';

/** Words of the open texts with the number of documents they stand in, by their length. */
export interface Vocabulary {
	readonly byLength: ReadonlyMap<number, readonly VocabularyWord[]>;
	/** Every word, sorted. */
	readonly sorted: readonly string[];
}

interface VocabularyWord {
	readonly word: string;
	readonly documents: number;
	/** A bit for each letter that occurs. */
	readonly letters: number;
}

const SHORTEST = 4;

export function vocabularyOf(words: Iterable<readonly [word: string, documents: number]>): Vocabulary {
	const byLength = new Map<number, VocabularyWord[]>();
	const sorted: string[] = [];
	for (const [word, documents] of words) {
		sorted.push(word);
		if (word.length < SHORTEST - 1 || isHan(word) || /^\d/.test(word)) continue;
		const list = byLength.get(word.length) ?? [];
		list.push({ word, documents, letters: lettersOf(word) });
		byLength.set(word.length, list);
	}
	return { byLength, sorted: sorted.sort() };
}

/** True when a word of the sorted list starts with `prefix`. */
export function hasPrefix(sorted: readonly string[], prefix: string): boolean {
	return sorted[lowerBound(sorted, prefix)]?.startsWith(prefix) ?? false;
}

/** Where the words that start with `prefix` begin in a sorted list. */
export function lowerBound(sorted: readonly string[], prefix: string): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (sorted[middle]! < prefix) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * The query with its unknown words replaced by the nearest known ones, or null when nothing is near: one edit away up to
 * eight letters, two beyond; of a part number, the nearest one as printed.
 */
export function corrected(q: string, vocabulary: Vocabulary, partNumbers: readonly string[]): string | null {
	let text = '';
	let done = 0;
	let isChanged = false;
	for (const chunk of q.matchAll(/[^\s"“”「」]+/g)) {
		const better = betterPartNumber(chunk[0], partNumbers) ?? betterWords(chunk[0], vocabulary);
		text += q.slice(done, chunk.index) + (better ?? chunk[0]);
		done = chunk.index + chunk[0].length;
		isChanged ||= better !== null;
	}
	return isChanged ? text + q.slice(done) : null;
}

function betterPartNumber(chunk: string, partNumbers: readonly string[]): string | null {
	const code = compact(chunk);
	if (code.length < SHORTEST || !/\d/.test(code) || !/\p{L}/u.test(code)) return null;
	const near = partNumbers.filter((printed) => distance(code, compact(printed), 1) <= 1);
	return near.find((printed) => compact(printed) !== code) ?? null;
}

function betterWords(chunk: string, vocabulary: Vocabulary): string | null {
	let text = '';
	let done = 0;
	let isChanged = false;
	for (const { text: word, start, end } of tokens(chunk)) {
		const better = isKnown(word, vocabulary) ? null : nearest(word, vocabulary);
		text += chunk.slice(done, start) + (better ?? chunk.slice(start, end));
		done = end;
		isChanged ||= better !== null;
	}
	return isChanged ? text + chunk.slice(done) : null;
}

function isKnown(word: string, { sorted }: Vocabulary): boolean {
	return word.length < SHORTEST || isHan(word) || /^\d/.test(word) || hasPrefix(sorted, word);
}

function nearest(word: string, { byLength }: Vocabulary): string | null {
	const most = word.length > 8 ? 2 : 1;
	const letters = lettersOf(word);
	let best: VocabularyWord | null = null;
	let bestDistance = most + 1;
	for (let length = word.length - most; length <= word.length + most; length++) {
		for (const candidate of byLength.get(length) ?? []) {
			if (bitsOf(letters ^ candidate.letters) > 2 * most) continue;
			const apart = distance(word, candidate.word, most);
			if (apart > most || apart > bestDistance || (apart === bestDistance && candidate.documents <= (best?.documents ?? 0))) continue;
			best = candidate;
			bestDistance = apart;
		}
	}
	return best?.word ?? null;
}

/**
 * Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment); `most + 1` for anything beyond `most`.
 */
export function distance(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const present = [row];
		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			let cost = Math.min(last[column]! + 1, present[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) cost = Math.min(cost, beforeLast[column - 2]! + 1);
			present.push(cost);
		}
		if (Math.min(...present) > most) return most + 1;
		beforeLast = last;
		last = present;
	}
	return Math.min(last[b.length]!, most + 1);
}

function lettersOf(word: string): number {
	let letters = 0;
	for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
	return letters;
}

function bitsOf(value: number): number {
	let bits = 0;
	for (let rest = value; rest !== 0; rest &= rest - 1) bits++;
	return bits;
}
