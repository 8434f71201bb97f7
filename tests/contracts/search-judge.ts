import type { Locale } from '#cms/content.ts';
import type { SearchDocument } from '#search/engine.ts';

/** A query with what it means: what stands in the documents that should answer it. */
export interface Judged {
	readonly q: string;
	readonly locale: Locale;
	/** All of these must stand in a document, each in one of its spellings; of a part number, its letters and digits. */
	readonly means: readonly (readonly string[])[];
	/** Letters and digits of a part number that a document must name; then nothing else is asked. */
	readonly number?: string;
}

interface Folded {
	readonly id: string;
	/** Title and names. */
	readonly head: string;
	readonly all: string;
	/** Everything without marks and spaces, for part numbers. */
	readonly compact: string;
	/** Its own part number, compact. */
	readonly own: string;
}

const folded = new WeakMap<SearchDocument, Folded>();

/** A document as a reader would compare it: no case, marks of letters and full-width forms. Shares no code with the engines. */
function fold(document: SearchDocument): Folded {
	const known = folded.get(document);
	if (known) return known;
	const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase();
	const { id, title, keywords, summary, passages, partNumber } = document;
	const head = plain([title, ...keywords, partNumber ?? ''].join('\n'));
	const all = `${head}\n${plain([summary, ...passages.map(({ text }) => text)].join('\n'))}`;
	const made = { id, head, all, compact: compact(all), own: compact(plain(partNumber ?? '')) };
	folded.set(document, made);
	return made;
}

const compact = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\n]/gu, '');

/** Han characters anywhere, with punctuation between them or not; other words from their beginning, with spaces or hyphens between them. */
function stands(word: string, text: string): boolean {
	if (/\p{Script=Han}/u.test(word)) return text.replaceAll(/[^\p{L}\p{N}]/gu, '').includes(word);
	const pattern = word
		.split(' ')
		.map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, '\\W?'))
		.join('[^\\p{L}\\p{N}]+');
	return new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${pattern}`, 'u').test(text);
}

/** What answers a query: everything that does, and what does so by its very title or names (everything, where nothing does). */
export function truthFor(
	{ means, number, locale }: Judged,
	documents: readonly SearchDocument[],
): { readonly right: Set<string>; readonly best: Set<string> } {
	const here = documents.filter((document) => document.locale === locale).map(fold);
	if (number !== undefined) {
		const right = here.filter(({ compact: text }) => text.includes(number));
		return { right: idsOf(right), best: idsOf(right.filter(({ own }) => own.startsWith(number))) };
	}
	const answers = (part: 'head' | 'all') => here.filter((one) => means.every((spellings) => spellings.some((word) => stands(word, one[part]))));
	const [right, best] = [answers('all'), answers('head')];
	return { right: idsOf(right), best: idsOf(best.length > 0 ? best : right) };
}

const idsOf = (documents: readonly Folded[]): Set<string> => new Set(documents.map(({ id }) => id));

/** Of the best answers (at most ten can be there), the share among the first ten. */
export function recallAt10(found: readonly string[], best: ReadonlySet<string>): number {
	return found.slice(0, 10).filter((id) => best.has(id)).length / Math.min(10, best.size);
}

/** Of the first five, the share that answers the query. */
export function precisionAt5(found: readonly string[], right: ReadonlySet<string>): number {
	const first = found.slice(0, 5);
	return first.length === 0 ? 0 : first.filter((id) => right.has(id)).length / first.length;
}

/** Numbers that look random and are the same in every run. */
export function dice(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}
