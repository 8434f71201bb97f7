import { and, eq } from 'drizzle-orm';

import type { Dealer, LocalisedText } from '#cms/content.ts';

import type { SubmitDeps } from '../form/submit.ts';
import { livingPerson } from '../identity/person.ts';
import type { Visitor } from '../identity/visitor.ts';
import type { Reader } from '../lead/reader.ts';
import { type ClaimInput, claimOffer, type ClaimOutcome, offerForm } from './claim.ts';
import type { OfferDeps } from './deps.ts';
import { giveToWaiting, openCode } from './give.ts';
import { createGuessLimits } from './guess-limits.ts';
import { type DealerLink, listLinks, makeLink, openLink, revokeLink } from './link.ts';
import { dealersOf, lockOf, subjectOf } from './offer.ts';
import { checkCode, type Checked, redeem, type RedeemInput, redemptionOf, undoRedemption } from './redeem.ts';
import { type OfferDetail, type OfferReport, reportOffer, reportOffers } from './report.ts';
import { offerClaim } from './schema.ts';

/** What a verified person has of an offer. */
export type OwnClaim =
	| { readonly status: 'none' }
	/** No code was left; they get one when there is. */
	| { readonly status: 'waiting' }
	| {
			readonly status: 'claimed';
			readonly code: string;
			readonly expiresAt: Date;
			readonly isExpired: boolean;
			/** Those who redeem it, of the dealers there are now. */
			readonly dealers: readonly Dealer[];
			readonly redeemed: { readonly at: Date; readonly dealer: string } | null;
	  };

export interface Offers {
	/** Key of the form that offers are claimed by; null while none is published. */
	formKey(): string | null;
	/** See {@link claimOffer}. */
	claim(input: ClaimInput): Promise<ClaimOutcome>;
	/** What this visitor has of an offer; nothing for anybody who is not verified. */
	own(offerId: string, visitor: Visitor): Promise<OwnClaim>;
	/** Gives codes that came into stock to those who wait longest. Returns how many. */
	giveToWaiting(): Promise<number>;
	/** Whose link a token is; changes nothing. */
	peekLink(
		token: string,
	): Promise<{ readonly status: 'open'; readonly dealer: LocalisedText } | { readonly status: 'expired' | 'revoked' | 'unknown' }>;
	/** See {@link checkCode}. */
	check(input: RedeemInput): Promise<Checked>;
	/** See {@link redeem}. */
	redeem(input: RedeemInput): Promise<Checked>;
	undo(redemptionId: string, reason: string, by: Reader): Promise<void>;
	links(): Promise<readonly DealerLink[]>;
	makeLink(dealerId: string, by: Reader): Promise<string>;
	revokeLink(linkId: string, by: Reader): Promise<void>;
	report(): Promise<readonly OfferReport[]>;
	detail(offerId: string): Promise<OfferDetail | null>;
}

export function createOffers(formDeps: SubmitDeps): Offers {
	const deps: OfferDeps = { ...formDeps, guesses: createGuessLimits() };
	const { db, content } = deps;
	return Object.freeze<Offers>({
		formKey: () => offerForm(content()),
		claim: (input) => claimOffer(formDeps, input),
		own: (offerId, visitor) => ownClaim(deps, offerId, visitor),
		giveToWaiting: async () => {
			let given = 0;
			for (const offer of content().offers) {
				given += await db.write((tx) => giveToWaiting(deps, tx, offer), { locks: lockOf(subjectOf(offer.id)) ?? offer.id });
			}
			return given;
		},
		peekLink: async (token) => {
			const opened = await openLink(deps, token);
			return opened.status === 'open' ? { status: 'open', dealer: opened.dealer.name } : opened;
		},
		check: (input) => checkCode(deps, input),
		redeem: (input) => redeem(deps, input),
		undo: (redemptionId, reason, by) => undoRedemption(deps, redemptionId, reason, by),
		links: () => listLinks(deps),
		makeLink: (dealerId, by) => makeLink(deps, dealerId, by),
		revokeLink: (linkId, by) => revokeLink(deps, linkId, by),
		report: () => reportOffers(deps),
		detail: (offerId) => reportOffer(deps, offerId),
	});
}

async function ownClaim({ db, keys, now, content }: OfferDeps, offerId: string, visitor: Visitor): Promise<OwnClaim> {
	const person = visitor.isVerified && visitor.personId !== null ? await livingPerson(db.read, visitor.personId) : null;
	if (!person) return { status: 'none' };
	const [claim] = await db.read
		.select()
		.from(offerClaim)
		.where(and(eq(offerClaim.offerId, offerId), eq(offerClaim.personId, person.id)));
	if (!claim || claim.state === 'void') return { status: 'none' };
	const code = openCode(keys, person.dataKey, claim);
	if (code === null) return { status: 'waiting' };
	const redemption = claim.state === 'redeemed' ? await redemptionOf(db.read, claim.id) : null;
	return {
		status: 'claimed',
		code,
		expiresAt: claim.expiresAt,
		isExpired: claim.expiresAt <= now(),
		dealers: dealersOf(claim.offer, content().dealers),
		redeemed: redemption && { at: redemption.at, dealer: redemption.dealer },
	};
}
