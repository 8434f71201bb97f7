import { createHash } from 'node:crypto';

import type { Settings } from 'meilisearch';

import type { Locale } from '#cms/content.ts';

import { FACETS, type FacetName, type Filters, type HashedDocument } from './engine.ts';
import { singular, type Unit } from './query.ts';
import type { Lexicon } from './rules.ts';
import { codesIn, compact, indexed, isHan } from './text.ts';

/** A document as Meilisearch holds it: words as {@link indexed} gives them, so that both engines find the same. Nothing but `id` is shown. */
export type MeilisearchRecord = Readonly<Record<FacetName, readonly string[]>> & {
	readonly id: string;
	readonly hash: string;
	/** Its own part number, compact; `''` for most. */
	readonly number: string;
	readonly title: string;
	readonly codes: readonly string[];
	readonly keywords: string;
	readonly summary: string;
	/** Words that mean the same as one in its text, for queries that begin one. */
	readonly synonyms: readonly string[];
	readonly body: string;
	/** Text behind the gate: searched, never displayed, retrieved, highlighted or cropped. */
	readonly locked: string;
	/** Files and questions stand behind what they belong to. */
	readonly weight: number;
	readonly publishedAt: number;
};

/** Meilisearch's names for the languages; `zh` would be cut by rules for Latin text. */
export const MEILISEARCH_LOCALE = { en: 'eng', 'zh-CN': 'cmn' } as const satisfies Record<Locale, string>;

/** Typing errors are read before Meilisearch is asked, from words that stand in open text (`didYouMean`), so its own tolerance is off. */
export function settingsOf(locale: Locale): Settings {
	return {
		searchableAttributes: ['number', 'title', 'codes', 'keywords', 'summary', 'synonyms', 'body', 'locked'],
		displayedAttributes: ['id'],
		filterableAttributes: ['id', ...FACETS],
		sortableAttributes: ['publishedAt'],
		rankingRules: ['sort', 'words', 'typo', 'proximity', 'attributeRank', 'weight:desc', 'wordPosition', 'exactness', 'publishedAt:desc'],
		typoTolerance: { enabled: false },
		localizedAttributes: [{ attributePatterns: ['*'], locales: [MEILISEARCH_LOCALE[locale]] }],
		faceting: { maxValuesPerFacet: 500, sortFacetValuesBy: { '*': 'count' } },
		pagination: { maxTotalHits: 100_000 },
		searchCutoffMs: 150,
	};
}

export function recordOf({ document, hash }: HashedDocument, lexicon: Lexicon): MeilisearchRecord {
	const { id, type, title, summary, keywords, passages, partNumber, facets, publishedAt } = document;
	const joined = (isLocked: boolean): string =>
		passages
			.filter((passage) => passage.isLocked === isLocked)
			.map(({ text }) => text)
			.join('\n');
	const [body, locked] = [joined(false), joined(true)];
	const all = [title, keywords.join('\n'), summary, body, locked].join('\n');
	return {
		...facets,
		id,
		hash,
		number: partNumber === null ? '' : compact(partNumber),
		title: wordsIn(title, lexicon),
		codes: [...new Set([...(partNumber === null ? [] : [compact(partNumber)]), ...codesIn(all)])],
		keywords: wordsIn(keywords.join('\n'), lexicon),
		summary: wordsIn(summary, lexicon),
		synonyms: [...new Set(termsFor(indexed(all), lexicon).filter((term) => /^[^\s\p{Script=Han}]+$/u.test(term)))],
		body: wordsIn(body, lexicon),
		locked: wordsIn(locked, lexicon),
		weight: type === 'documents' || type === 'faq' ? 0 : 1,
		publishedAt,
	};
}

/** The words of a query for Meilisearch. Phrases and Han characters are quoted, which also keeps them from being taken as a beginning. */
export function wordsFor(units: readonly Unit[]): string {
	return units
		.map(({ phrases, code, term }) => {
			if (code !== null) return code;
			if (term !== null) return markOf(term);
			const words = phrases[0]?.words ?? [];
			const text = words.map(singular).join(' ');
			return words.length > 1 || isHan(text) ? `"${text}"` : text;
		})
		.join(' ');
}

/** A filter of Meilisearch from chosen values and ids to leave out; null when everything passes. Values are quoted here and nowhere else. */
export function filterOf(filters: Filters, without: readonly string[] = []): string | null {
	const parts = FACETS.flatMap((name) => (filters[name]?.length ? [`${name} IN [${filters[name].map(quoted).join(', ')}]`] : []));
	if (without.length > 0) parts.push(`id NOT IN [${without.map(quoted).join(', ')}]`);
	return parts.length === 0 ? null : parts.join(' AND ');
}

function quoted(value: string): string {
	return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The words of `text` in the singular, and a mark for each term that its words stand for. Queries take no synonyms inside phrases, so documents carry them. */
function wordsIn(text: string, lexicon: Lexicon): string {
	const words = indexed(text);
	return [...words.split(' ').map(singular), ...termsFor(words, lexicon).map(markOf)].join(' ');
}

/** The editors' terms that mean the same as one in `words`. */
function termsFor(words: string, { synonyms }: Lexicon): string[] {
	const padded = ` ${words} `;
	const has = (term: string): boolean => padded.includes(` ${term} `) || padded.includes(` ${term}s `);
	return [...synonyms].filter(([, group]) => group.some(has)).map(([term]) => term);
}

function markOf(term: string): string {
	return `mark${createHash('sha256').update(term).digest('hex').slice(0, 12)}`;
}
