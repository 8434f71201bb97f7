import { inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { webhookAttempt, webhookDelivery, webhookMessage } from '../schema.ts';

/** Removes messages with all that was made of them. */
export async function forgetMessages(tx: Handle, ids: readonly string[]): Promise<void> {
	const messages = [...ids];
	const deliveries = tx.select({ id: webhookDelivery.id }).from(webhookDelivery).where(inArray(webhookDelivery.messageId, messages));
	await tx.delete(webhookAttempt).where(inArray(webhookAttempt.deliveryId, deliveries));
	await tx.delete(webhookDelivery).where(inArray(webhookDelivery.messageId, messages));
	await tx.delete(webhookMessage).where(inArray(webhookMessage.id, messages));
}
