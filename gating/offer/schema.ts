import type { LocalisedText } from '#cms/content.ts';
import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** What a claim keeps of its offer: a code that was given holds after the offer went offline. */
export interface FrozenOffer {
	readonly slug: string;
	readonly kind: string;
	readonly title: LocalisedText;
	/** Ids of the only dealers that redeem it; none: every dealer. */
	readonly dealers: readonly string[];
}

/** A product as it was shown when a quote was asked for. */
export interface FrozenProduct {
	readonly id: string;
	readonly slug: string;
	readonly partNumber: string;
	readonly title: LocalisedText;
	readonly quantity: number;
	readonly specifications: readonly { readonly name: LocalisedText; readonly value: LocalisedText; readonly unit: string }[];
	readonly priceNote: LocalisedText;
	/** ISO 8601: when the editors had last changed it. */
	readonly updatedAt: string;
}

/** Tables of offers, dealers' links and requests for a quote. */
export const define = (c: Columns) => ({
	/** One person's claim of one offer. */
	offerClaim: c.table(
		'offer_claim',
		{
			id: c.id('id').primaryKey(),
			offerId: c.text('offer_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** `waiting`: no code was left; `claimed`, `redeemed`; `void`: the person was erased. */
			state: c.text('state').notNull(),
			/** The editors' code that this claim took one of; '' while waiting, and for offers without codes of their own. */
			coupon: c.text('coupon').notNull(),
			/** Keyed hash of the code's own part, to find it by; null without a code. */
			codeHash: c.text('code_hash').unique(),
			/** The whole code, sealed. */
			code: c.bytes('code'),
			offer: c.json<FrozenOffer>('offer').notNull(),
			channel: c.text('channel').notNull(),
			claimedAt: c.instant('claimed_at').notNull(),
			/** Until when a dealer redeems it. */
			expiresAt: c.instant('expires_at').notNull(),
		},
		(t) => [
			c.uniqueIndex('offer_claim_person').on(t.offerId, t.personId),
			c.index('offer_claim_coupon').on(t.offerId, t.state, t.coupon),
			c.index('offer_claim_of_person').on(t.personId),
		],
	),

	/** Each time a code was redeemed; an undone one stays, with who undid it and why. */
	offerRedemption: c.table(
		'offer_redemption',
		{
			id: c.id('id').primaryKey(),
			claimId: c.text('claim_id').notNull(),
			offerId: c.text('offer_id').notNull(),
			personId: c.text('person_id').notNull(),
			channel: c.text('channel').notNull(),
			dealerId: c.text('dealer_id').notNull(),
			/** Name of the dealer at the time. */
			dealer: c.text('dealer').notNull(),
			linkId: c.text('link_id').notNull(),
			at: c.instant('at').notNull(),
			undoneAt: c.instant('undone_at'),
			undoneBy: c.text('undone_by'),
			reason: c.text('reason'),
		},
		(t) => [c.index('offer_redemption_claim').on(t.claimId), c.index('offer_redemption_at').on(t.at)],
	),

	/** A dealer's personal link. It is a signed token of `id`, so no secret is stored. */
	dealerLink: c.table(
		'dealer_link',
		{
			id: c.id('id').primaryKey(),
			dealerId: c.text('dealer_id').notNull(),
			dealer: c.text('dealer').notNull(),
			/** `staff:<id>`. */
			createdBy: c.text('created_by').notNull(),
			createdAt: c.instant('created_at').notNull(),
			expiresAt: c.instant('expires_at').notNull(),
			revokedAt: c.instant('revoked_at'),
			/** Last redemption through it. */
			usedAt: c.instant('used_at'),
		},
		(t) => [c.index('dealer_link_dealer').on(t.dealerId)],
	),

	/** A request for a quote, with what was on the page. */
	quoteRequest: c.table(
		'quote_request',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** The form it came by. */
			submissionId: c.text('submission_id').notNull(),
			/** Keyed hash of everything asked, to tell a repeat. */
			requestHash: c.text('request_hash').notNull(),
			products: c.json<readonly FrozenProduct[]>('products').notNull(),
			/** JSON of the person's own words: configurations by product slug, and the message; sealed. */
			words: c.bytes('words').notNull(),
			/** The dealer they chose; null: the company itself. */
			dealerId: c.text('dealer_id'),
			dealer: c.text('dealer'),
			/** `none`, `waiting` for a proved address, `sent`, `withheld` without consent, `failed`: sales answers instead. */
			dealerState: c.text('dealer_state').notNull(),
			/** Path of the page it was asked from. */
			page: c.text('page').notNull(),
			locale: c.text('locale').notNull(),
			contentRevision: c.int('content_revision').notNull(),
			channel: c.text('channel').notNull(),
			/** Cleaning outcome: accept | flag | quarantine. */
			outcome: c.text('outcome').notNull(),
			at: c.instant('at').notNull(),
			/** When the person proved the address; null: anybody may have typed it. */
			verifiedAt: c.instant('verified_at'),
		},
		(t) => [
			c.index('quote_request_at').on(t.at, t.id),
			c.index('quote_request_person').on(t.personId, t.at),
			c.index('quote_request_hash').on(t.requestHash, t.at),
		],
	),
});

export const { offerClaim, offerRedemption, dealerLink, quoteRequest } = define(sqliteColumns);
