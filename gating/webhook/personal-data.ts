import { and, desc, eq, inArray } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { webhookDelivery, webhookEndpoint, webhookMessage } from '../schema.ts';

/** Other systems still have to hear of these. */
const STILL_TOLD = ['person.erased', 'consent.withdrawn'];

/** What other systems were told of a person. What waits is taken back, but for the erasure itself; messages hold ids only. */
export function webhookData(): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'webhooks',
		export: (tx, personId) =>
			tx
				.select({ told: webhookMessage.type, at: webhookMessage.at, to: webhookEndpoint.name, state: webhookDelivery.state })
				.from(webhookMessage)
				.innerJoin(webhookDelivery, eq(webhookDelivery.messageId, webhookMessage.id))
				.innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
				.where(eq(webhookMessage.personId, personId))
				.orderBy(desc(webhookMessage.at))
				.limit(500),
		erase: async (tx, personId) => {
			const rows = await tx
				.select({ id: webhookMessage.id, type: webhookMessage.type })
				.from(webhookMessage)
				.where(eq(webhookMessage.personId, personId));
			const taken = rows.filter(({ type }) => !STILL_TOLD.includes(type)).map(({ id }) => id);
			if (taken.length === 0) return;
			await tx
				.update(webhookDelivery)
				.set({ state: 'dropped', lastError: 'erased' })
				.where(and(inArray(webhookDelivery.messageId, taken), inArray(webhookDelivery.state, ['waiting', 'missed', 'dead'])));
		},
	});
}
