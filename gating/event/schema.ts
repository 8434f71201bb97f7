import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** What visitors and leads do. */
export const defineEvents = (c: Columns) => ({
	/** Behaviour, as named by the catalogue. Stored only with consent, or on a basis of its own (`basis`). */
	event: c.table(
		'event',
		{
			/** Made by the sender: the same id is stored once. */
			id: c.id('id').primaryKey(),
			type: c.text('type').notNull(),
			/** Version of the catalogue entry it was validated by. */
			version: c.int('version').notNull(),
			at: c.instant('at').notNull(),
			receivedAt: c.instant('received_at').notNull(),
			/** Local day (company zone) for reports. */
			localDay: c.text('local_day').notNull(),
			visitorId: c.text('visitor_id'),
			personId: c.text('person_id'),
			/** `<type>:<content id>` or ''. */
			subject: c.text('subject').notNull(),
			props: c.json<Record<string, string | number | boolean>>('props').notNull(),
			/** `consent` or `necessary`. */
			basis: c.text('basis').notNull(),
		},
		(t) => [
			c.index('event_person').on(t.personId, t.at),
			c.index('event_visitor').on(t.visitorId, t.at),
			c.index('event_type').on(t.type, t.localDay, t.personId, t.subject, t.at),
		],
	),
});

export const { event } = defineEvents(sqliteColumns);
