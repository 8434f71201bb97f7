import type { Locale } from '#cms/content.ts';

import type { EmbeddedIndex, LocaleIndex } from './embedded-index.ts';
import { attemptsOf, byScore, expressionOf, first, matching } from './embedded-query.ts';
import type { Store } from './embedded-store.ts';
import type { Suggestion } from './engine.ts';
import { segmentsOf } from './highlight.ts';
import { namesTyped } from './pinyin.ts';
import type { Unit } from './query.ts';
import { fold, isHan, tokens } from './text.ts';

const LONGEST_NAME = 40;
const FEWEST_NAMES = 2;

/** Items whose title or part number goes on from what was typed, then names of topics, industries and people to search for. */
export function runSuggest(
	store: Store,
	index: EmbeddedIndex,
	{ q, locale, limit }: { readonly q: string; readonly locale: Locale; readonly limit: number },
): Suggestion[] {
	const here = index.of(locale);
	const names = namesFrom(q, here);
	const room = limit - Math.min(names.length, FEWEST_NAMES);
	const items = itemsFor(store, index, here, q, room);
	const titles = new Set(items.map(({ text }) => text));
	return [...items, ...names.filter(({ text }) => !titles.has(text)).slice(0, limit - items.length)];
}

function itemsFor(store: Store, index: EmbeddedIndex, here: LocaleIndex, q: string, limit: number): Suggestion[] {
	for (const { units } of attemptsOf(q, here.locale, index)) {
		const found = matching(store, here, units, `{title codes} : (${expressionOf(units, ' AND ')})`);
		const items = first(found, limit, byScore).flatMap(({ entry }) => store.document(entry.row) ?? []);
		if (items.length > 0) return items.map(({ title, type, url }) => ({ kind: 'item', text: title, segments: segmentsOf(title, units), type, url }));
	}
	return [];
}

function namesFrom(q: string, here: LocaleIndex): Suggestion[] {
	const typed = fold(q).trim();
	const words = tokens(q).map(({ text }) => text);
	if (words.length === 0) return [];
	const unit: Unit = { phrases: [{ words, isPrefix: !isHan(words.at(-1)!) }], code: null, term: null };
	const pinyin = namesTyped(q, here.typed()).map(({ name }): Suggestion => ({
		kind: 'query',
		text: name,
		segments: [{ text: name, isMatch: false }],
		type: null,
		url: null,
	}));
	const named = [...here.names]
		.filter(([name]) => name.length <= LONGEST_NAME && name.length > typed.length && fold(name).includes(typed))
		.map(([name, documents]) => ({ name, documents, segments: segmentsOf(name, [unit]) }))
		.filter(({ segments }) => segments.some(({ isMatch }) => isMatch))
		.sort((a, b) => b.documents - a.documents)
		.map(({ name, segments }): Suggestion => ({ kind: 'query', text: name, segments, type: null, url: null }));
	return [...pinyin, ...named];
}
