import { inLocale } from '#cms/content.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';
import type { Catalogue } from '#site/catalogue.ts';

/** Why a piece stands where it stands, as a sentence to the visitor; an unknown reason is told as the editors' choice. */
export function whySentence(reason: string, term: string, content: Catalogue, texts: Texts): string {
	const words = texts.personal.because;
	if (reason === 'stage') return words.stage[term as keyof typeof words.stage] ?? words.editors;
	const sentence = Object.hasOwn(words, reason) ? words[reason as Exclude<keyof typeof words, 'stage'>] : words.editors;
	return fill(sentence, { term: nameOf(reason, term, content) });
}

/** The name of what a reason is about, in the reader's language. */
export function nameOf(reason: string, term: string, content: Catalogue): string {
	const { locale } = content;
	if (reason === 'country') return new Intl.DisplayNames(locale, { type: 'region' }).of(term) ?? term;
	if (reason === 'line') return inLocale(content.category(term)?.name ?? { en: term, 'zh-CN': term }, locale);
	const kind = reason === 'role' ? 'role' : reason === 'topic' ? 'topic' : 'industry';
	return inLocale(content.term(kind, term)?.name ?? { en: term, 'zh-CN': term }, locale);
}
