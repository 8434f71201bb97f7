import { DAY_MS } from '#kernel/clock.ts';

/** What contacts may have led to, in its order. `won` is a deal, with its value; the others are the first time that a lead got there. */
export const MILESTONES = ['lead', 'mql', 'sql', 'opportunity', 'customer', 'won'] as const;
export type Milestone = (typeof MILESTONES)[number];

/** A form's contact is noted beside the lead that it makes: so much later it still brought it. */
const MAKING_MS = 60_000;

/** Something that contacts may have led to. Instants in epoch milliseconds. */
export interface Conversion {
	readonly milestone: Milestone;
	readonly leadId: string;
	readonly at: number;
	/** Contacts from here on did not lead to it. */
	readonly until: number;
	readonly madeUntil: number;
	readonly opportunityAt: number;
	/** Id of the deal; '' for what is none. */
	readonly dealId: string;
	/** Hundredths of the currency; null for what has no value. */
	readonly amountCents: number | null;
	/** ISO 4217; '' without a value. */
	readonly currency: string;
}

/** When a lead got where, for the first time; left out where it never came. */
export interface Firsts {
	readonly leadId: string;
	readonly made: number;
	readonly mql: number | null;
	readonly sql: number | null;
	readonly opportunity: number | null;
	readonly customer: number | null;
}

/** A deal that was won: `at` is the first instant of its day. */
export interface WonDeal {
	readonly id: string;
	readonly at: number;
	readonly amountCents: number | null;
	readonly currency: string;
}

/** The conversions of a lead in a period (`to` is not part of it), by what is known of its course and deals. */
export function conversionsOf(firsts: Firsts, deals: readonly WonDeal[], { from, to }: { readonly from: number; readonly to: number }): Conversion[] {
	const { leadId, made, opportunity } = firsts;
	const course = { leadId, madeUntil: made + MAKING_MS, opportunityAt: opportunity ?? Infinity };
	const nothing = { dealId: '', amountCents: null, currency: '' };
	const conversions: Conversion[] = [];
	const put = (milestone: Milestone, at: number | null, until: number, deal: Pick<Conversion, 'dealId' | 'amountCents' | 'currency'>): void => {
		if (at !== null && at >= from && at < to) conversions.push({ milestone, at, until, ...course, ...deal });
	};
	put('lead', made, made + MAKING_MS, nothing);
	for (const milestone of ['mql', 'sql', 'opportunity', 'customer'] as const) {
		const { [milestone]: at } = firsts;
		put(milestone, at, (at ?? 0) + 1, nothing);
	}
	// A contact on the day itself is not taken for what brought the deal.
	for (const { id, at, amountCents, currency } of deals) put('won', at, at, { dealId: id, amountCents, currency });
	return conversions;
}

/** How far back contacts count, in days; null: however long ago. */
export const WINDOWS = ['30', '90', '180', '365', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

/** The first instant at which a contact counts for a conversion. */
export const windowStart = (at: number, window: Window): number => (window === 'all' ? -Infinity : at - Number(window) * DAY_MS);
