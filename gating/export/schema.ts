import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of exports. What somebody typed into a search is not kept: only its key. */
export const defineExports = (c: Columns) => ({
	/** A list as a file: made by a job, encrypted under its own key, gone after a day. */
	exportFile: c.table(
		'export_file',
		{
			id: c.id('id').primaryKey(),
			/** Which list; see {@link ExportList}. */
			list: c.text('list').notNull(),
			/** `csv` or `xlsx`. */
			format: c.text('format').notNull(),
			columns: c.json<readonly string[]>('columns').notNull(),
			/** What the list is asked for, sealed: it may hold a name. Null once the file is gone. */
			query: c.bytes('query'),
			/** Wraps query and file; null once the file is gone. */
			dataKey: c.text('data_key'),
			locale: c.text('locale').notNull(),
			/** `staff:<id>` or `api:<token name>`; nobody else fetches it. */
			actor: c.text('actor').notNull(),
			origin: c.text('origin').notNull(),
			seesPeople: c.boolean('sees_people').notNull(),
			/** Whether names, mails and the like stand in it. */
			hasPeople: c.boolean('has_people').notNull(),
			/** See {@link ExportState}. */
			state: c.text('state').notNull(),
			rows: c.int('rows').notNull(),
			createdAt: c.instant('created_at').notNull(),
			settledAt: c.instant('settled_at'),
		},
		(t) => [c.index('export_file_actor').on(t.actor, t.createdAt)],
	),
});

export const { exportFile } = defineExports(sqliteColumns);
