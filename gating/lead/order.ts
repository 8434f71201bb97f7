import { and, asc, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm';

import { lead } from '../schema.ts';
import type { LeadQuery } from './list.ts';

interface Order {
	readonly type: 'number' | 'string';
	readonly by: readonly SQL[];
	after(value: never, id: string): SQL | undefined;
	valueOf(row: typeof lead.$inferSelect): number | string;
}

/** The orders of the list of leads; each is an index. */
export const ORDERS: Readonly<Record<NonNullable<LeadQuery['sort']>, Order>> = {
	score: {
		type: 'number',
		by: [desc(lead.total), desc(lead.id)],
		after: (value: number, id) => or(lt(lead.total, value), and(eq(lead.total, value), lt(lead.id, id))),
		valueOf: ({ total }) => total,
	},
	activity: {
		type: 'number',
		by: [desc(lead.lastActivityAt), desc(lead.id)],
		after: (value: number, id) => or(lt(lead.lastActivityAt, new Date(value)), and(eq(lead.lastActivityAt, new Date(value)), lt(lead.id, id))),
		valueOf: ({ lastActivityAt }) => lastActivityAt.getTime(),
	},
	company: {
		type: 'string',
		by: [asc(lead.company), asc(lead.id)],
		after: (value: string, id) => or(gt(lead.company, value), and(eq(lead.company, value), gt(lead.id, id))),
		valueOf: ({ company }) => company,
	},
};
