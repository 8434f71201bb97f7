import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of cleaning. Values are never here: a hit names the field, and the field's value lies sealed where it belongs. */
export const defineCleaning = (c: Columns) => ({
	/** A rule that fired on one field of one person. */
	cleaningHit: c.table(
		'cleaning_hit',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** `submission:<id>` or `import:<id>`. */
			origin: c.text('origin').notNull(),
			rule: c.text('rule').notNull(),
			field: c.text('field').notNull(),
			/** `flag` or `quarantine`. */
			outcome: c.text('outcome').notNull(),
			at: c.instant('at').notNull(),
			releasedAt: c.instant('released_at'),
			releasedBy: c.text('released_by'),
		},
		(t) => [c.index('cleaning_hit_person').on(t.personId, t.at), c.index('cleaning_hit_origin').on(t.origin)],
	),

	/** What staff released: the rule no longer fires on this value. `hash` is keyed. */
	cleaningAllow: c.table(
		'cleaning_allow',
		{
			rule: c.text('rule').notNull(),
			hash: c.text('hash').notNull(),
			/** Whom it was released for; goes when they are erased. */
			personId: c.text('person_id').notNull(),
			by: c.text('released_by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.rule, t.hash] }), c.index('cleaning_allow_person').on(t.personId)],
	),
});

export const { cleaningHit, cleaningAllow } = defineCleaning(sqliteColumns);
