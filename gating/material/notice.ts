import { and, asc, eq, isNotNull } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { lead, noticeChoice, ownerNotice, person } from '../schema.ts';

/** Moments at which an owner hears of a lead of theirs. */
export const NOTICE_KINDS = ['opened', 'came-back', 'colleague'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export const NOTICE_MAIL = 'gating.owner-notice';

/** Who did nothing for so long and then something came back. */
const AWAY_MS = 30 * DAY_MS;

/**
 * Tells the owner of a lead of a key moment, in the body of the fact: in the console, and by mail unless they do not want it. Of one kind and lead
 * once a day. Nothing happens where nobody owns the lead or everybody of it was erased.
 */
export async function tellOwner(
	tx: Handle,
	{ leadId, kind, subject = '' }: { readonly leadId: string; readonly kind: NoticeKind; readonly subject?: string },
	now: Date,
	random: Random,
): Promise<void> {
	const [row] = await tx.select({ owner: lead.owner }).from(lead).where(eq(lead.id, leadId));
	if (!row?.owner) return;
	const [whom] = await tx
		.select({ id: person.id })
		.from(person)
		.where(and(eq(person.leadId, leadId), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id))
		.limit(1);
	if (!whom) return;
	const id = newId(now, random);
	const key = [row.owner, kind, leadId, now.toISOString().slice(0, 10)].join(':');
	const added = await tx
		.insert(ownerNotice)
		.values({ id, key, staffId: row.owner, kind, leadId, personId: whom.id, subject, at: now, seenAt: null })
		.onConflictDoNothing()
		.returning({ id: ownerNotice.id });
	if (added.length === 0) return;
	const [choice] = await tx.select({ muted: noticeChoice.muted }).from(noticeChoice).where(eq(noticeChoice.staffId, row.owner));
	if (choice?.muted.includes(kind)) return;
	await enqueue(tx, { kind: NOTICE_MAIL, key: `${NOTICE_MAIL}:${id}`, payload: { noticeId: id }, dueAt: now }, now, random);
}

/** Tells the owner when somebody who had been quiet for thirty days did something. */
export async function noticeReturn(
	tx: Handle,
	{ leadId, before, after }: { readonly leadId: string; readonly before: Date; readonly after: Date },
	now: Date,
	random: Random,
): Promise<void> {
	// What came late tells of no return now.
	if (after.getTime() - before.getTime() < AWAY_MS || now.getTime() - after.getTime() > DAY_MS) return;
	await tellOwner(tx, { leadId, kind: 'came-back' }, now, random);
}
