import type { ContentItem, Slot } from '#cms/content.ts';
import { type About, candidateOf } from '#gating/profile/candidate.ts';
import type { Candidate } from '#gating/profile/rank.ts';
import type { Catalogue } from '#site/catalogue.ts';

const TYPES = ['white_papers', 'cases', 'articles', 'webinars', 'products'] as const;
const made = new WeakMap<Catalogue, Map<string, readonly Candidate[]>>();

/**
 * Everything that a slot may show in a language: what its query finds, its pins and its fallback. Editors put forward what stands in the
 * fallback, the first most.
 */
export function candidatesOf(slot: Slot, content: Catalogue, about: About): readonly Candidate[] {
	const known = made.get(content) ?? new Map<string, readonly Candidate[]>();
	made.set(content, known);
	const before = known.get(slot.slug);
	if (before) return before;
	const candidates = [...found(slot, content)].map((item) => candidateOf(item, slot, about));
	known.set(slot.slug, candidates);
	return candidates;
}

function found({ types, topics, pins, fallback }: Slot, content: Catalogue): ReadonlySet<ContentItem> {
	const asked = types.length === 0 ? TYPES : TYPES.filter((type) => types.includes(type));
	const fits = (item: ContentItem): boolean => topics.length === 0 || item.topics.some((topic) => topics.includes(topic));
	const queried =
		types.length === 0 && topics.length === 0 ? [] : asked.flatMap((type) => (content.all(type) as readonly ContentItem[]).filter(fits));
	return new Set([...queried, ...[...pins, ...fallback].map(content.at).filter((item) => item !== null)]);
}
