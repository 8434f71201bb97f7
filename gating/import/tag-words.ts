import { createHash } from 'node:crypto';

import type { Tag } from '../tag/catalogue.ts';

/** What becomes of a word of a tag column: `ruled` and `archived` tags are put on nobody by a list. */
export type TagStatus = 'known' | 'new' | 'ruled' | 'archived';

export interface TagMatch {
	readonly status: TagStatus;
	readonly code: string;
	/** Days that its marks hold where the import does not say; 0: until taken off. */
	readonly expiryDays: number;
}

/** A tag of a list as the dry run shows it. */
export interface ListedTag {
	/** As the list spells it first. */
	readonly word: string;
	readonly status: TagStatus;
	/** Rows that put it on somebody. */
	readonly rows: number;
}

/** Most characters of a tag's name, and most tags of one row. */
export const LONGEST_TAG = 60;
export const MOST_TAGS = 20;
/** A list that would make more tags than this has another thing in that column. */
export const MOST_NEW_TAGS = 100;
/** Words that a dry run tells apart. */
const MOST_COUNTED = 1_000;

/** The tags of a cell, each once. */
export function tagWords(cell: string): string[] {
	const words = cell.split(/[;；、]/u).map((word) => word.replaceAll(/\s+/gu, ' ').trim());
	const isFirst = (word: string, at: number) => words.findIndex((other) => fold(other) === fold(word)) === at;
	return words.filter((word, at) => word !== '' && isFirst(word, at));
}

/** Finds tags by name in either language or by code. */
export function tagFinder(tags: readonly Tag[]): (word: string) => TagMatch {
	const byWord = new Map<string, TagMatch>();
	// Of several of one name, one that can be put on goes first; then what is not archived.
	const rank = ({ rule, isArchived }: Tag): number => (isArchived ? 2 : rule === null ? 0 : 1);
	for (const tag of [...tags].sort((a, b) => rank(a) - rank(b))) {
		const { code, name, expiryDays } = tag;
		const status: TagStatus = tag.isArchived ? 'archived' : tag.rule === null ? 'known' : 'ruled';
		for (const word of [code, fold(name.en), fold(name['zh-CN'])]) if (!byWord.has(word)) byWord.set(word, { status, code, expiryDays });
	}
	return (word) => {
		const code = codeOf(word);
		return byWord.get(fold(word)) ?? byWord.get(code) ?? { status: 'new', code, expiryDays: 0 };
	};
}

/** Counts the tags of a list, row by row. */
export function tagCounter(find: (word: string) => TagMatch) {
	const found = new Map<string, { word: string; status: TagStatus; rows: number }>();
	return {
		add: (words: readonly string[]): void => {
			for (const word of words) {
				const { code, status } = find(word);
				const known = found.get(code);
				if (known) known.rows++;
				else if (found.size < MOST_COUNTED) found.set(code, { word, status, rows: 1 });
			}
		},
		/** New ones first, then by rows. */
		all: (): ListedTag[] => [...found.values()].sort((a, b) => Number(b.status === 'new') - Number(a.status === 'new') || b.rows - a.rows),
	};
}

const fold = (word: string): string => word.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();

/** The code of a tag that a list brings: its letters where they make one, else a number of its own. The same word always has the same. */
function codeOf(word: string): string {
	const folded = fold(word);
	const slug = folded.replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '');
	if (/^[\p{ASCII}]+$/u.test(folded) && slug.length >= 3 && slug.length <= 40) return slug;
	return `list-${createHash('sha256').update(folded).digest('hex').slice(0, 12)}`;
}
