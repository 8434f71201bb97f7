import type { Dealer, Offer, Snapshot } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';

import type { FrozenOffer, offerClaim } from './schema.ts';

export type ClaimRow = typeof offerClaim.$inferSelect;

/** A code holds at least so long after it was given, also when the offer ends before. */
const SHORTEST_VALIDITY_MS = 30 * DAY_MS;

const SUBJECT = 'offers:';
export const subjectOf = (offerId: string): string => `${SUBJECT}${offerId}`;

/** The offer that `subject` names and that is published, or null. */
export function offerOf({ offers }: Snapshot, subject: string): Offer | null {
	return subject.startsWith(SUBJECT) ? (offers.find(({ id }) => id === subject.slice(SUBJECT.length)) ?? null) : null;
}

/** The lock that everything which counts an offer's codes holds. Null for other subjects. */
export function lockOf(subject: string): string | null {
	return subject.startsWith(SUBJECT) ? `offer:${subject.slice(SUBJECT.length)}` : null;
}

export function hasEnded({ validUntil }: Offer, now: Date): boolean {
	return validUntil !== null && validUntil <= now;
}

/** Until when a code given `now` is redeemed. */
export function expiryOf({ validUntil }: Offer, now: Date): Date {
	return new Date(Math.max(validUntil?.getTime() ?? 0, now.getTime() + SHORTEST_VALIDITY_MS));
}

/** What a claim keeps of its offer. */
export function frozenOf({ slug, kind, title, dealers }: Offer, { dealers: all }: Snapshot): FrozenOffer {
	return { slug, kind, title, dealers: dealers.flatMap((name) => all.find((dealer) => dealer.slug === name)?.id ?? []) };
}

/** The dealers that redeem it, of those there are now. */
export function dealersOf({ dealers }: FrozenOffer, all: readonly Dealer[]): readonly Dealer[] {
	return dealers.length === 0 ? all : all.filter(({ id }) => dealers.includes(id));
}

/** The coupon to give next: the first with stock left. `''`: the offer has no coupons and no end of stock. Null: none is left. */
export function couponToGive({ coupons }: Pick<Offer, 'coupons'>, taken: ReadonlyMap<string, number>): string | null {
	if (coupons.length === 0) return '';
	return coupons.find(({ code, stock }) => (taken.get(code) ?? 0) < stock)?.code ?? null;
}

/** How many codes are left; null without an end of stock. */
export function stockLeft({ coupons }: Pick<Offer, 'coupons'>, taken: ReadonlyMap<string, number>): number | null {
	if (coupons.length === 0) return null;
	return coupons.reduce((left, { code, stock }) => left + Math.max(0, stock - (taken.get(code) ?? 0)), 0);
}
