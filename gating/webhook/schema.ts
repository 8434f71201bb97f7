import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/**
 * Tables of webhooks: an outbox of its own, so that a slow receiver holds up neither mails nor other receivers. Messages hold ids and codes;
 * names and mails, where an endpoint is to have them, are put in when it is sent.
 */
export const defineWebhooks = (c: Columns) => ({
	/** Another system's address and what it is told. */
	webhookEndpoint: c.table('webhook_endpoint', {
		id: c.id('id').primaryKey(),
		url: c.text('url').notNull(),
		/** What is behind it: `CRM`. */
		name: c.text('name').notNull(),
		events: c.json<readonly string[]>('events').notNull(),
		/** How much of a lead it is told; see {@link WEBHOOK_LEVELS}. */
		level: c.text('level').notNull(),
		/** Wraps what is sealed below. */
		dataKey: c.text('data_key').notNull(),
		secret: c.bytes('secret').notNull(),
		/** Signs beside the new one until it ends. */
		oldSecret: c.bytes('old_secret'),
		oldUntil: c.instant('old_until'),
		/** See {@link ENDPOINT_STATES}. */
		state: c.text('state').notNull(),
		/** Since when nothing has come through; null after a success. */
		failingSince: c.instant('failing_since'),
		createdAt: c.instant('created_at').notNull(),
		createdBy: c.text('created_by').notNull(),
	}),

	/** What happened, once for all who are told. Its id is the `webhook-id`. */
	webhookMessage: c.table(
		'webhook_message',
		{
			id: c.id('id').primaryKey(),
			type: c.text('type').notNull(),
			/** Ids and codes. */
			data: c.json<Record<string, unknown>>('data').notNull(),
			personId: c.text('person_id'),
			leadId: c.text('lead_id'),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('webhook_message_person').on(t.personId), c.index('webhook_message_at').on(t.at)],
	),

	/** One message for one endpoint. */
	webhookDelivery: c.table(
		'webhook_delivery',
		{
			id: c.id('id').primaryKey(),
			messageId: c.text('message_id').notNull(),
			endpointId: c.text('endpoint_id').notNull(),
			/** See {@link DELIVERY_STATES}. */
			state: c.text('state').notNull(),
			attempts: c.int('attempts').notNull(),
			dueAt: c.instant('due_at').notNull(),
			claimedUntil: c.instant('claimed_until').notNull(),
			/** Of the last attempt; 0 without an answer. */
			lastStatus: c.int('last_status').notNull(),
			/** A code; '' after success. */
			lastError: c.text('last_error').notNull(),
			createdAt: c.instant('created_at').notNull(),
			settledAt: c.instant('settled_at'),
		},
		(t) => [
			c.uniqueIndex('webhook_delivery_once').on(t.messageId, t.endpointId),
			c.index('webhook_delivery_due').on(t.endpointId, t.state, t.dueAt),
			c.index('webhook_delivery_list').on(t.endpointId, t.createdAt),
		],
	),

	/** Each try, with the beginning of what was answered. */
	webhookAttempt: c.table(
		'webhook_attempt',
		{
			id: c.id('id').primaryKey(),
			deliveryId: c.text('delivery_id').notNull(),
			endpointId: c.text('endpoint_id').notNull(),
			at: c.instant('at').notNull(),
			tookMs: c.int('took_ms').notNull(),
			status: c.int('status').notNull(),
			error: c.text('error').notNull(),
			/** Sealed with the endpoint's key: another system may answer anything. */
			answer: c.bytes('answer'),
		},
		(t) => [c.index('webhook_attempt_delivery').on(t.deliveryId, t.at)],
	),
});

export const { webhookEndpoint, webhookMessage, webhookDelivery, webhookAttempt } = defineWebhooks(sqliteColumns);
