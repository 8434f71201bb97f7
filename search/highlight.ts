import type { Highlight, SearchDocument, Segment } from './engine.ts';
import type { Unit } from './query.ts';
import { fold, isHan, type Token, tokens } from './text.ts';

interface Span {
	readonly start: number;
	readonly end: number;
	/** Which unit of the query it answers. */
	readonly unit: number;
}

/** Characters of an excerpt before and after the first match. Han characters say more and are wider. */
const EXCERPT = { en: { before: 60, after: 140 }, 'zh-CN': { before: 30, after: 70 } } as const;
const MOST_LOCKED = 3;
const MOST_SPANS = 200;

/** `text` cut at the places that answer the query. */
export function segmentsOf(text: string, units: readonly Unit[]): Segment[] {
	return cut(text, spansIn(text, units), 0, text.length);
}

/** What to show of a hit: its title, the open excerpt that answers most of the query, and the locked pages that answer it. */
export function highlightsOf(document: SearchDocument, units: readonly Unit[]): Highlight[] {
	const { excerpt, answers } = openAnswers(document, units);
	const pages = document.passages.filter((passage) => {
		if (!passage.isLocked) return false;
		const here = answered(spansIn(passage.text, units));
		return here.size > 0 && (here.size === units.length || [...here].some((unit) => !answers.has(unit)));
	});
	return [
		{ field: 'title', page: null, locked: false, segments: segmentsOf(document.title, units) },
		excerpt,
		...pages.slice(0, MOST_LOCKED).map(({ page }): Highlight => ({ field: 'text', page: page ?? 0, locked: true })),
	];
}

/** The open text that answers most (the summary where none answers more), and which units the open texts answer. */
function openAnswers(document: SearchDocument, units: readonly Unit[]): { excerpt: Highlight; answers: Set<number> } {
	const { summary } = document;
	const summarySpans = spansIn(summary, units);
	const answers = new Set([...answered(spansIn(document.title, units)), ...answered(summarySpans)]);
	let excerpt: Highlight = { field: 'summary', page: null, locked: false, segments: cut(summary, summarySpans, 0, summary.length) };
	let most = answered(summarySpans).size;
	for (const { isLocked, text, page } of document.passages) {
		if (most === units.length) break;
		if (isLocked) continue;
		const spans = spansIn(text, units);
		const here = answered(spans);
		for (const unit of here) answers.add(unit);
		if (here.size <= most) continue;
		excerpt = { field: 'text', page, locked: false, segments: windowOf(text, spans, document.locale) };
		most = here.size;
	}
	return { excerpt, answers };
}

/** Which units these places answer. */
function answered(spans: readonly Span[]): Set<number> {
	return new Set(spans.map(({ unit }) => unit));
}

function mayOccur(folded: string, unit: Unit): boolean {
	return unit.code !== null || unit.phrases.some(({ words }) => words.every((word) => folded.includes(word)));
}

/** Where `text` answers the query, from left to right, without overlaps. */
function spansIn(text: string, units: readonly Unit[]): Span[] {
	const folded = fold(text);
	const likely = units.map((unit) => mayOccur(folded, unit));
	if (!likely.includes(true)) return [];
	const words = tokens(text);
	const spans: Span[] = [];
	for (let at = 0; at < words.length && spans.length < MOST_SPANS;) {
		let longest = 0;
		let answers = -1;
		for (const [index, unit] of units.entries()) {
			const length = likely[index] ? lengthAt(words, at, unit) : 0;
			if (length > longest) {
				longest = length;
				answers = index;
			}
		}
		if (longest > 0) spans.push({ start: words[at]!.start, end: words[at + longest - 1]!.end, unit: answers });
		at += Math.max(1, longest);
	}
	return spans;
}

/** How many words from `at` on answer `unit`; 0 when they do not. */
function lengthAt(words: readonly Token[], at: number, { phrases, code }: Unit): number {
	let longest = code === null ? 0 : codeLengthAt(words, at, code);
	for (const { words: wanted, isPrefix } of phrases) {
		const isMatch = wanted.every((word, index) => {
			const found = words[at + index]?.text;
			return found !== undefined && (found === word || (isPrefix && index === wanted.length - 1 && found.startsWith(word)));
		});
		if (isMatch) longest = Math.max(longest, wanted.length);
	}
	return longest;
}

function codeLengthAt(words: readonly Token[], at: number, code: string): number {
	let joined = '';
	for (let length = 1; at + length <= words.length; length++) {
		const word = words[at + length - 1]!.text;
		if (isHan(word)) return 0;
		joined += word;
		if (joined.startsWith(code)) return length;
		if (!code.startsWith(joined)) return 0;
	}
	return 0;
}

/** A part of the text around the place where most answers lie close together. */
function windowOf(text: string, spans: readonly Span[], locale: SearchDocument['locale']): Segment[] {
	const { before, after } = EXCERPT[locale];
	let best = spans[0]!;
	let most = 0;
	for (const span of spans) {
		const near = answered(spans.filter(({ start, end }) => start >= span.start && end <= span.start + after)).size;
		if (near > most) {
			best = span;
			most = near;
		}
	}
	const start = snap(text, Math.max(0, best.start - before), best.start);
	const end = best.start + after >= text.length ? text.length : Math.max(best.end, snapBack(text, best.start + after, best.end));
	const inside = spans.filter((span) => span.start >= start && span.end <= end);
	const segments = cut(text, inside, start, end).map(({ text: piece, isMatch }) => ({ text: piece.replaceAll('\n', ' '), isMatch }));
	return [...(start > 0 ? [{ text: '… ', isMatch: false }] : []), ...segments, ...(end < text.length ? [{ text: ' …', isMatch: false }] : [])];
}

/** The next beginning of a word, sentence or Han character from `from` on, at most `limit`. */
function snap(text: string, from: number, limit: number): number {
	if (from === 0) return 0;
	const gap = /[\s，。；、：]|(?=\p{Script=Han})/u.exec(text.slice(from, limit));
	return gap === null ? limit : from + gap.index + gap[0].length;
}

function snapBack(text: string, from: number, limit: number): number {
	for (let at = from; at > limit; at--) if (/[\s，。；]/.test(text[at]!) || isHan(text[at]!)) return at;
	return limit;
}

function cut(text: string, spans: readonly Span[], from: number, to: number): Segment[] {
	const segments: Segment[] = [];
	let done = from;
	for (const { start, end } of spans) {
		if (start > done) segments.push({ text: text.slice(done, start), isMatch: false });
		segments.push({ text: text.slice(start, end), isMatch: true });
		done = end;
	}
	if (done < to) segments.push({ text: text.slice(done, to), isMatch: false });
	return segments;
}
