import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of what people agreed to, and the words they agreed to. */
export const defineConsents = (c: Columns) => ({
	/** Each answer to a consent question; the newest per purpose holds. */
	consent: c.table(
		'consent',
		{
			id: c.id('id').primaryKey(),
			visitorId: c.text('visitor_id'),
			personId: c.text('person_id'),
			purpose: c.text('purpose').notNull(),
			given: c.boolean('given').notNull(),
			/** SHA-256 of the frozen wording. */
			textHash: c.text('text_hash').notNull(),
			/** `banner`, `form:<key>`, `preferences`, `api`, `import`. */
			how: c.text('how').notNull(),
			channel: c.text('channel').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('consent_person').on(t.personId, t.purpose, t.at), c.index('consent_visitor').on(t.visitorId, t.purpose, t.at)],
	),

	/** Wordings people agreed to, frozen. */
	consentText: c.table('consent_text', {
		hash: c.id('hash').primaryKey(),
		purpose: c.text('purpose').notNull(),
		locale: c.text('locale').notNull(),
		title: c.text('title').notNull(),
		text: c.text('text').notNull(),
		firstSeenAt: c.instant('first_seen_at').notNull(),
	}),
});

export const { consent, consentText } = defineConsents(sqliteColumns);
