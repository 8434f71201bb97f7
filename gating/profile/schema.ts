import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** What slots of the site showed to whom. What else a profile knows is worked out from events and profiles of people. */
export const defineProfiles = (c: Columns) => ({
	/** How often a browser that agreed to be measured was shown a piece in a slot on a local day. Clicks are events of type `slot.click`. */
	slotImpression: c.table(
		'slot_impression',
		{
			visitorId: c.text('visitor_id').notNull(),
			slot: c.text('slot').notNull(),
			/** `<type>:<content id>`. */
			subject: c.text('subject').notNull(),
			localDay: c.text('local_day').notNull(),
			/** Where it stood at first that day; from 1. */
			position: c.int('position').notNull(),
			/** It stood there by the editors' order, because the visitor is held out for comparison. */
			isControl: c.boolean('is_control').notNull(),
			/** Pages on which it was served. */
			count: c.int('count').notNull(),
			firstAt: c.instant('first_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.visitorId, t.slot, t.subject, t.localDay] }), c.index('slot_impression_day').on(t.localDay, t.slot)],
	),
});

export const { slotImpression } = defineProfiles(sqliteColumns);
