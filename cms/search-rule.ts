import { randomUUID } from 'node:crypto';

import type { DirectusClient } from './client.ts';
import type { SearchRule } from './content.ts';

const MOST_TERMS = 30;

/**
 * Makes a published rule that these words mean the same. A word that stands in another synonym brings its whole group along, so that the new
 * word finds what any of them finds.
 *
 * @throws DomainError not-found when the token may not write rules (a Directus elsewhere), unavailable when Directus does not answer.
 */
export async function addSynonym(client: Pick<DirectusClient, 'add'>, rules: readonly SearchRule[], words: readonly string[]): Promise<void> {
	await client.add('search_rules', {
		slug: `search-${randomUUID().slice(0, 13)}`,
		status: 'published',
		kind: 'synonym',
		terms: grouped(rules, words),
	});
}

/** The words with those that mean the same as one of them, each once in whatever case. */
export function grouped(rules: readonly SearchRule[], words: readonly string[]): string[] {
	const terms = new Map(words.map((word) => [word.toLowerCase(), word]));
	for (const { kind, terms: group } of rules) {
		if (kind !== 'synonym' || !group.some((term) => terms.has(term.toLowerCase()))) continue;
		for (const term of group) if (terms.size < MOST_TERMS && !terms.has(term.toLowerCase())) terms.set(term.toLowerCase(), term);
	}
	return [...terms.values()];
}
