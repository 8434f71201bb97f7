import { and, asc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { message, messageDecision, suppression } from '../schema.ts';
import { QUEUED_STATES } from './message.ts';
import { type PostDeps, settleMany } from './post.ts';

/** What was sent to a person and why, and where nothing may go. Erasing ends what waits; that so many messages went stays as a number of nobody. */
export function messagesData(deps: PostDeps): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'messages',
		export: async (tx, personId) => {
			const messages = await tx.select().from(message).where(eq(message.personId, personId)).orderBy(asc(message.createdAt), asc(message.id));
			const decisions = await tx
				.select({ messageId: messageDecision.messageId, at: messageDecision.at, verdict: messageDecision.verdict, reason: messageDecision.reason })
				.from(messageDecision)
				.innerJoin(message, eq(message.id, messageDecision.messageId))
				.where(eq(message.personId, personId))
				.orderBy(asc(messageDecision.at), asc(messageDecision.id));
			const suppressions = await tx
				.select({ channel: suppression.channel, reason: suppression.reason, at: suppression.at, liftedAt: suppression.liftedAt })
				.from(suppression)
				.where(eq(suppression.personId, personId));
			return messages.length + suppressions.length > 0 ? { messages, decisions, suppressions } : null;
		},
		erase: (tx, personId) => erase(tx, deps, personId),
	});
}

async function erase(tx: Handle, deps: PostDeps, personId: string): Promise<void> {
	await settleMany(tx, deps, and(eq(message.personId, personId), inArray(message.state, [...QUEUED_STATES])), 'dropped', 'erased');
	await tx.update(message).set({ params: {} }).where(eq(message.personId, personId));
	await tx.delete(suppression).where(eq(suppression.personId, personId));
}
