import { createHash } from 'node:crypto';

/** A word of the Studio in English and Chinese. */
export type Words = readonly [english: string, chinese: string];

/** What all keys of our words begin with, so that they are told from a company's own. */
export const WORD_PREFIX = 'foyer_';

/** Names of a field or collection in both languages of the Studio. */
export function translations([english, chinese]: Words): readonly object[] {
	return [
		{ language: 'en-US', translation: english },
		{ language: 'zh-CN', translation: chinese },
	];
}

/** The key under which provisioning keeps a word, so that options can name it as `$t:<key>`. */
export function wordKey([english, chinese]: Words): string {
	const start = english
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '_')
		.slice(0, 40);
	return `${WORD_PREFIX}${start}_${createHash('sha256').update(`${english}\n${chinese}`).digest('hex').slice(0, 8)}`;
}

/** Names a word in options, where Directus knows no translations of its own. */
export function named(words: Words): string {
	return `$t:${wordKey(words)}`;
}
