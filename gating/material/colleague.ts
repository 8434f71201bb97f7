import { and, eq, isNotNull, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';

import { accountMember, lead, person } from '../schema.ts';
import { tellOwner } from './notice.ts';

const MOST_TOLD = 20;

/** Tells the owners of an account's leads that somebody of it has become known. */
export async function noticeColleague(tx: Handle, newcomerId: string, accountId: string, now: Date, random: Random): Promise<void> {
	const [own] = await tx.select({ leadId: person.leadId }).from(person).where(eq(person.id, newcomerId));
	if (!own) return;
	const leads = await tx
		.selectDistinct({ id: lead.id })
		.from(lead)
		.innerJoin(person, eq(person.leadId, lead.id))
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(and(eq(accountMember.accountId, accountId), isNotNull(lead.owner), ne(lead.id, own.leadId)))
		.limit(MOST_TOLD);
	for (const { id } of leads) await tellOwner(tx, { leadId: id, kind: 'colleague', subject: `lead:${own.leadId}` }, now, random);
}
