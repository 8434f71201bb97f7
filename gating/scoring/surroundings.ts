import type { Snapshot } from '#cms/content.ts';

import type { ContentFacts, ContentMap } from './engagement.ts';

/** What scoring asks of published content and settings; it can be sent to a thread. */
export interface Surroundings {
	readonly content: ContentMap;
	readonly competitorDomains: readonly string[];
}

const made = new WeakMap<Snapshot, Surroundings>();

/** Made once for each snapshot. */
export function surroundingsOf(snapshot: Snapshot): Surroundings {
	let found = made.get(snapshot);
	if (!found) {
		const { whitePapers, cases, articles, products, webinars, pages, terms, site } = snapshot;
		const content = new Map<string, ContentFacts>();
		for (const item of [...whitePapers, ...cases, ...articles, ...products, ...webinars, ...pages])
			content.set(`${item.type}:${item.id}`, { topics: item.topics, stageRole: 'stageRole' in item ? item.stageRole : null });
		for (const { kind, id, slug } of terms) if (kind === 'topic') content.set(`terms:${id}`, { topics: [slug], stageRole: null });
		made.set(snapshot, (found = { content, competitorDomains: site.competitorDomains }));
	}
	return found;
}
