import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of deals, as sales or their CRM tell of them. They hang on the immutable person, so that merges need no copy; nothing in them is personal. */
export const defineDeals = (c: Columns) => ({
	/** A deal as it stands. */
	deal: c.table(
		'deal',
		{
			id: c.id('id').primaryKey(),
			/** Whom it was told for: the person of the lead who is known longest. */
			personId: c.text('person_id').notNull(),
			/** The other system's own id of it. */
			externalId: c.text('external_id').notNull().unique(),
			/** See {@link DEAL_STATES}. */
			state: c.text('state').notNull(),
			/** A code of why it was lost; '' otherwise. */
			reason: c.text('reason').notNull(),
			/** In the currency's smallest unit; null while nobody has said. */
			amount: c.int('amount'),
			/** ISO 4217; '' without an amount. */
			currency: c.text('currency').notNull(),
			/** Day (company zone) it was won or lost; null while it is open. */
			closedOn: c.text('closed_on'),
			/** When it changed last, as the other system says. */
			changedAt: c.instant('changed_at').notNull(),
			by: c.text('by').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('deal_person').on(t.personId), c.index('deal_closed').on(t.state, t.closedOn)],
	),

	/** Append only: each state and value a deal has had. */
	dealChange: c.table(
		'deal_change',
		{
			id: c.id('id').primaryKey(),
			dealId: c.text('deal_id').notNull(),
			personId: c.text('person_id').notNull(),
			state: c.text('state').notNull(),
			reason: c.text('reason').notNull(),
			amount: c.int('amount'),
			currency: c.text('currency').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('deal_change_person').on(t.personId, t.at)],
	),
});

export const { deal, dealChange } = defineDeals(sqliteColumns);
