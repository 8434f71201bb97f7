import type { Locale } from '#cms/content.ts';

import type { EmbeddedIndex, Entry, LocaleIndex } from './embedded-index.ts';
import type { Store } from './embedded-store.ts';
import type { EngineQuery, EngineResult, Hit } from './engine.ts';
import { narrow } from './facet.ts';
import { highlightsOf } from './highlight.ts';
import { namesTyped } from './pinyin.ts';
import { parseQuery, shortened, singular, type Unit } from './query.ts';
import { corrected } from './spelling.ts';
import { indexed } from './text.ts';

/** One way to read a query. The readings are tried in order until one finds something. */
export interface Attempt {
	readonly q: string;
	readonly units: readonly Unit[];
	/** True where `q` is not what was typed. */
	readonly isCorrected: boolean;
}

/** A document that was found; the higher the score, the better. */
export interface Found {
	readonly entry: Entry;
	readonly score: number;
}

/** Files and questions stand behind the product they belong to. */
const TYPE_FACTOR: Readonly<Partial<Record<Entry['type'], number>>> = { documents: 0.5, faq: 0.6, pages: 0.8 };
/** What is asked for in a title counts for more than in a text that goes on and on about it. */
const IN_TITLE = 2;
const CATEGORY = 1.5;
const OWN_NUMBER = 1e6;
const OWN_SERIES = 1e3;
const PINNED = 1e9;
const MOST_NEAREST = 3;

/** The readings of `q`: as typed; with Chinese runs cut into words; then both with unknown words corrected; then as the pinyin of a name. */
export function* attemptsOf(q: string, locale: Locale, index: EmbeddedIndex): Generator<Attempt> {
	const { vocabulary, partNumbers, isCode, typed } = index.of(locale);
	const lexicon = index.lexicon();
	const readings = [() => q, () => corrected(shortened(q), vocabulary(), partNumbers), () => namesTyped(shortened(q), typed())[0]?.name ?? null];
	for (const [number, reading] of readings.entries()) {
		const read = reading();
		if (read === null) continue;
		const isCorrected = number > 0;
		const strict = parseQuery(read, { lexicon, isCode, isSegmented: false });
		if (strict.length === 0) return;
		yield { q: read, units: strict, isCorrected };
		const loose = parseQuery(read, { lexicon, isCode, isSegmented: true });
		if (JSON.stringify(loose) !== JSON.stringify(strict)) yield { q: read, units: loose, isCorrected };
	}
}

export function runQuery(store: Store, index: EmbeddedIndex, query: EngineQuery): EngineResult {
	const here = index.of(query.locale);
	const { found, attempt } = find(store, index, query);
	const pinned = pinnedFor(query, index);
	const all = pinned.length === 0 ? found : withoutTwins([...pinned, ...found]);
	const { kept, facets } = narrow(all, query.filters, here.facets);
	const end = query.page * query.limit;
	const shown = first(kept, end, query.sort === 'newest' ? byAge : byScore).slice(end - query.limit);
	const units = attempt?.units ?? [];
	const hits = shown.flatMap(({ entry }) => hitOf(store, entry, units));
	return {
		hits: query.sort === 'newest' ? hits : namesakesFirst(hits, units, pinned.length),
		total: kept.length,
		facets,
		didYouMean: attempt?.isCorrected && found.length > 0 ? attempt.q : null,
		redirect: redirectFor(query.q, index),
		nearest: all.length === 0 ? nearest(store, here, units) : [],
	};
}

/** On one page, after what editors put first: what is called exactly as it was asked for. */
function namesakesFirst(hits: readonly Hit[], units: readonly Unit[], pinned: number): Hit[] {
	const names = new Set(units.length === 1 ? units[0]!.phrases.map(({ words }) => singular(words.join(' '))) : []);
	const isNamesake = ({ title }: Hit) => names.has(singular(indexed(title)));
	const [first, rest] = [hits.slice(0, pinned), hits.slice(pinned)];
	return [...first, ...rest.filter(isNamesake), ...rest.filter((hit) => !isNamesake(hit))];
}

/** Where an editor sends this very query, or null. */
export function redirectFor(q: string, index: EmbeddedIndex): string | null {
	return index.lexicon().redirects.get(indexed(shortened(q))) ?? null;
}

