import { type SQL, sql } from 'drizzle-orm';

import { lead } from '../schema.ts';
import type { CommitteeRole } from './committee.ts';

/** Hundredths of a point that somebody who does anything brings to their account, however little it is. */
const PRESENCE = 1_500;
/** What they can bring beyond that, at most. */
const REACH = 2_500;
/** The lead's score, in hundredths, at which half of that is reached. */
const HALF_AT = 4_000;
/** Hundredths for each committee role that somebody active has. */
export const ROLE_POINTS = 1_000;

export interface Contributor {
	readonly leadId: string;
	/** The lead's score and the part of it that is behaviour, in hundredths of a point, as their receipt adds up to. */
	readonly total: number;
	readonly engagement: number;
	/** Of their people at the account. */
	readonly roles: readonly CommitteeRole[];
}

/** One line of an account's score; `leadId` or `role` says what it is for. Hundredths of a point. */
export type AccountLine =
	| { readonly kind: 'lead'; readonly leadId: string; readonly total: number; readonly points: number }
	| { readonly kind: 'role'; readonly role: CommitteeRole; readonly points: number };

export interface AccountReceipt {
	/** The sum of the lines, in hundredths of a point. */
	readonly score: number;
	/** Leads with the most points first, then roles. Those who have done nothing have no line. */
	readonly lines: readonly AccountLine[];
}

/**
 * What one lead brings to its account, in hundredths of a point: nothing until they do something, then 15 points for being there and up to 25
 * more, `25 · s ⁄ (s + 40)` for a score of `s` points, rounded down. Since the part for being there is more than a quarter of the most, one
 * person doing ten times as much always adds less than a second one like the first: `C(10 s) − C(s) < C(s)` for every `s`.
 */
export function contributionOf({ total, engagement }: Pick<Contributor, 'total' | 'engagement'>): number {
	if (engagement <= 0) return 0;
	const score = Math.max(0, total);
	return PRESENCE + Math.floor((REACH * score) / (score + HALF_AT));
}

/** The same in a query over `lead`. Whole numbers divide alike in both databases. */
export const contributionInSql: SQL<number> = sql`case when ${lead.engagement} <= 0 then 0 when ${lead.total} <= 0 then ${sql.raw(String(PRESENCE))}
	else ${sql.raw(String(PRESENCE))} + (${sql.raw(String(REACH))} * ${lead.total}) / (${lead.total} + ${sql.raw(String(HALF_AT))}) end`;

/** The score of an account as lines that add up to it: what each lead brings, and each committee role that is among them. */
export function accountReceipt(people: readonly Contributor[]): AccountReceipt {
	const active = people.filter((one) => contributionOf(one) > 0);
	const leads = active
		.map((one): AccountLine & { readonly kind: 'lead' } => ({ kind: 'lead', leadId: one.leadId, total: one.total, points: contributionOf(one) }))
		.sort((a, b) => b.points - a.points || b.total - a.total || (a.leadId < b.leadId ? -1 : 1));
	const roles = [...new Set(active.flatMap((one) => one.roles))].sort();
	const lines = [...leads, ...roles.map((role): AccountLine => ({ kind: 'role', role, points: ROLE_POINTS }))];
	return { score: lines.reduce((sum, { points }) => sum + points, 0), lines };
}
