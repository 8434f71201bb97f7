import { eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { mailingRule } from '../schema.ts';
import type { MailingDeps } from './deps.ts';
import { APPROVAL_OVER } from './mailing.ts';

const LIVE = 'live';
const MOST = 1_000_000;

/** More recipients than this take a second person. */
export async function approvalOver(handle: Handle): Promise<number> {
	const [row] = await handle.select({ n: mailingRule.approvalOver }).from(mailingRule).where(eq(mailingRule.id, LIVE));
	return row?.n ?? APPROVAL_OVER;
}

/** @throws DomainError invalid unless it is a whole number from 0 to a million */
export async function setApprovalOver({ db, now, random }: Pick<MailingDeps, 'db' | 'now' | 'random'>, people: number, by: Reader): Promise<void> {
	if (!Number.isSafeInteger(people) || people < 0 || people > MOST)
		throw new DomainError('invalid', 'This is no number of people.', { fields: [{ field: 'approvalOver', code: 'format' }] });
	const kept = { approvalOver: people, by: by.actor, at: now() };
	await db.write(async (tx) => {
		await tx
			.insert(mailingRule)
			.values({ id: LIVE, ...kept })
			.onConflictDoUpdate({ target: mailingRule.id, set: kept });
		await recordAudit(tx, { ...whoOf(by), action: 'mailing.rule', subject: 'mailing:rule', detail: { people } }, now(), random);
	});
}
