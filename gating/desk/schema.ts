import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { BulkAct, BulkChange, BulkScope } from './act.ts';

/** Tables of working many leads at once: views of the list, and what was done to many, lead by lead, so that it can be undone. */
export const defineDesk = (c: Columns) => ({
	/** A saved way of looking at the list of leads. */
	leadView: c.table(
		'lead_view',
		{
			id: c.id('id').primaryKey(),
			name: c.text('name').notNull(),
			/** Id of the member of staff who saved it. */
			owner: c.text('owner').notNull(),
			/** Everybody sees it. */
			isShared: c.boolean('is_shared').notNull(),
			/** Filters, order and columns as the list's address has them. */
			query: c.text('query').notNull(),
			changedAt: c.instant('changed_at').notNull(),
		},
		(t) => [c.index('lead_view_owner').on(t.owner)],
	),

	/** With which view somebody begins. */
	leadViewDefault: c.table('lead_view_default', {
		staffId: c.id('staff_id').primaryKey(),
		viewId: c.text('view_id').notNull(),
	}),

	/** One act on many leads. */
	bulk: c.table('lead_bulk', {
		id: c.id('id').primaryKey(),
		act: c.json<BulkAct>('act').notNull(),
		scope: c.json<BulkScope>('scope').notNull(),
		/** Who did it, with the rights they had. */
		by: c.text('by').notNull(),
		/** See {@link BulkState}. */
		state: c.text('state').notNull(),
		createdAt: c.instant('created_at').notNull(),
		settledAt: c.instant('settled_at'),
		undoneBy: c.text('undone_by'),
	}),

	/** What it did to each lead. */
	bulkLead: c.table(
		'lead_bulk_lead',
		{
			bulkId: c.text('bulk_id').notNull(),
			leadId: c.text('lead_id').notNull(),
			/** `waiting`, `done`, `skipped`, `undone`, `kept` (changed since, so it stays). */
			state: c.text('state').notNull(),
			/** What was changed, to undo exactly that. */
			change: c.json<BulkChange>('change'),
		},
		(t) => [c.primaryKey({ columns: [t.bulkId, t.leadId] }), c.index('lead_bulk_lead_state').on(t.bulkId, t.state, t.leadId)],
	),
});

export const { bulk, bulkLead, leadView, leadViewDefault } = defineDesk(sqliteColumns);
