import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of hand-over and routing: rules as data with versions, who was handed over to whom, and the clocks that run since. */
export const defineRouting = (c: Columns) => ({
	/** The highest version of a kind holds. */
	workRule: c.table(
		'work_rule',
		{
			/** See {@link RULE_KINDS}. */
			kind: c.text('kind').notNull(),
			version: c.int('version').notNull(),
			body: c.json<unknown>('body').notNull(),
			author: c.text('author').notNull(),
			publishedAt: c.instant('published_at').notNull(),
			/** The version whose rules were taken up again, or null. */
			restored: c.int('restored'),
		},
		(t) => [c.primaryKey({ columns: [t.kind, t.version] })],
	),

	/** A lead given to somebody in sales, and the clock of their first follow-up. */
	handOver: c.table(
		'hand_over',
		{
			id: c.id('id').primaryKey(),
			/** Whom it is about; the lead is the one that they count for. */
			personId: c.text('person_id').notNull(),
			/** See {@link HAND_OVER_CAUSES}. */
			cause: c.text('cause').notNull(),
			/** The decision it came with; null where the lead was with sales already. */
			dispositionId: c.text('disposition_id'),
			/** What they asked for themselves: `quote`, `contact`, `demo`; '' where nobody asked. */
			demand: c.text('demand').notNull(),
			/** Key of the routing rule that chose the owner; '' where a person chose, or none fitted. */
			rule: c.text('rule').notNull(),
			routingVersion: c.int('routing_version').notNull(),
			/** Null: unassigned. */
			owner: c.text('owner'),
			at: c.instant('at').notNull(),
			remindAt: c.instant('remind_at').notNull(),
			dueAt: c.instant('due_at').notNull(),
			escalateAt: c.instant('escalate_at').notNull(),
			/** Null: it stays with the owner. */
			reassignAt: c.instant('reassign_at'),
			/** How many of these came to pass: 1 reminded, 2 escalated, 3 passed on. */
			step: c.int('step').notNull(),
			/** When the next of them is due; null: none is left. */
			nextAt: c.instant('next_at'),
			/** See {@link CLOCK_STATES}. */
			state: c.text('state').notNull(),
			endedAt: c.instant('ended_at'),
			/** The contact that stopped the clock. */
			interactionId: c.text('interaction_id'),
			/** How often it was passed on before. */
			passes: c.int('passes').notNull(),
		},
		(t) => [
			c.index('hand_over_next').on(t.state, t.nextAt),
			c.index('hand_over_owner').on(t.state, t.owner),
			c.index('hand_over_person').on(t.personId, t.at),
			c.index('hand_over_disposition').on(t.dispositionId),
			c.index('hand_over_at').on(t.at),
		],
	),

	/** Where a round robin stands: what each member has in hand. */
	routingTurn: c.table(
		'routing_turn',
		{ rule: c.text('rule').notNull(), staffId: c.text('staff_id').notNull(), credit: c.int('credit').notNull() },
		(t) => [c.primaryKey({ columns: [t.rule, t.staffId] })],
	),

	/** Days on which somebody takes no leads. */
	staffAbsence: c.table(
		'staff_absence',
		{
			id: c.id('id').primaryKey(),
			staffId: c.text('staff_id').notNull(),
			/** First and last day, `2026-03-02`. */
			from: c.text('from_day').notNull(),
			until: c.text('until_day').notNull(),
			/** Who takes them instead; '' for the next rule. */
			deputy: c.text('deputy').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('staff_absence_until').on(t.until)],
	),
});

export const { workRule, handOver, routingTurn, staffAbsence } = defineRouting(sqliteColumns);
