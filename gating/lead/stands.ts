import { sql } from 'drizzle-orm';

import { lead } from '../schema.ts';

/**
 * Leads that stand for themselves, of which nearly all do. It is said so that no index answers it: SQLite would take that of `merged_into` and
 * sort everybody, where the order of the list or a count has an index of its own.
 */
export const stands = sql`coalesce(${lead.mergedInto}, '') = ''`;
