import { and, asc, count, eq, inArray } from 'drizzle-orm';

import type { Offer, Snapshot } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { enqueue } from '#kernel/outbox.ts';

import { recordEvent } from '../event/record.ts';
import { livingPerson } from '../identity/person.ts';
import { newCode, ownPart, prefixOf } from './code.ts';
import { type ClaimRow, couponToGive, expiryOf, frozenOf, hasEnded, subjectOf } from './offer.ts';
import { offerClaim } from './schema.ts';

/** Kind of the outbox rows that mail a code, or that there is none. */
export const OFFER_MAIL = 'gating.offer-mail';
const CODE = 'offer_claim.code';
const GIVEN = ['claimed', 'redeemed'];
/** So many people at most get a code in one body when stock comes. */
const MOST_AT_ONCE = 100;

export interface GiveDeps {
	readonly keys: Keys;
	readonly now: () => Date;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
}

export type Given = { readonly status: 'claimed' | 'waiting'; readonly claim: ClaimRow } | { readonly status: 'ended' | 'gone' };

interface Claimant {
	readonly personId: string;
	readonly visitorId: string | null;
	readonly channel: string;
}

/**
 * Gives a proved person one code of the offer, or a place among those who wait for one. Whoever has one gets the same again.
 * The caller holds {@link lockOf}, so that no code is given more often than there is stock.
 */
export async function give(deps: GiveDeps, tx: Handle, offer: Offer, { personId, visitorId, channel }: Claimant): Promise<Given> {
	const at = deps.now();
	const person = await livingPerson(tx, personId);
	if (!person) return { status: 'gone' };
	const [known] = await tx
		.select()
		.from(offerClaim)
		.where(and(eq(offerClaim.offerId, offer.id), eq(offerClaim.personId, personId)));
	if (known && GIVEN.includes(known.state)) return { status: 'claimed', claim: known };
	if (hasEnded(offer, at)) return { status: 'ended' };

	const coupon = couponToGive(offer, await takenOf(tx, offer.id));
	const row: ClaimRow = {
		...(known ?? { id: newId(at, deps.random), offerId: offer.id, personId, channel, codeHash: null, code: null }),
		offer: frozenOf(offer, deps.content()),
		state: 'waiting',
		coupon: '',
		claimedAt: known?.claimedAt ?? at,
		expiresAt: expiryOf(offer, at),
	};
	const claim = coupon === null ? row : { ...row, state: 'claimed', coupon, claimedAt: at, ...makeCode(deps, person.dataKey, offer, coupon) };
	if (known) await tx.update(offerClaim).set(claim).where(eq(offerClaim.id, claim.id));
	else await tx.insert(offerClaim).values(claim);
	await enqueue(
		tx,
		{ kind: OFFER_MAIL, key: `offer:${claim.id}:${claim.state}`, payload: { claimId: claim.id, state: claim.state }, personId, dueAt: at },
		at,
		deps.random,
	);
	if (coupon === null) return { status: 'waiting', claim };
	const event = { id: claim.id, type: 'offer.claimed', at, personId, visitorId, subject: subjectOf(offer.id), props: { kind: offer.kind } } as const;
	await recordEvent(tx, event, at, deps.timeZone());
	return { status: 'claimed', claim };
}

/** Gives codes that became free, or came, to those who wait longest. Returns how many. The caller holds {@link lockOf}. */
export async function giveToWaiting(deps: GiveDeps, tx: Handle, offer: Offer): Promise<number> {
	const waiting = await tx
		.select()
		.from(offerClaim)
		.where(and(eq(offerClaim.offerId, offer.id), eq(offerClaim.state, 'waiting')))
		.orderBy(asc(offerClaim.claimedAt), asc(offerClaim.id))
		.limit(MOST_AT_ONCE);
	let given = 0;
	for (const { personId, channel } of waiting) {
		const { status } = await give(deps, tx, offer, { personId, channel, visitorId: null });
		if (status === 'waiting' || status === 'ended') break;
		if (status === 'claimed') given++;
	}
	return given;
}

/** How often each coupon was given. */
export async function takenOf(handle: Handle, offerId: string): Promise<ReadonlyMap<string, number>> {
	const rows = await handle
		.select({ coupon: offerClaim.coupon, n: count() })
		.from(offerClaim)
		.where(and(eq(offerClaim.offerId, offerId), inArray(offerClaim.state, GIVEN)))
		.groupBy(offerClaim.coupon);
	return new Map(rows.map(({ coupon, n }) => [coupon, n]));
}

/** The code in clear; null while waiting. */
export function openCode(keys: Keys, dataKey: string, { code }: ClaimRow): string | null {
	return code === null || code.length === 0 ? null : keys.unseal(dataKey, CODE, code);
}

/** What a code is found by; null when it is none. */
export function codeHash(keys: Keys, typed: string): string | null {
	const own = ownPart(typed);
	return own === null ? null : keys.blindIndex('offer-code', own);
}

function makeCode({ keys, random }: GiveDeps, dataKey: string, { slug }: Offer, coupon: string): Pick<ClaimRow, 'code' | 'codeHash'> {
	const code = newCode(coupon || prefixOf(slug), random);
	return { code: keys.seal(dataKey, CODE, code), codeHash: codeHash(keys, code) };
}
