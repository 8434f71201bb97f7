import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';
import type { Mailer } from '#kernel/mailer.ts';

import type { Messages } from '../message/create-messages.ts';
import { mailing, segment } from '../schema.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import { contextOf, type TagsDeps } from '../tag/context.ts';
import type { Conditions } from '../tag/condition.ts';
import { type Plan, planOf } from '../tag/plan.ts';
import type { Templates } from './templates.ts';

export interface MailingDeps extends TagsDeps {
	readonly log: Log;
	readonly origin: string;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
	readonly messages: () => Pick<Messages, 'postMany' | 'withdraw'>;
	readonly templates: Templates;
	readonly mailer: Mailer;
	readonly directory: StaffDirectory;
}

export type MailingRow = typeof mailing.$inferSelect;

const EVERYBODY: Conditions = { match: 'all', groups: [] };

/** What the queue and events call a mailing. */
export const originOf = (mailingId: string): string => `mailing:${mailingId}`;

export async function mailingById(handle: Handle, id: string): Promise<MailingRow | null> {
	const [row] = await handle.select().from(mailing).where(eq(mailing.id, id));
	return row ?? null;
}

/** The conditions of a mailing's segment; null when the segment is gone. '' is everybody. */
export async function conditionsOf(handle: Handle, segmentId: string): Promise<Conditions | null> {
	if (segmentId === '') return EVERYBODY;
	const [row] = await handle
		.select({ conditions: segment.conditions, archivedAt: segment.archivedAt })
		.from(segment)
		.where(eq(segment.id, segmentId));
	return row && row.archivedAt === null ? row.conditions : null;
}

/** Whether conditions ask nothing: such a mailing goes to all we know. */
export const isEverybody = ({ groups }: Conditions): boolean => groups.every(({ conditions }) => conditions.length === 0);

/** What the segment asks at this moment. */
export async function planFor(deps: TagsDeps, conditions: Conditions): Promise<Plan> {
	return planOf(conditions, await contextOf(deps));
}
