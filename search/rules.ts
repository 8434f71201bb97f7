import type { SearchRule } from '#cms/content.ts';

import type { Rules } from './engine.ts';
import { indexed } from './text.ts';

export const NO_RULES: Rules = { synonyms: [], stopWords: [], pins: [], redirects: [] };

/** The editors' rules as engines take them. A pin or redirect without a target is left out. */
export function rulesOf(rules: readonly SearchRule[]): Rules {
	const sent = (kind: SearchRule['kind']) =>
		rules.flatMap(({ kind: own, terms, target }) => (own === kind && target !== null && target !== '' ? [{ terms, target }] : []));
	return {
		synonyms: rules.filter(({ kind, terms }) => kind === 'synonym' && terms.length > 1).map(({ terms }) => terms),
		stopWords: rules.filter(({ kind }) => kind === 'stop-word').flatMap(({ terms }) => terms),
		pins: sent('pin'),
		redirects: sent('redirect'),
	};
}

/** Rules prepared for looking up: every term in its indexed form. */
export interface Lexicon {
	readonly stopWords: ReadonlySet<string>;
	/** Indexed term → the indexed terms of its group, itself included. */
	readonly synonyms: ReadonlyMap<string, readonly string[]>;
	readonly pins: ReadonlyMap<string, readonly string[]>;
	readonly redirects: ReadonlyMap<string, string>;
	/** Words of the longest synonym. */
	readonly longest: number;
}

export function lexiconOf(rules: Rules): Lexicon {
	const synonyms = new Map<string, string[]>();
	for (const group of rules.synonyms) {
		const terms = group.map(indexed).filter((term) => term !== '');
		for (const term of terms) synonyms.set(term, [...new Set([...(synonyms.get(term) ?? []), ...terms])]);
	}
	const pins = new Map<string, string[]>();
	for (const { terms, target } of rules.pins) for (const term of terms) pins.set(indexed(term), [...(pins.get(indexed(term)) ?? []), target]);
	return {
		stopWords: new Set(rules.stopWords.map(indexed)),
		synonyms,
		pins,
		redirects: new Map(rules.redirects.flatMap(({ terms, target }) => terms.map((term) => [indexed(term), target] as const))),
		longest: Math.max(1, ...[...synonyms.keys()].map((term) => term.split(' ').length)),
	};
}
