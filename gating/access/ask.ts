import { and, desc, eq, gt, inArray, lt, sum } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { hashSecret, newId, newSecret, type Random } from '#kernel/id.ts';

import { askCookie, type SetCookie } from '../identity/cookies.ts';
import type { Visitor } from '../identity/visitor.ts';
import { accessAsk, formSubmission, grant } from '../schema.ts';

export type AskRow = typeof accessAsk.$inferSelect;

/** Longer than any link works that was mailed for an ask. */
const KEPT_MS = 8 * DAY_MS;

/** Remembers that this browser asked for what `grantId` gives; null for an address that is nobody's. Sets the cookie by which it is known again. */
export async function rememberAsk(
	tx: Handle,
	{ visitor, grantId, submissionId }: { readonly visitor: Visitor; readonly grantId: string | null; readonly submissionId: string | null },
	now: Date,
	random: Random,
): Promise<readonly SetCookie[]> {
	const secret = visitor.ask ?? newSecret(random);
	await tx.delete(accessAsk).where(lt(accessAsk.createdAt, new Date(now.getTime() - KEPT_MS)));
	await tx.insert(accessAsk).values({ id: newId(now, random), hash: hashSecret(secret), grantId, submissionId, tries: 0, createdAt: now });
	return [askCookie(secret)];
}

/** The same submission came once more, perhaps because its first answer was lost: this browser asked for its grant too. */
export async function askAgain(tx: Handle, submissionId: string, visitor: Visitor, now: Date, random: Random): Promise<readonly SetCookie[]> {
	const [known] = await tx.select({ grantId: accessAsk.grantId }).from(accessAsk).where(eq(accessAsk.submissionId, submissionId)).limit(1);
	return known ? rememberAsk(tx, { visitor, grantId: known.grantId, submissionId }, now, random) : [];
}

/** The newest thing that this browser asked for after `since`. */
export async function newestAsk(handle: Handle, visitor: Visitor, since: Date): Promise<AskRow | null> {
	if (visitor.ask === undefined) return null;
	const [row] = await handle
		.select()
		.from(accessAsk)
		.where(and(eq(accessAsk.hash, hashSecret(visitor.ask)), gt(accessAsk.createdAt, since)))
		.orderBy(desc(accessAsk.createdAt), desc(accessAsk.id))
		.limit(1);
	return row ?? null;
}

/** Wrong codes so far, in all browsers that wait for the same code. */
export async function triesOf(handle: Handle, { id, grantId }: AskRow): Promise<number> {
	const [row] = await handle
		.select({ tries: sum(accessAsk.tries).mapWith(Number) })
		.from(accessAsk)
		.where(grantId === null ? eq(accessAsk.id, id) : eq(accessAsk.grantId, grantId));
	return row?.tries ?? 0;
}

/** Something that was asked for, and the browser that asked. */
export interface AskedFor {
	/** Of the submission; null when nothing but the address was typed. */
	readonly id: string | null;
	readonly requestHash: string;
	/** True when a verified act made it the person's word. */
	readonly isApplied: boolean;
	/** Of the browser's secret. */
	readonly hash: string;
	/** The consenting browser it came from. */
	readonly visitorId: string | null;
}

/** Everything that was asked for with these grants. */
export async function asksOf(handle: Handle, grantIds: readonly string[]): Promise<AskedFor[]> {
	if (grantIds.length === 0) return [];
	const rows = await handle
		.select({
			id: accessAsk.submissionId,
			hash: accessAsk.hash,
			requestHash: formSubmission.requestHash,
			appliedAt: formSubmission.appliedAt,
			visitorId: formSubmission.visitorId,
		})
		.from(accessAsk)
		.leftJoin(formSubmission, eq(formSubmission.id, accessAsk.submissionId))
		.where(inArray(accessAsk.grantId, [...grantIds]));
	return rows.map(({ appliedAt, ...row }) => ({ ...row, requestHash: row.requestHash ?? '', isApplied: appliedAt !== null }));
}

/** Ids of all of a person's grants for `subject`. */
export async function grantIdsOf(handle: Handle, personId: string, subject: string): Promise<string[]> {
	const rows = await handle
		.select({ id: grant.id })
		.from(grant)
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject)));
	return rows.map(({ id }) => id);
}
