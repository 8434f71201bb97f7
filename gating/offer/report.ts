import { and, count, desc, eq, isNull } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { lead, person } from '../schema.ts';
import type { OfferDeps } from './deps.ts';
import { takenOf } from './give.ts';
import { stockLeft } from './offer.ts';
import { offerClaim, offerRedemption } from './schema.ts';

const MOST_ROWS = 200;

/** One offer in numbers. */
export interface OfferReport {
	readonly offerId: string;
	readonly title: LocalisedText;
	/** False once it is off line. */
	readonly isPublished: boolean;
	readonly validUntil: Date | null;
	/** People who got a code, redeemed ones included. */
	readonly claimed: number;
	readonly redeemed: number;
	readonly waiting: number;
	/** Codes that are left; null without an end of stock. */
	readonly left: number | null;
}

export interface Counted {
	readonly name: string;
	readonly claimed: number;
	readonly redeemed: number;
}

export interface OfferDetail extends OfferReport {
	readonly byChannel: readonly Counted[];
	/** Redemptions only: a code is claimed nowhere in particular. */
	readonly byDealer: readonly { readonly name: string; readonly redeemed: number }[];
	readonly redemptions: readonly Redemption[];
}

export interface Redemption {
	readonly id: string;
	readonly leadId: string;
	readonly company: string;
	readonly dealer: string;
	readonly channel: string;
	readonly at: Date;
	readonly undoneAt: Date | null;
	readonly reason: string | null;
}

/** Every offer that is published or was claimed: running ones first. */
export async function reportOffers({ db, content }: OfferDeps): Promise<readonly OfferReport[]> {
	const rows = await db.read
		.select({ offerId: offerClaim.offerId, state: offerClaim.state, n: count() })
		.from(offerClaim)
		.groupBy(offerClaim.offerId, offerClaim.state);
	const { offers } = content();
	const ids = [...new Set([...offers.map(({ id }) => id), ...rows.map(({ offerId }) => offerId)])];
	const reports = await Promise.all(
		ids.map(async (offerId): Promise<OfferReport> => {
			const offer = offers.find(({ id }) => id === offerId) ?? null;
			const of = (state: string) => rows.find((row) => row.offerId === offerId && row.state === state)?.n ?? 0;
			return {
				offerId,
				title: offer?.title ?? (await titleOf(db.read, offerId)),
				isPublished: offer !== null,
				validUntil: offer?.validUntil ?? null,
				claimed: of('claimed') + of('redeemed'),
				redeemed: of('redeemed'),
				waiting: of('waiting'),
				left: offer ? stockLeft(offer, await takenOf(db.read, offerId)) : 0,
			};
		}),
	);
	return reports.sort((a, b) => Number(b.isPublished) - Number(a.isPublished) || b.claimed - a.claimed);
}

/** One offer by channel and dealer, with its redemptions, newest first; null when there is no such offer. */
export async function reportOffer(deps: OfferDeps, offerId: string): Promise<OfferDetail | null> {
	const report = (await reportOffers(deps)).find((candidate) => candidate.offerId === offerId);
	if (!report) return null;
	const { read } = deps.db;
	const channels = await read
		.select({ channel: offerClaim.channel, state: offerClaim.state, n: count() })
		.from(offerClaim)
		.where(eq(offerClaim.offerId, offerId))
		.groupBy(offerClaim.channel, offerClaim.state);
	const dealers = await read
		.select({ name: offerRedemption.dealer, redeemed: count() })
		.from(offerRedemption)
		.where(and(eq(offerRedemption.offerId, offerId), isNull(offerRedemption.undoneAt)))
		.groupBy(offerRedemption.dealer);
	const names = [...new Set(channels.map(({ channel }) => channel))];
	const sum = (name: string, states: readonly string[]) =>
		channels.filter(({ channel, state }) => channel === name && states.includes(state)).reduce((all, { n }) => all + n, 0);
	return {
		...report,
		byChannel: names.map((name) => ({ name, claimed: sum(name, ['claimed', 'redeemed']), redeemed: sum(name, ['redeemed']) })),
		byDealer: dealers.sort((a, b) => b.redeemed - a.redeemed),
		redemptions: await redemptionsOf(deps, offerId),
	};
}

async function redemptionsOf({ db }: OfferDeps, offerId: string): Promise<readonly Redemption[]> {
	const rows = await db.read
		.select({ redemption: offerRedemption, leadId: person.leadId, company: lead.company })
		.from(offerRedemption)
		.innerJoin(person, eq(person.id, offerRedemption.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(eq(offerRedemption.offerId, offerId))
		.orderBy(desc(offerRedemption.at), desc(offerRedemption.id))
		.limit(MOST_ROWS);
	return rows.map(({ redemption: { id, dealer, channel, at, undoneAt, reason }, leadId, company }) => ({
		id,
		leadId,
		company,
		dealer,
		channel,
		at,
		undoneAt,
		reason,
	}));
}

async function titleOf(handle: Handle, offerId: string): Promise<LocalisedText> {
	const [row] = await handle.select({ offer: offerClaim.offer }).from(offerClaim).where(eq(offerClaim.offerId, offerId)).limit(1);
	return row?.offer.title ?? { en: '', 'zh-CN': '' };
}
