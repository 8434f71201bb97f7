import { ne } from 'drizzle-orm';

import { type Handle, prepared } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';

import type { WebhookEvent } from './message.ts';
import { webhookDelivery, webhookEndpoint, webhookMessage } from './schema.ts';

const listeners = prepared((handle) =>
	handle
		.select({ id: webhookEndpoint.id, events: webhookEndpoint.events, state: webhookEndpoint.state })
		.from(webhookEndpoint)
		.where(ne(webhookEndpoint.state, 'off'))
		.prepare('webhook.listeners'),
);

export interface Announcement {
	readonly type: WebhookEvent;
	readonly leadId?: string | null;
	readonly personId?: string | null;
	/** Ids and codes; names and mails never. */
	readonly data?: Readonly<Record<string, unknown>>;
}

/** Tells other systems of a fact, in the body of the fact: with it or not at all. Costs one small read where nobody listens. */
export async function announce(tx: Handle, announcement: Announcement, now: Date, random: Random): Promise<void> {
	const { type, leadId = null, personId = null, data = {} } = announcement;
	const told = (await listeners(tx).execute({})).filter(({ events }) => events.includes(type));
	if (told.length === 0) return;
	const ids = { ...(leadId !== null && { leadId }), ...(personId !== null && { personId }) };
	await putOut(tx, { type, leadId, personId, data: { ...ids, ...data } }, told, now, random);
}

/** Puts one message out to these endpoints; who is switched off by failure finds it among what was missed. */
export async function putOut(
	tx: Handle,
	message: Pick<typeof webhookMessage.$inferInsert, 'type' | 'leadId' | 'personId' | 'data'>,
	told: readonly { readonly id: string; readonly state: string }[],
	now: Date,
	random: Random,
): Promise<string> {
	const messageId = newId(now, random);
	await tx.insert(webhookMessage).values({ ...message, id: messageId, at: now });
	const first = { messageId, attempts: 0, dueAt: now, claimedUntil: new Date(0), lastStatus: 0, lastError: '', createdAt: now };
	await tx
		.insert(webhookDelivery)
		.values(told.map(({ id, state }) => ({ ...first, id: newId(now, random), endpointId: id, state: state === 'on' ? 'waiting' : 'missed' })));
	return messageId;
}
