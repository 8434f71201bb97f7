import type { ContentItem, Slot } from '#cms/content.ts';

import type { Candidate } from './rank.ts';

/** What a piece is about, by `topic:<slug>`, `industry:<slug>`, `line:<slug>`. */
export type About = (subject: string) => readonly string[];

export const referenceOf = ({ type, slug }: ContentItem): string => `${type}/${slug}`;
export const subjectOf = ({ type, id }: ContentItem): string => `${type}:${id}`;

/** A piece as a slot weighs it; `editorial` where it is not told by the fallback. Editors put forward its first most. */
export function candidateOf(item: ContentItem, { fallback }: Pick<Slot, 'fallback'>, about: About, editorial = 0): Candidate {
	const reference = referenceOf(item);
	const place = fallback.indexOf(reference);
	return {
		item,
		reference,
		subject: subjectOf(item),
		terms: about(subjectOf(item)),
		roles: item.roles,
		stageRole: 'stageRole' in item ? item.stageRole : null,
		editorial: Math.max(editorial, place < 0 ? 0 : 1 - place / (2 * fallback.length)),
	};
}
