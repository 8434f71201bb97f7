import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of screening: sheets as data with versions, and what people answered. */
export const defineScreening = (c: Columns) => ({
	/** The highest version of a key holds. */
	screeningSheet: c.table(
		'screening_sheet',
		{
			/** `default`, or of a campaign's own. */
			key: c.text('key').notNull(),
			version: c.int('version').notNull(),
			/** Null: for every campaign without a sheet of its own. */
			campaignId: c.text('campaign_id'),
			sheet: c.json<unknown>('sheet').notNull(),
			author: c.text('author').notNull(),
			publishedAt: c.instant('published_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.key, t.version] })],
	),

	/** One answer of a person; the newest to a question counts. */
	screeningAnswer: c.table(
		'screening_answer',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			sheetKey: c.text('sheet_key').notNull(),
			sheetVersion: c.int('sheet_version').notNull(),
			question: c.text('question').notNull(),
			/** See {@link VERDICTS}. */
			verdict: c.text('verdict').notNull(),
			/** Key of the chosen option, or ''. */
			choice: c.text('choice').notNull(),
			words: c.bytes('words'),
			/** `need`, `budget`, `ability` or '': what a credible answer stands for. */
			tick: c.text('tick').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('screening_answer_person').on(t.personId, t.at)],
	),
});

export const { screeningSheet, screeningAnswer } = defineScreening(sqliteColumns);
