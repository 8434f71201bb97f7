import { and, eq, gte, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { channelCost, channelVisit, source, tactic } from '../schema.ts';
import { type Grouping, WITHOUT } from './read-touches.ts';

/** Local days, both included. */
interface Days {
	readonly from: string;
	readonly to: string;
}

/** What was paid for a group in a month of a period. */
export interface Spent {
	readonly key: string;
	readonly month: string;
	/** ISO 4217. */
	readonly currency: string;
	/** Hundredths. */
	readonly amountCents: number;
}

/**
 * The part of a month's cost that falls on the days of a period, in hundredths. Rounded so that the parts of periods next to each other sum to
 * the whole.
 */
export function costWithin(amountCents: number, month: string, { from, to }: Days): number {
	const [year = 0, number = 1] = month.split('-').map(Number);
	const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
	const upTo = (days: number): number => Math.floor((amountCents * days) / length);
	const first = from <= `${month}-01` ? 1 : from.startsWith(month) ? Number(from.slice(8)) : length + 1;
	const last = to >= `${month}-${String(length).padStart(2, '0')}` ? length : to.startsWith(month) ? Number(to.slice(8)) : 0;
	return last < first ? 0 : upTo(last) - upTo(first - 1);
}

/** Costs by channel or campaign; of tactics and content none are entered: null. */
export async function readCosts(handle: Handle, grouping: Grouping, days: Days): Promise<readonly Spent[] | null> {
	if (grouping === 'tactic' || grouping === 'content') return null;
	const rows = await handle
		.select()
		.from(channelCost)
		.where(and(gte(channelCost.month, days.from.slice(0, 7)), lte(channelCost.month, days.to.slice(0, 7))));
	return rows.map(({ channel, campaignId, month, currency, amountCents }) => ({
		...{ month, currency, amountCents: costWithin(amountCents, month, days) },
		key: grouping === 'channel' ? channel : campaignId || WITHOUT,
	}));
}

/** Landings that browsers proved, by group and month; of content none are counted: null. */
export async function readClicks(
	handle: Handle,
	grouping: Grouping,
	{ from, to }: Days,
): Promise<readonly { readonly key: string; readonly month: string; readonly clicks: number }[] | null> {
	if (grouping === 'content') return null;
	const rows = await handle
		.select({
			day: channelVisit.localDay,
			channel: channelVisit.channel,
			tactic: source.tacticId,
			campaign: tactic.campaignId,
			clicks: channelVisit.visits,
		})
		.from(channelVisit)
		.leftJoin(source, eq(source.id, channelVisit.sourceId))
		.leftJoin(tactic, eq(tactic.id, source.tacticId))
		.where(and(gte(channelVisit.localDay, from), lte(channelVisit.localDay, to)));
	return rows.map((row) => ({ key: row[grouping] ?? WITHOUT, month: row.day.slice(0, 7), clicks: row.clicks }));
}
