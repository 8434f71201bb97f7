import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';

import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { grant } from '../schema.ts';

export type GrantRow = typeof grant.$inferSelect;

/** How long a mailed link works. */
export const GRANT_DAYS = 7;
/** A second submission for the same thing within this time sends no second mail. */
const SAME_REQUEST_MS = 10 * MINUTE_MS;

/** Kind of the outbox rows that mail a confirmation link. */
export const CONFIRMATION_MAIL = 'gating.confirmation-mail';

/** Lets a person ask for `subject` by mail: makes a grant to confirm and its mail, unless one was made just before. Returns the grant's id. */
export async function offerGrant(
	tx: Handle,
	{ personId, subject, locale }: { readonly personId: string; readonly subject: string; readonly locale: string },
	now: Date,
	random: Random,
): Promise<string> {
	const recent = and(isNull(grant.revokedAt), isNull(grant.confirmedAt), gt(grant.createdAt, new Date(now.getTime() - SAME_REQUEST_MS)));
	const [same] = await tx
		.select({ id: grant.id })
		.from(grant)
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject), recent))
		.limit(1);
	if (same) return same.id;
	const { id } = await insertGrant(tx, { personId, subject, confirmedAt: null }, now, random);
	await enqueue(
		tx,
		{ kind: CONFIRMATION_MAIL, key: `confirmation:${id}`, payload: { template: 'confirmation', grantId: id, personId, locale }, dueAt: now },
		now,
		random,
	);
	return id;
}

/** What was sent for the same thing up to here waits for this grant's link; later submissions get one of their own. */
export const coveredUntil = ({ createdAt }: GrantRow): Date => new Date(createdAt.getTime() + SAME_REQUEST_MS);

/** The person's confirmed grant for `subject`, made now if there is none: a verified person needs no further link. */
export async function holdGrant(tx: Handle, personId: string, subject: string, now: Date, random: Random): Promise<GrantRow> {
	const [held] = await tx
		.select()
		.from(grant)
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject), isNull(grant.revokedAt), sql`${grant.confirmedAt} is not null`))
		.orderBy(desc(grant.createdAt))
		.limit(1);
	return held ?? insertGrant(tx, { personId, subject, confirmedAt: now }, now, random);
}

async function insertGrant(tx: Handle, row: Pick<GrantRow, 'personId' | 'subject' | 'confirmedAt'>, now: Date, random: Random): Promise<GrantRow> {
	const made: GrantRow = {
		...row,
		id: newId(now, random),
		createdAt: now,
		expiresAt: new Date(now.getTime() + GRANT_DAYS * DAY_MS),
		revokedAt: null,
		downloads: 0,
	};
	await tx.insert(grant).values(made);
	return made;
}
