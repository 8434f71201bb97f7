import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Who wants to hear of the next webinar of a series or with a speaker. */
export const define = (c: Columns) => ({
	follow: c.table(
		'webinar_follow',
		{
			personId: c.text('person_id').notNull(),
			/** `series:<slug>` or `speaker:<slug>`. */
			subject: c.text('subject').notNull(),
			since: c.instant('since').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.personId, t.subject] }), c.index('webinar_follow_subject').on(t.subject)],
	),

	/** Occurrences that followers were told of, so that each is told once. */
	followTold: c.table('webinar_follow_told', { occurrenceId: c.text('occurrence_id').notNull(), toldAt: c.instant('told_at').notNull() }, (t) => [
		c.primaryKey({ columns: [t.occurrenceId] }),
	]),
});

export const { follow, followTold } = define(sqliteColumns);
