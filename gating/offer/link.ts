import { desc, eq, isNull, and } from 'drizzle-orm';

import type { Dealer } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, type Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import type { OfferDeps } from './deps.ts';
import { dealerLink } from './schema.ts';

type LinkRow = typeof dealerLink.$inferSelect;

const LINK_DAYS = 180;

/** A dealer's link as the console shows it. */
export interface DealerLink {
	readonly id: string;
	readonly dealerId: string;
	readonly dealer: string;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
	readonly usedAt: Date | null;
	readonly state: 'open' | 'expired' | 'revoked';
	/** Path that is the dealer's alone; null once it opens nothing. */
	readonly path: string | null;
}

export type OpenedLink =
	{ readonly status: 'open'; readonly link: LinkRow; readonly dealer: Dealer } | { readonly status: 'expired' | 'revoked' | 'unknown' };

interface LinkDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
}

/** Whose link a token is. Changes nothing. A dealer who went offline has none. */
export async function openLink({ db, keys, now, content }: Pick<OfferDeps, 'db' | 'keys' | 'now' | 'content'>, token: string): Promise<OpenedLink> {
	const read = readToken(keys, 'dealer', token, now());
	if (read.status !== 'valid') return { status: read.status === 'expired' ? 'expired' : 'unknown' };
	const [link] = await db.read.select().from(dealerLink).where(eq(dealerLink.id, read.subject));
	if (!link) return { status: 'unknown' };
	if (link.revokedAt) return { status: 'revoked' };
	const dealer = content().dealers.find(({ id }) => id === link.dealerId);
	return dealer ? { status: 'open', link, dealer } : { status: 'revoked' };
}

/** Makes a dealer's personal link. @throws DomainError not-found */
export async function makeLink({ db, now, random, content }: OfferDeps, dealerId: string, by: Reader): Promise<string> {
	const dealer = content().dealers.find(({ id }) => id === dealerId);
	if (!dealer) throw new DomainError('not-found', 'There is no such dealer.');
	const at = now();
	const id = newId(at, random);
	await db.write(async (tx) => {
		const row = { id, dealerId, dealer: dealer.name.en || dealer.name['zh-CN'], createdBy: by.actor, createdAt: at };
		await tx.insert(dealerLink).values({ ...row, expiresAt: new Date(at.getTime() + LINK_DAYS * DAY_MS), revokedAt: null, usedAt: null });
		await recordAudit(tx, { ...whoOf(by), action: 'dealer-link.make', subject: `dealers:${dealerId}`, detail: { link: id } }, at, random);
	});
	return id;
}

/** Closes a link at once. Doing it twice is as good as once. */
export async function revokeLink({ db, now, random }: LinkDeps, linkId: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const closed = await tx
			.update(dealerLink)
			.set({ revokedAt: at })
			.where(and(eq(dealerLink.id, linkId), isNull(dealerLink.revokedAt)))
			.returning({ dealerId: dealerLink.dealerId });
		for (const { dealerId } of closed)
			await recordAudit(tx, { ...whoOf(by), action: 'dealer-link.revoke', subject: `dealers:${dealerId}`, detail: { link: linkId } }, at, random);
	});
}

/** Every link that was made, newest first. */
export async function listLinks({ db, keys, now }: LinkDeps): Promise<readonly DealerLink[]> {
	const rows = await db.read.select().from(dealerLink).orderBy(desc(dealerLink.createdAt), desc(dealerLink.id)).limit(500);
	return rows.map(({ id, dealerId, dealer, createdAt, expiresAt, revokedAt, usedAt }) => {
		const state = revokedAt ? 'revoked' : expiresAt <= now() ? 'expired' : 'open';
		const path = state === 'open' ? addresses('en').redeem(signToken(keys, 'dealer', id, expiresAt)) : null;
		return { id, dealerId, dealer, createdAt, expiresAt, revokedAt, usedAt, state, path };
	});
}
