import { postgresColumns } from '#kernel/columns.ts';

import { define } from './schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const { offerClaim, offerRedemption, dealerLink, quoteRequest } = define(postgresColumns);
