import { and, asc, eq, gte, lte } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { campaign, channelCost } from '../schema.ts';
import type { ChannelDeps } from './create-channels.ts';
import { requireChannel } from './tree.ts';

/** What a channel cost in a month. */
export interface Cost {
	readonly channel: string;
	/** Name of the campaign it was for; '' for none. */
	readonly campaign: string;
	/** `2026-03`. */
	readonly month: string;
	/** ISO 4217. */
	readonly currency: string;
	/** Hundredths of the currency. */
	readonly amountCents: number;
}

export const CURRENCIES = ['CNY', 'EUR', 'USD', 'CHF', 'GBP', 'JPY'] as const;
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;
const MOST_CENTS = 100_000_000_000;

/** Entries from one month to another, both included, newest month first. */
export async function costsOf(handle: Handle, from: string, to: string): Promise<Cost[]> {
	const { channel, month, currency, amountCents } = channelCost;
	const rows = await handle
		.select({ channel, campaign: campaign.name, month, currency, amountCents })
		.from(channelCost)
		.leftJoin(campaign, eq(campaign.id, channelCost.campaignId))
		.where(and(gte(month, from), lte(month, to)))
		.orderBy(asc(channel), asc(currency));
	return rows.map((row) => ({ ...row, campaign: row.campaign ?? '' })).sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0));
}

/** Enters a month's cost; 0 takes the entry away. @throws DomainError invalid */
export async function setCost({ db, now, random }: ChannelDeps, cost: Cost, by: Reader): Promise<void> {
	const { channel, month, currency, amountCents } = cost;
	const wrong = (field: string, code: string) => new DomainError('invalid', 'The entry cannot be read.', { fields: [{ field, code }] });
	if (!MONTH.test(month)) throw wrong('month', 'format');
	if (!(CURRENCIES as readonly string[]).includes(currency)) throw wrong('currency', 'choice');
	if (!Number.isSafeInteger(amountCents) || amountCents < 0 || amountCents > MOST_CENTS) throw wrong('amount', 'amount');
	await db.write(async (tx) => {
		await requireChannel(tx, channel);
		const at = now();
		const [of] = cost.campaign === '' ? [] : await tx.select({ id: campaign.id }).from(campaign).where(eq(campaign.name, cost.campaign));
		if (cost.campaign !== '' && !of) throw wrong('campaign', 'choice');
		const campaignId = of?.id ?? '';
		const own = and(
			eq(channelCost.channel, channel),
			eq(channelCost.campaignId, campaignId),
			eq(channelCost.month, month),
			eq(channelCost.currency, currency),
		);
		if (amountCents === 0) await tx.delete(channelCost).where(own);
		else
			await tx
				.insert(channelCost)
				.values({ channel, campaignId, month, currency, amountCents, enteredAt: at })
				.onConflictDoUpdate({
					target: [channelCost.channel, channelCost.campaignId, channelCost.month, channelCost.currency],
					set: { amountCents, enteredAt: at },
				});
		await recordAudit(tx, { ...whoOf(by), action: 'channel.cost', subject: `channel:${channel}`, detail: { month } }, at, random);
	});
}
