import { and, eq, ne } from 'drizzle-orm';

import { livingPerson } from '../identity/person.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import { openWords } from '../quote/request.ts';
import type { OfferDeps } from './deps.ts';
import { openCode } from './give.ts';
import { offerClaim, offerRedemption, quoteRequest } from './schema.ts';

/** What offers and requests for a quote keep of persons. */
export function offersData({ keys }: Pick<OfferDeps, 'keys'>): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'offers',
		export: async (tx, personId) => {
			const row = await livingPerson(tx, personId);
			if (!row) return null;
			const claims = await tx.select().from(offerClaim).where(eq(offerClaim.personId, personId));
			const redemptions = await tx.select().from(offerRedemption).where(eq(offerRedemption.personId, personId));
			const quotes = await tx.select().from(quoteRequest).where(eq(quoteRequest.personId, personId));
			return {
				claims: claims.map((claim) => ({
					offer: claim.offer.title,
					state: claim.state,
					code: openCode(keys, row.dataKey, claim),
					channel: claim.channel,
					claimedAt: claim.claimedAt,
					expiresAt: claim.expiresAt,
				})),
				redemptions: redemptions.map(({ dealer, at, undoneAt, reason }) => ({ dealer, at, undoneAt, reason })),
				quotes: quotes.map((quote) => ({
					at: quote.at,
					verifiedAt: quote.verifiedAt,
					products: quote.products,
					words: openWords(keys, row.dataKey, quote),
					dealer: quote.dealer,
					dealerState: quote.dealerState,
					page: quote.page,
				})),
			};
		},
		erase: async (tx, personId) => {
			await tx.update(offerClaim).set({ code: null, codeHash: null }).where(eq(offerClaim.personId, personId));
			// A code that nobody can show any more goes back into stock; a redeemed one stays counted.
			await tx
				.update(offerClaim)
				.set({ state: 'void' })
				.where(and(eq(offerClaim.personId, personId), ne(offerClaim.state, 'redeemed')));
			await tx.update(offerRedemption).set({ reason: null }).where(eq(offerRedemption.personId, personId));
			await tx
				.update(quoteRequest)
				.set({ words: Buffer.alloc(0), page: '' })
				.where(eq(quoteRequest.personId, personId));
		},
	});
}
