import { HOUR_MS, localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { type Durations, durationsOf } from '../funnel/tally.ts';
import { readWonDeals, type WonDeals } from '../funnel/won-deals.ts';
import type { Conversion, Milestone } from './conversion.ts';
import { readClicks, readCosts, type Spent } from './cost.ts';
import { type Grouping, readTouches } from './read-touches.ts';
import { readConversions, type Reading } from './read-conversions.ts';
import { byMilestone, countedTouches, createTallies, type Credited, sharesOf, type Sharing } from './tally.ts';
import { NO_TOUCHES, type Touches, touchesWithin } from './touch.ts';

/** Attribution as it is asked for; can be sent to a thread. */
export interface AttributionParams extends Reading, Sharing {
	/** The one that lists and the comparison of models are about. */
	readonly milestone: Milestone;
	readonly grouping: Grouping;
	/** Channels that are sales' own work. */
	readonly ownChannels: readonly string[];
}

/** What a group of contacts is credited with, and what it cost. */
export interface AttributionRow extends Credited {
	/** Landings; null where none are counted by this grouping. */
	readonly clicks: number | null;
	/** Null where no costs are entered by this grouping. */
	readonly costs: readonly Money[] | null;
}

export interface Money {
	/** ISO 4217. */
	readonly currency: string;
	/** Hundredths. */
	readonly amountCents: number;
}

/** A group in a month. */
export interface MonthRow {
	readonly month: string;
	readonly key: string;
	readonly credits: Readonly<Record<Milestone, number>>;
	readonly clicks: number;
	readonly costs: readonly Money[];
}

/** How long leads took from their first contact to a milestone, and how many contacts that were. Whatever the window. */
export interface Effort {
	readonly leads: number;
	/** Without a known contact before it. */
	readonly without: number;
	readonly touches: Durations | null;
	/** Milliseconds. */
	readonly time: Durations | null;
}

export interface AttributionNumbers {
	/** The most credited first. */
	readonly rows: readonly AttributionRow[];
	readonly months: readonly MonthRow[];
	/** Conversions, and hundredths of won deals by currency, whoever they are credited to: rows sum to them. */
	readonly totals: Readonly<Record<Milestone, number>>;
	readonly values: Readonly<Record<string, number>>;
	readonly effort: { readonly sql: Effort; readonly customer: Effort };
	/** Deals of the period that were won, and marketing's share of them. */
	readonly won: WonDeals;
	/** Leads left out because they are in quarantine. */
	readonly putAside: number;
}

/** Shares out everything of a period; for a thread. */
export async function readAttribution(handle: Handle, params: AttributionParams): Promise<AttributionNumbers> {
	const { milestone, grouping, timeZone } = params;
	const { conversions, putAside } = await readConversions(handle, params);
	const touches = await touchesOf(handle, conversions, params);
	const tallies = createTallies(milestone, params, monthsIn(timeZone));
	for (const conversion of conversions) tallies.put(conversion, touches.get(conversion.leadId));
	const days = { from: params.from, to: params.to };
	const [costs, clicks] = [await readCosts(handle, grouping, days), await readClicks(handle, grouping, days)];
	const [spent, landed] = [spentBy(costs ?? []), landedBy(clicks ?? [])];
	for (const { key } of [...(costs ?? []), ...(clicks ?? [])]) tallies.group(key);
	const rows = [...tallies.groups.values()].map((group): AttributionRow => ({
		...group,
		clicks: clicks === null ? null : (landed.get(group.key) ?? 0),
		costs: costs === null ? null : (spent.get(group.key) ?? []),
	}));
	return {
		rows: rows.sort((one, other) => other.credits[milestone] - one.credits[milestone] || (one.key < other.key ? -1 : 1)),
		months: monthRows(tallies, spent, landed),
		totals: tallies.totals,
		values: tallies.values,
		effort: { sql: effortOf('sql', conversions, touches), customer: effortOf('customer', conversions, touches) },
		won: await readWonDeals(handle, { ...days, timeZone }, null, params.ownChannels),
		putAside,
	};
}

/** The conversions of one milestone that a group had a part in: the largest credit first, then the newest. */
export interface Behind {
	readonly leadId: string;
	readonly at: number;
	readonly dealId: string;
	readonly currency: string;
	/** In parts of a million. */
	readonly credit: number;
	/** Hundredths of the deal's value that come to the group; null without one. */
	readonly amountCents: number | null;
	/** Contacts of the group that counted, and of all. */
	readonly touches: number;
	readonly allTouches: number;
}

export interface BehindParams extends AttributionParams {
	readonly key: string;
	readonly offset: number;
	readonly size: number;
}

export interface BehindPage {
	readonly rows: readonly Behind[];
	readonly count: number;
	/** Credits of all of them. */
	readonly credit: number;
}

/** Reads the conversions behind a number, by the same sharing; for a thread. */
export async function readBehind(handle: Handle, params: BehindParams): Promise<BehindPage> {
	const { milestone, key, model, halfLifeDays, window, offset, size } = params;
	const asked = (await readConversions(handle, params)).conversions.filter((one) => one.milestone === milestone);
	const touches = await touchesOf(handle, asked, params);
	const rows: Behind[] = [];
	for (const conversion of asked) {
		const counted = countedTouches(conversion, touches.get(conversion.leadId) ?? NO_TOUCHES, window);
		const share = sharesOf(conversion, counted, model, halfLifeDays).find((one) => one.key === key && one.credit > 0);
		const { leadId, at, dealId, currency } = conversion;
		if (share) rows.push({ ...{ leadId, at, dealId, currency }, ...share, allTouches: counted.times.length });
	}
	rows.sort((one, other) => other.credit - one.credit || other.at - one.at || (one.leadId < other.leadId ? -1 : 1));
	return { rows: rows.slice(offset, offset + size), count: rows.length, credit: rows.reduce((sum, { credit }) => sum + credit, 0) };
}

function touchesOf(
	handle: Handle,
	conversions: readonly Conversion[],
	{ grouping, readAt }: AttributionParams,
): Promise<ReadonlyMap<string, Touches>> {
	return readTouches(handle, { grouping, until: readAt, leads: new Set(conversions.map(({ leadId }) => leadId)) });
}

function effortOf(milestone: Milestone, conversions: readonly Conversion[], touches: ReadonlyMap<string, Touches>): Effort {
	const [counts, times]: [number[], number[]] = [[], []];
	let leads = 0;
	for (const { at, until, leadId, milestone: reached } of conversions) {
		if (reached !== milestone) continue;
		leads++;
		const before = touchesWithin(touches.get(leadId) ?? NO_TOUCHES, -Infinity, until).times;
		if (before.length === 0) continue;
		counts.push(before.length);
		times.push(at - (before[0] ?? at));
	}
	return { leads, without: leads - counts.length, touches: durationsOf(counts), time: durationsOf(times) };
}

type Amounts = ReadonlyMap<string, readonly Money[]>;
const monthKey = (month: string, key: string): string => `${month} ${key}`;

/** Costs by group, and by month and group (`2026-03 fair`). */
function spentBy(costs: readonly Spent[]): Amounts {
	const sums = new Map<string, Map<string, number>>();
	for (const { key, month, currency, amountCents } of costs)
		for (const place of [key, monthKey(month, key)]) {
			const own = sums.get(place) ?? new Map<string, number>();
			own.set(currency, (own.get(currency) ?? 0) + amountCents);
			sums.set(place, own);
		}
	const moneyOf = (own: ReadonlyMap<string, number>): Money[] =>
		[...own].filter(([, amountCents]) => amountCents > 0).map(([currency, amountCents]) => ({ currency, amountCents }));
	return new Map([...sums].map(([place, own]) => [place, moneyOf(own)]));
}

/** Landings by group, and by month and group. */
function landedBy(rows: readonly { readonly key: string; readonly month: string; readonly clicks: number }[]): ReadonlyMap<string, number> {
	const sums = new Map<string, number>();
	for (const { key, month, clicks } of rows) for (const place of [key, monthKey(month, key)]) sums.set(place, (sums.get(place) ?? 0) + clicks);
	return sums;
}

function monthRows({ months, groups }: ReturnType<typeof createTallies>, spent: Amounts, landed: ReadonlyMap<string, number>): MonthRow[] {
	const names = new Set([
		...months.keys(),
		...[...spent.keys(), ...landed.keys()].flatMap((place) => (/^\d{4}-\d\d /.test(place) ? [place.slice(0, 7)] : [])),
	]);
	const rows: MonthRow[] = [];
	for (const month of [...names].sort())
		for (const key of groups.keys()) {
			const [credits, place] = [months.get(month)?.get(key), monthKey(month, key)];
			const [clicks, costs] = [landed.get(place) ?? 0, spent.get(place) ?? []];
			if (credits || clicks > 0 || costs.length > 0) rows.push({ month, key, credits: credits ?? byMilestone(), clicks, costs });
		}
	return rows;
}

/** The month of an instant in the company's zone, remembered by the hour, since asking the calendar is dear. */
function monthsIn(timeZone: string): (at: number) => string {
	const known = new Map<number, string>();
	return (at) => {
		const hour = Math.floor(at / HOUR_MS);
		const month = known.get(hour) ?? localDay(new Date(at), timeZone).slice(0, 7);
		known.set(hour, month);
		return month;
	};
}
