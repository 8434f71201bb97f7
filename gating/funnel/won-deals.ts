import { and, eq, gte, inArray, lte, min, notInArray } from 'drizzle-orm';

import { startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { deal, person, touchpoint } from '../schema.ts';

/** At most so many ids in one condition. */
const CHUNK = 5_000;

export interface WonDeals {
	readonly count: number;
	/** Of these, deals with somebody whom a contact by another way than sales' own had come before. */
	readonly marketing: number;
	/** By currency, in its smallest unit; deals without an amount are in none. */
	readonly values: readonly { readonly currency: string; readonly amount: number; readonly marketing: number }[];
}

export interface WonDealsDays {
	/** Local days of the company, both included. */
	readonly from: string;
	readonly to: string;
	readonly timeZone: string;
}

/** Deals that were won in a period by `leads` (null: all), as sales or their CRM told; for a thread. */
export async function readWonDeals(
	handle: Handle,
	{ from, to, timeZone }: WonDealsDays,
	leads: ReadonlySet<string> | null,
	ownChannels: readonly string[],
): Promise<WonDeals> {
	const rows = await handle
		.select({ leadId: person.leadId, closedOn: deal.closedOn, amount: deal.amount, currency: deal.currency })
		.from(deal)
		.innerJoin(person, eq(person.id, deal.personId))
		.where(and(eq(deal.state, 'won'), gte(deal.closedOn, from), lte(deal.closedOn, to)));
	const won = leads ? rows.filter(({ leadId }) => leads.has(leadId)) : rows;
	const touched = await firstTouches(handle, [...new Set(won.map(({ leadId }) => leadId))], ownChannels);
	// A contact on the day itself is not taken for what brought the deal.
	const isMarketing = (row: (typeof won)[number]) => (touched.get(row.leadId) ?? Infinity) < startOfDay(row.closedOn ?? from, timeZone).getTime();
	const sum = (some: typeof won) => some.reduce((total, { amount }) => total + (amount ?? 0), 0);
	const valued = won.filter(({ amount }) => amount !== null);
	return {
		count: won.length,
		marketing: won.filter(isMarketing).length,
		values: [...Map.groupBy(valued, ({ currency }) => currency)]
			.map(([currency, own]) => ({ currency, amount: sum(own), marketing: sum(own.filter(isMarketing)) }))
			.sort((one, other) => other.amount - one.amount || (one.currency < other.currency ? -1 : 1)),
	};
}

/** When leads had their first contact by a way that is not in `ownChannels`; epoch milliseconds. */
export async function firstTouches(handle: Handle, leadIds: readonly string[], ownChannels: readonly string[]): Promise<ReadonlyMap<string, number>> {
	const touched = new Map<string, number>();
	for (let from = 0; from < leadIds.length; from += CHUNK) {
		const rows = await handle
			.select({ leadId: person.leadId, at: min(touchpoint.at) })
			.from(touchpoint)
			.innerJoin(person, eq(person.id, touchpoint.personId))
			.where(and(inArray(person.leadId, leadIds.slice(from, from + CHUNK)), notInArray(touchpoint.channel, [...ownChannels])))
			.groupBy(person.leadId);
		for (const { leadId, at } of rows) if (at !== null) touched.set(leadId, Number(at));
	}
	return touched;
}
