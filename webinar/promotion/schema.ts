import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of what brings people to a webinar, and of how it is to go. */
export const define = (c: Columns) => ({
	/** Who was invited by mail, once to each occurrence. */
	invitation: c.table(
		'webinar_invitation',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			segmentId: c.text('segment_id').notNull(),
			orderedAt: c.instant('ordered_at').notNull(),
			/** When it was handed to the mail server; null while it waits, and when it was dropped. */
			sentAt: c.instant('sent_at'),
			/** Why it was not sent: `no-consent`, `registered`, `erased`, `over`; '' else. */
			dropped: c.text('dropped').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.personId] })],
	),

	/** How the host means an occurrence to go. */
	runSheet: c.table('run_sheet', {
		occurrenceId: c.id('occurrence_id').primaryKey(),
		/** People wanted; null: none named. */
		target: c.int('target'),
		highlights: c.text('highlights').notNull(),
		lines: c.json<readonly RunSheetLine[]>('lines').notNull(),
		/** Keys of the checklist that are done. */
		done: c.json<readonly string[]>('done').notNull(),
		updatedAt: c.instant('updated_at').notNull(),
		updatedBy: c.text('updated_by').notNull(),
	}),
});

/** One line of a run sheet. */
export interface RunSheetLine {
	/** From the start; before it when negative. */
	readonly minute: number;
	readonly what: string;
	/** Who does it. */
	readonly who: string;
}

export const { invitation, runSheet } = define(sqliteColumns);
