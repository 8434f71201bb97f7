import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { MessageChannel, MessageClass, MessageState } from './message.ts';

/** Tables of what is sent to people: the queue, why each message went or did not, and where nothing may go. Ids and codes only. */
export const defineMessages = (c: Columns) => ({
	message: c.table(
		'message',
		{
			/** Also its Message-ID, so that a try that is repeated can be told from a new mail. */
			id: c.id('id').primaryKey(),
			key: c.text('key').notNull().unique(),
			personId: c.text('person_id').notNull(),
			class: c.text('class').notNull().$type<MessageClass>(),
			channel: c.text('channel').notNull().$type<MessageChannel>(),
			origin: c.text('origin').notNull(),
			/** Who makes its words; '' for what another part sends by itself. */
			composer: c.text('composer').notNull(),
			params: c.json<Readonly<Record<string, string>>>('params').notNull(),
			/** When it is looked at next. */
			dueAt: c.instant('due_at').notNull(),
			/** When it was meant to go. */
			plannedAt: c.instant('planned_at').notNull(),
			latestAt: c.instant('latest_at'),
			priority: c.int('priority').notNull(),
			state: c.text('state').notNull().$type<MessageState>(),
			/** A code: why it stands where it stands; '' while nothing was decided. */
			reason: c.text('reason').notNull(),
			/** While it is being sent: until when nobody else takes it up. */
			claimedUntil: c.instant('claimed_until'),
			/** When it took its place under the caps; null while it has none. */
			takenAt: c.instant('taken_at'),
			/** The place kept for it among mails to one domain; null while it has none. */
			reservedAt: c.instant('reserved_at'),
			attempts: c.int('attempts').notNull(),
			/** What came back after it was sent: `soft`, `hard`, `complaint`; '' for nothing. */
			answer: c.text('answer').notNull(),
			createdAt: c.instant('created_at').notNull(),
			settledAt: c.instant('settled_at'),
		},
		(t) => [
			c.index('message_due').on(t.state, t.dueAt),
			c.index('message_person').on(t.personId, t.createdAt),
			c.index('message_taken').on(t.personId, t.takenAt),
			c.index('message_origin').on(t.origin, t.state),
			c.index('message_list').on(t.state, t.id),
			// Mails of the outbox have no composer: those that wait are few.
			c.index('message_composer').on(t.composer, t.state),
			// Counts read this index alone.
			c.index('message_reason').on(t.state, t.reason),
		],
	),

	/** Everything that was decided of a message, in order. */
	messageDecision: c.table(
		'message_decision',
		{
			id: c.id('id').primaryKey(),
			messageId: c.text('message_id').notNull(),
			at: c.instant('at').notNull(),
			/** The state it led to, or `answered` for what came back. */
			verdict: c.text('verdict').notNull(),
			reason: c.text('reason').notNull(),
			/** Of a deferral. */
			until: c.instant('until'),
		},
		(t) => [c.index('message_decision_message').on(t.messageId, t.at)],
	),

	/** Addresses that nothing but answers goes to. */
	suppression: c.table(
		'suppression',
		{
			id: c.id('id').primaryKey(),
			channel: c.text('channel').notNull().$type<MessageChannel>(),
			/** Keyed hash of the address. */
			hash: c.text('hash').notNull(),
			personId: c.text('person_id'),
			/** `hard-bounce`, `soft-bounces`, `complaint`, `by-hand`. */
			reason: c.text('reason').notNull(),
			/** `system` or `staff:<id>`. */
			actor: c.text('actor').notNull(),
			at: c.instant('at').notNull(),
			liftedAt: c.instant('lifted_at'),
			liftedBy: c.text('lifted_by'),
		},
		(t) => [
			c.index('suppression_hash').on(t.hash, t.liftedAt),
			c.index('suppression_person').on(t.personId),
			c.index('suppression_at').on(t.at, t.id),
		],
	),

	/** Versions of the settings of delivery; the newest holds. */
	messageSettings: c.table('message_settings', {
		version: c.int('version').primaryKey(),
		body: c.json<unknown>('body').notNull(),
		by: c.text('by').notNull(),
		at: c.instant('at').notNull(),
	}),

	/** Where a rate stands: of a receiving domain the next free moment, of a local day how many went. */
	messageRate: c.table('message_rate', {
		/** `domain:<name>` or `day:<local day>`. */
		key: c.id('key').primaryKey(),
		/** Epoch milliseconds, or a count. */
		value: c.int('value').notNull(),
	}),
});

export const { message, messageDecision, suppression, messageSettings, messageRate } = defineMessages(sqliteColumns);
