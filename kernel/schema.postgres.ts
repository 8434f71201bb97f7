import { postgresColumns } from './columns.ts';
import { define } from './schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const { locks, counter, outbox, job, idempotency, audit, file, mailbox, oldSlug } = define(postgresColumns);
