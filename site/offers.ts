import type { Offer, Snapshot } from '#cms/content.ts';

/** Offers that can be claimed now, those that end first in front, and the next instant at which one ends. */
export function openOffers({ offers }: Snapshot, now: Date): { readonly offers: readonly Offer[]; readonly until: Date | null } {
	const open = offers.filter(({ validUntil }) => validUntil === null || validUntil > now);
	const end = ({ validUntil }: Offer) => validUntil?.getTime() ?? Infinity;
	const sorted = [...open].sort((a, b) => (end(a) === end(b) ? 0 : end(a) - end(b)));
	return { offers: sorted, until: sorted[0]?.validUntil ?? null };
}
