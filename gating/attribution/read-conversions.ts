import { and, eq, gte, isNotNull, lte } from 'drizzle-orm';

import { startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { type History, historyOf } from '../funnel/history.ts';
import { readHistories } from '../funnel/read.ts';
import { STAGES, type Stage, WORKING_STATES } from '../lifecycle/stage.ts';
import { deal, person } from '../schema.ts';
import { type Conversion, conversionsOf, type Firsts, type WonDeal } from './conversion.ts';

const QUARANTINE = WORKING_STATES.indexOf('quarantine');

/** A period of local days, both included, as it was read at an instant. */
export interface Reading {
	readonly from: string;
	readonly to: string;
	/** The first instants of the period's first day, and of the day after its last. */
	readonly start: number;
	readonly end: number;
	readonly timeZone: string;
	/** Epoch milliseconds; what happened from then on does not count. */
	readonly readAt: number;
}

export interface ReadConversions {
	readonly conversions: readonly Conversion[];
	/** Leads of these that are in quarantine, and left out. */
	readonly putAside: number;
}

/**
 * Everything that contacts may have led to in a period, by the leads that stand for themselves. Leads in quarantine are left out while they are
 * there; of those erased the fact stays.
 */
export async function readConversions(handle: Handle, reading: Reading): Promise<ReadConversions> {
	const { start, end, readAt } = reading;
	const deals = await wonDeals(handle, reading);
	const period = { from: start, to: Math.min(end, readAt) };
	const conversions: Conversion[] = [];
	let putAside = 0;
	await readHistories(handle, { until: readAt, scope: null }, ({ id, members }) => {
		const own = conversionsOf(firstsOf(id, historyOf(members), readAt), deals.get(id) ?? [], period);
		if (own.length === 0) return;
		if (members.at(-1)?.state === QUARANTINE) putAside++;
		else for (const one of own) conversions.push(one);
	});
	return { conversions, putAside };
}

/** When a lead was made, and when it reached stages for the first time. */
function firstsOf(leadId: string, { stages }: History, readAt: number): Firsts {
	const first = (stage: Stage): number | null => {
		const place = STAGES.indexOf(stage);
		return stages.find((step) => step.place >= place && step.at < readAt)?.at ?? null;
	};
	const made = stages[0]?.at ?? readAt;
	return { leadId, made, mql: first('mql'), sql: first('sql'), opportunity: first('opportunity'), customer: first('customer') };
}

/** Deals won in the period, by lead. */
async function wonDeals(handle: Handle, { from, to, timeZone }: Reading): Promise<ReadonlyMap<string, WonDeal[]>> {
	const { id, closedOn, amount, currency } = deal;
	const rows = await handle
		.select({ leadId: person.leadId, id, closedOn, amount, currency })
		.from(deal)
		.innerJoin(person, eq(person.id, deal.personId))
		.where(and(eq(deal.state, 'won'), isNotNull(closedOn), gte(closedOn, from), lte(closedOn, to)));
	const deals = new Map<string, WonDeal[]>();
	for (const row of rows) {
		const amountCents = row.amount === null ? null : Math.round(row.amount * centsIn(row.currency));
		const own = deals.get(row.leadId) ?? [];
		own.push({ id: row.id, at: startOfDay(row.closedOn ?? from, timeZone).getTime(), amountCents, currency: row.currency });
		deals.set(row.leadId, own);
	}
	return deals;
}

const decimals = new Map<string, number>();

/**
 * Hundredths in the smallest unit of a currency: 1 for the euro, 100 for the yen, a tenth for the dinar, whose amounts are rounded.
 * Deals are told in smallest units, costs are entered in hundredths.
 */
export function centsIn(currency: string): number {
	const known = decimals.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
	decimals.set(currency, known);
	return 10 ** (2 - known);
}
