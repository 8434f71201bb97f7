import type { Locale } from '#cms/content.ts';
import type { SearchDocument } from '#search/engine.ts';

/** Numbers that look random and are the same in every run. */
function draw(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

function openText({ title, summary, keywords, passages }: SearchDocument): string {
	return [title, summary, ...keywords, ...passages.filter(({ isLocked }) => !isLocked).map(({ text }) => text)].join('\n').toLowerCase();
}

function fullText(document: SearchDocument): string {
	return [openText(document), ...document.passages.filter(({ isLocked }) => isLocked).map(({ text }) => text.toLowerCase())].join('\n');
}

/** Words of the editors' synonyms, plurals and two-letter words read otherwise than they stand. */
const READ_OTHERWISE =
	/^(?:vfd|vsd|inver|frequ|servo|gear|reducer|enco|rotary|position|sto|safe)|s$|变频|逆变|伺服|减速|齿轮箱|编码|绝对|安全|的|和|与/;

/** `count` words of these documents: English words of four letters and more, pairs of Han characters. */
export function wordsOf(documents: readonly SearchDocument[], locale: Locale, count: number): string[] {
	const next = draw(7);
	const all = [
		...new Set(
			documents.flatMap(
				(document) => fullText(document).match(locale === 'en' ? /(?<![\p{L}\p{N}-])[a-z]{4,}(?![\p{L}\p{N}])/gu : /\p{Script=Han}{2}/gu) ?? [],
			),
		),
	].filter((word) => !READ_OTHERWISE.test(word) && !isTwoWordsElsewhere(documents, word));
	return Array.from({ length: count }, () => all[next(all.length)]!);
}

/** Meilisearch reads `payback` in "pay back" and `along` in "a long" as well, which no embedded engine does: such words prove nothing of either. */
function isTwoWordsElsewhere(documents: readonly SearchDocument[], word: string): boolean {
	const parted = Array.from({ length: Math.max(0, word.length - 2) }, (_, at) => `${word.slice(0, at + 1)}[^\\p{L}\\p{N}]+${word.slice(at + 1)}`);
	if (parted.length === 0) return false;
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${parted.join('|')})`, 'u');
	return documents.some((document) => pattern.test(fullText(document)));
}

/** The documents in whose text `word` stands: Han characters anywhere, across punctuation too, other words at a beginning. */
export function truthOf(documents: readonly SearchDocument[], word: string): SearchDocument[] {
	if (/^\p{Script=Han}/u.test(word))
		return documents.filter((document) =>
			fullText(document)
				.replace(/[^\p{L}\p{N}]/gu, '')
				.includes(word),
		);
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${word}`, 'u');
	return documents.filter((document) => pattern.test(fullText(document)));
}

/** For each paper, words that stand on one of its gated pages and in no open text of any document. */
export function* onlyBehindTheGate(
	documents: readonly SearchDocument[],
	locale: Locale,
	count: number,
): Generator<{ document: SearchDocument; page: number; word: string }> {
	const next = draw(11);
	const here = documents.filter((document) => document.locale === locale);
	const open = here.map(openText).join('\n');
	for (const document of here) {
		const locked = document.passages.filter(({ isLocked }) => isLocked);
		const found = locked.flatMap(({ page, text }) => {
			const words = text.toLowerCase().match(locale === 'en' ? /(?<![\p{L}\p{N}-])[a-z]{6,}(?![\p{L}\p{N}-])/gu : /\p{Script=Han}{4}/gu) ?? [];
			return words.filter((word) => !open.includes(word)).map((word) => ({ document, page: page ?? 0, word }));
		});
		const once = found.filter(({ word }) => new Set(found.filter((other) => other.word === word).map(({ page }) => page)).size === 1);
		for (let i = 0; i < count && once.length > 0; i++) yield once[next(once.length)]!;
	}
}
