import type { ContentItem, Locale, Slot, Snapshot } from '#cms/content.ts';

import { candidateOf, referenceOf } from '../profile/candidate.ts';
import type { Profile } from '../profile/profile.ts';
import { rank } from '../profile/rank.ts';
import { itemsOf, termsIn } from '../profile/terms.ts';

/** Of whom nothing is known: the editors' order. */
const NOBODY: Profile = {
	...{ roles: [], industry: null, country: null, account: null, lifecycle: null, stage: null, segments: [] },
	...{ interests: new Map(), weighedAt: 0, opened: new Map(), shown: new Map(), isBlank: true },
};

/**
 * The best pieces of a slot for somebody, as the site ranks them; of whom nothing is known they are the editors'. What was opened
 * before is never sent. `now` is in epoch milliseconds.
 */
export function pickFor(
	slot: Slot,
	profile: Profile | null,
	{ content, locale, now }: { readonly content: Snapshot; readonly locale: Locale; readonly now: number },
	count: number,
): readonly ContentItem[] {
	const known = profile ?? NOBODY;
	const about = (subject: string): readonly string[] => [...termsIn(content)(subject).keys()];
	const byHand = new Set([...slot.pins, ...slot.fallback]);
	const fits = (item: ContentItem): boolean =>
		(slot.types.length === 0 || slot.types.includes(item.type)) &&
		(slot.topics.length === 0 || item.topics.some((topic) => slot.topics.includes(topic)));
	const candidates = itemsOf(content)
		.filter((item) => item.languages.includes(locale) && (fits(item) || byHand.has(referenceOf(item))))
		.filter(({ type, id }) => !known.opened.has(`${type}:${id}`))
		.filter((item) => !known.isBlank || slot.fallback.length === 0 || byHand.has(referenceOf(item)))
		.map((item) => candidateOf(item, slot, about));
	return rank(candidates, known, slot, now, count).map(({ candidate }) => candidate.item);
}
