import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { AttendeeFacts } from './attendee.ts';

/** Lists of attendees from other platforms. */
export const define = (c: Columns) => ({
	attendeeImport: c.table(
		'attendee_import',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			/** The list of people that gating made of it. */
			peopleImportId: c.text('people_import_id').notNull(),
			/** Of the file: the same file for the same occurrence is the same import. */
			fileHash: c.text('file_hash').notNull(),
			format: c.text('format').notNull(),
			/** By row of that list, from 1: times and numbers, nothing that names anybody. */
			attendees: c.json<readonly AttendeeFacts[]>('attendees').notNull(),
			/** Rows of the file that were left out, with the reason. */
			refused: c.json<readonly { readonly line: number; readonly reason: string }[]>('refused').notNull(),
			state: c.text('state').notNull().$type<'checked' | 'done'>(),
			createdAt: c.instant('created_at').notNull(),
			doneAt: c.instant('done_at'),
		},
		(t) => [c.uniqueIndex('attendee_import_file').on(t.occurrenceId, t.fileHash)],
	),
});

export const { attendeeImport } = define(sqliteColumns);
