import { and, desc, eq, isNull } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { markStale } from '../event/store.ts';
import { recordEvent } from '../event/record.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import { givenNameOf } from '../identity/profile.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { event } from '../schema.ts';
import type { OfferDeps } from './deps.ts';
import { codeHash } from './give.ts';
import { type OpenedLink, openLink } from './link.ts';
import { type ClaimRow, subjectOf } from './offer.ts';
import { dealerLink, offerClaim, offerRedemption } from './schema.ts';

/** What a dealer needs to see before confirming, and no more. */
export interface RedeemableClaim {
	readonly title: LocalisedText;
	readonly kind: string;
	/** First name of a Latin name, the whole of a Chinese one; null when unknown. */
	readonly givenName: string | null;
	readonly company: string;
	readonly expiresAt: Date;
}

export type Checked =
	| { readonly status: 'redeemable'; readonly claim: RedeemableClaim }
	| {
			readonly status: 'redeemed';
			readonly claim: RedeemableClaim;
			readonly at: Date;
			readonly dealer: string;
			/** By this very link. */ readonly isOwn: boolean;
	  }
	| { readonly status: 'expired'; readonly claim: RedeemableClaim }
	/** Bound to other dealers. */
	| { readonly status: 'elsewhere' }
	| { readonly status: 'unknown-code' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number }
	| { readonly status: 'no-link'; readonly reason: Exclude<OpenedLink['status'], 'open'> };

export interface RedeemInput {
	/** Of the dealer's link. */
	readonly token: string;
	/** As typed or scanned. */
	readonly code: string;
	/** Network prefix of the client, for limits. */
	readonly network: string;
}

/** What a code is worth at this dealer. Changes nothing but the count of wrong codes. */
export async function checkCode(deps: OfferDeps, input: RedeemInput): Promise<Checked> {
	return (await look(deps, input)).checked;
}

/**
 * Redeems a code, once: whoever comes second, the same dealer included, is told when and by whom it was done. The lead gets an event,
 * the channel and the dealer their count.
 */
export async function redeem(deps: OfferDeps, input: RedeemInput): Promise<Checked> {
	const { checked, claim, opened } = await look(deps, input);
	if (checked.status !== 'redeemable' || !claim || opened.status !== 'open') return checked;
	const { db, now, random, timeZone } = deps;
	const { link, dealer } = opened;
	const name = dealer.name.en || dealer.name['zh-CN'];
	const isFirst = await db.write(
		async (tx) => {
			const at = now();
			const taken = await tx
				.update(offerClaim)
				.set({ state: 'redeemed' })
				.where(and(eq(offerClaim.id, claim.id), eq(offerClaim.state, 'claimed')))
				.returning({ id: offerClaim.id });
			if (taken.length === 0) return false;
			const { offerId, personId, channel } = claim;
			const id = newId(at, random);
			const row = { id, claimId: claim.id, offerId, personId, channel, dealerId: dealer.id, dealer: name, linkId: link.id, at };
			await tx.insert(offerRedemption).values({ ...row, undoneAt: null, undoneBy: null, reason: null });
			await tx.update(dealerLink).set({ usedAt: at }).where(eq(dealerLink.id, link.id));
			const props = { dealer: name.slice(0, 120) };
			await recordEvent(tx, { id, type: 'offer.redeemed', at, personId, visitorId: null, subject: subjectOf(offerId), props }, at, timeZone());
			return true;
		},
		{ locks: `claim:${claim.id}` },
	);
	const after = await look(deps, input);
	return isFirst && after.checked.status === 'redeemed' ? { ...after.checked, isOwn: true } : after.checked;
}

/**
 * Takes a redemption back: the code can be redeemed again, and the lead's event is gone. What was done and undone stays on record.
 *
 * @throws DomainError not-found, invalid without a reason
 */
export async function undoRedemption({ db, now, random }: OfferDeps, redemptionId: string, reason: string, by: Reader): Promise<void> {
	const why = reason.trim().slice(0, 300);
	if (why === '') throw new DomainError('invalid', 'Say why the redemption is taken back.', { fields: [{ field: 'reason', code: 'required' }] });
	await db.write(async (tx) => {
		const at = now();
		const [row] = await tx
			.update(offerRedemption)
			.set({ undoneAt: at, undoneBy: by.actor, reason: why })
			.where(and(eq(offerRedemption.id, redemptionId), isNull(offerRedemption.undoneAt)))
			.returning();
		if (!row) throw new DomainError('not-found', 'There is no such redemption, or it was taken back before.');
		await tx
			.update(offerClaim)
			.set({ state: 'claimed' })
			.where(and(eq(offerClaim.id, row.claimId), eq(offerClaim.state, 'redeemed')));
		await tx.delete(event).where(eq(event.id, row.id));
		await markStale(tx, [row.personId]);
		const detail = { redemption: row.id, dealer: row.dealerId };
		await recordAudit(tx, { ...whoOf(by), action: 'offer.undo', subject: subjectOf(row.offerId), detail }, at, random);
	});
}

interface Looked {
	readonly checked: Checked;
	readonly claim: ClaimRow | null;
	readonly opened: OpenedLink;
}

async function look(deps: OfferDeps, { token, code, network }: RedeemInput): Promise<Looked> {
	const { db, keys, now, guesses } = deps;
	const opened = await openLink(deps, token);
	const answer = (checked: Checked, claim: ClaimRow | null = null): Looked => ({ checked, claim, opened });
	if (opened.status !== 'open') return answer({ status: 'no-link', reason: opened.status });
	const retryAfterSeconds = await guesses.wait(opened.link.id, network);
	if (retryAfterSeconds > 0) return answer({ status: 'slow-down', retryAfterSeconds });

	const hash = codeHash(keys, code);
	const [claim] = hash === null ? [] : await db.read.select().from(offerClaim).where(eq(offerClaim.codeHash, hash));
	const person = claim ? await livingPerson(db.read, claim.personId) : null;
	if (!claim || !person) {
		await guesses.wrong(opened.link.id, network);
		return answer({ status: 'unknown-code' });
	}
	if (claim.offer.dealers.length > 0 && !claim.offer.dealers.includes(opened.dealer.id)) return answer({ status: 'elsewhere' });
	const profile = openProfile(keys, person);
	const { title, kind } = claim.offer;
	const shown = { title, kind, givenName: givenNameOf(profile), company: profile.company ?? '', expiresAt: claim.expiresAt };
	const before = claim.state === 'redeemed' ? await redemptionOf(db.read, claim.id) : null;
	if (before)
		return answer({ status: 'redeemed', claim: shown, at: before.at, dealer: before.dealer, isOwn: before.linkId === opened.link.id }, claim);
	if (claim.expiresAt <= now()) return answer({ status: 'expired', claim: shown }, claim);
	return answer({ status: 'redeemable', claim: shown }, claim);
}

/** The redemption that holds, or null. */
export async function redemptionOf(handle: Handle, claimId: string): Promise<typeof offerRedemption.$inferSelect | null> {
	const [row] = await handle
		.select()
		.from(offerRedemption)
		.where(and(eq(offerRedemption.claimId, claimId), isNull(offerRedemption.undoneAt)))
		.orderBy(desc(offerRedemption.at))
		.limit(1);
	return row ?? null;
}