/** What editors put first for this very query. */
export function pinnedFor({ q, locale }: Pick<EngineQuery, 'q' | 'locale'>, index: EmbeddedIndex): Found[] {
	const references = index.lexicon().pins.get(indexed(shortened(q))) ?? [];
	const entries = references.flatMap((reference) => index.of(locale).byReference.get(reference) ?? []);
	return entries.map((entry, place) => ({ entry, score: PINNED - place }));
}

/** Everything that answers the first reading that is answered at all; all documents when nothing is asked. */
function find(store: Store, index: EmbeddedIndex, { q, locale }: EngineQuery): { found: Found[]; attempt: Attempt | null } {
	const here = index.of(locale);
	if (q.trim() === '') return { found: [...here.entries.values()].map((entry) => ({ entry, score: 0 })), attempt: null };
	let typed: Attempt | null = null;
	for (const attempt of attemptsOf(q, locale, index)) {
		typed ??= attempt;
		const found = matching(store, here, attempt.units, expressionOf(attempt.units, ' AND '));
		if (found.length > 0) return { found, attempt };
	}
	return { found: [], attempt: typed };
}

/** The documents that match an FTS5 expression made of `units`; a product whose own number is asked for stands first. */
export function matching(store: Store, here: LocaleIndex, units: readonly Unit[], expression: string): Found[] {
	const codes = units.flatMap(({ code }) => code ?? []);
	const titled = new Set(store.rowsOf(here.locale, `title : (${expression})`));
	const found: Found[] = [];
	for (const [row, rank] of store.match(here.locale, expression)) {
		const entry = here.entries.get(row);
		if (entry === undefined) continue;
		const own = entry.code;
		const bonus =
			own === null || codes.length === 0 ? 0 : codes.includes(own) ? OWN_NUMBER : codes.some((code) => own.startsWith(code)) ? OWN_SERIES : 0;
		found.push({ entry, score: bonus - rank * factorOf(entry) * (titled.has(row) ? IN_TITLE : 1) });
	}
	return found;
}

function factorOf({ type, reference }: Entry): number {
	return reference.startsWith('categories/') ? CATEGORY : (TYPE_FACTOR[type] ?? 1);
}

function withoutTwins(found: readonly Found[]): Found[] {
	const rows = new Set<number>();
	return found.filter(({ entry: { row } }) => !rows.has(row) && rows.add(row));
}

const FEW = 200;

/** The first `count` in order, without sorting the rest. */
export function first<T>(items: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
	if (count > FEW) return [...items].sort(compare).slice(0, count);
	const top: T[] = [];
	for (const item of items) {
		if (top.length === count && compare(item, top[count - 1]!) >= 0) continue;
		let place = top.length;
		while (place > 0 && compare(item, top[place - 1]!) < 0) place--;
		top.splice(place, 0, item);
		if (top.length > count) top.pop();
	}
	return top;
}

export function byScore(a: Found, b: Found): number {
	return b.score - a.score || byAge(a, b);
}

function byAge(a: Found, b: Found): number {
	return b.entry.publishedAt - a.entry.publishedAt || a.entry.row - b.entry.row;
}

/** What answers a part of the query, the most of it first. */
export function nearest(store: Store, here: LocaleIndex, units: readonly Unit[]): Hit[] {
	if (units.length === 0) return [];
	const best = first(matching(store, here, units, expressionOf(units, ' OR ')), MOST_NEAREST, byScore);
	return best.flatMap(({ entry }) => hitOf(store, entry, units));
}

/** The hits of `ids`, in their order; what is not in the store is left out. */
export function present(store: Store, here: LocaleIndex, ids: readonly string[], units: readonly Unit[]): Hit[] {
	return ids.flatMap((id) => {
		const entry = here.byId.get(id);
		return entry === undefined ? [] : hitOf(store, entry, units);
	});
}

function hitOf(store: Store, entry: Entry, units: readonly Unit[]): Hit[] {
	const document = store.document(entry.row);
	if (document === null) return [];
	const { id, type, locale, subject, title, url, partNumber, publishedAt } = document;
	return [{ id, type, locale, subject, title, url, partNumber, publishedAt, highlights: highlightsOf(document, units) }];
}

/** Only words of letters and digits, quoted, ever stand in an expression. Source: https://sqlite.org/fts5.html, section 3. */
export function expressionOf(units: readonly Unit[], join: ' AND ' | ' OR '): string {
	return units
		.map(
			({ phrases, code }) =>
				`(${[...phrases.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? ' *' : ''}`), ...(code === null ? [] : [`"${code}" *`])].join(' OR ')})`,
		)
		.join(join);
}
