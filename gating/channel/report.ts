import { and, count, countDistinct, eq, gte, inArray, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { campaign, channelCost, tactic, touchpoint } from '../schema.ts';

export interface Period {
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
}

/** How many came to one paper or webinar in one way. */
export interface SubjectVia {
	readonly subject: string;
	readonly kind: 'request' | 'registered' | 'attended';
	readonly channel: string;
	readonly count: number;
}

/** What one channel or campaign cost, and how many people it brought. */
export interface CostPerLead {
	/** Channel code, or name of a campaign. */
	readonly key: string;
	/** People who asked for something, registered, attended or were on a list. */
	readonly people: number;
	readonly costs: readonly { readonly currency: string; readonly amountCents: number }[];
}

export interface ChannelReport {
	readonly subjects: readonly SubjectVia[];
	readonly channels: readonly CostPerLead[];
	readonly campaigns: readonly CostPerLead[];
}

const ACTS = ['request', 'registered', 'attended'] as const;

/** Registered-via and attended-via apart, and costs against the people they brought, from one local day to another. */
export async function channelReport(handle: Handle, { from, to }: Period): Promise<ChannelReport> {
	const within = and(gte(touchpoint.localDay, from), lte(touchpoint.localDay, to), inArray(touchpoint.kind, [...ACTS, 'import']));
	const subjects = await handle
		.select({ subject: touchpoint.subject, kind: touchpoint.kind, channel: touchpoint.channel, count: count() })
		.from(touchpoint)
		.where(and(within, inArray(touchpoint.kind, [...ACTS])))
		.groupBy(touchpoint.subject, touchpoint.kind, touchpoint.channel);
	const byChannel = await handle
		.select({ key: touchpoint.channel, people: countDistinct(touchpoint.personId) })
		.from(touchpoint)
		.where(within)
		.groupBy(touchpoint.channel);
	const byCampaign = await handle
		.select({ key: campaign.name, people: countDistinct(touchpoint.personId) })
		.from(touchpoint)
		.innerJoin(tactic, eq(tactic.id, touchpoint.tacticId))
		.innerJoin(campaign, eq(campaign.id, tactic.campaignId))
		.where(within)
		.groupBy(campaign.name);
	const costs = await handle
		.select({ channel: channelCost.channel, campaign: campaign.name, currency: channelCost.currency, amountCents: channelCost.amountCents })
		.from(channelCost)
		.leftJoin(campaign, eq(campaign.id, channelCost.campaignId))
		.where(and(gte(channelCost.month, from.slice(0, 7)), lte(channelCost.month, to.slice(0, 7))));
	return {
		subjects: subjects.filter((row): row is SubjectVia => (ACTS as readonly string[]).includes(row.kind)),
		channels: perLead(
			byChannel,
			costs.map((cost) => ({ ...cost, key: cost.channel })),
		),
		campaigns: perLead(
			byCampaign,
			costs.flatMap((cost) => (cost.campaign === null ? [] : [{ ...cost, key: cost.campaign }])),
		),
	};
}

function perLead(
	people: readonly { readonly key: string; readonly people: number }[],
	costs: readonly { readonly key: string; readonly currency: string; readonly amountCents: number }[],
): CostPerLead[] {
	const keys = [...new Set([...people, ...costs].map(({ key }) => key))];
	return keys
		.map((key) => {
			const own = Map.groupBy(
				costs.filter((cost) => cost.key === key),
				({ currency }) => currency,
			);
			return {
				key,
				people: people.find((row) => row.key === key)?.people ?? 0,
				costs: [...own].map(([currency, rows]) => ({ currency, amountCents: rows.reduce((sum, { amountCents }) => sum + amountCents, 0) })),
			};
		})
		.sort((one, other) => other.people - one.people || (one.key < other.key ? -1 : 1));
}
