/** The types of dealers, offers and requests for a quote that others see. */
export type { Place } from '../dealer/place.ts';
export type { QuoteItem, QuotePage } from '../quote/list.ts';
export type { AskedProduct } from '../quote/quote.ts';
export type { ClaimInput } from './claim.ts';
export type { OwnClaim } from './create-offers.ts';
export type { Checked } from './redeem.ts';
export type { QuoteInput } from '../quote/request.ts';
