import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** What was searched for: counts by day, the words once they belong to nobody, and what editors do about it. */
export const defineSearchLog = (c: Columns) => ({
	/** One query in one language; its words are sealed until enough people asked it. */
	searchWords: c.table(
		'search_words',
		{
			/** `<language>:<keyed hash of the words>`. */
			id: c.id('id').primaryKey(),
			locale: c.text('locale').notNull(),
			/** Sealed alone; null once `words` holds them. */
			sealed: c.bytes('sealed'),
			/** Normalised words; null while too few asked. */
			words: c.text('words'),
			/** Different local days it was asked on. */
			days: c.int('days').notNull(),
			/** Different browsers that agreed to be measured. */
			askers: c.int('askers').notNull(),
			lastDay: c.text('last_day').notNull(),
			lastAt: c.instant('last_at').notNull(),
		},
		(t) => [c.index('search_words_last').on(t.lastAt)],
	),

	/** How often it was asked on a local day, by anybody. */
	searchDay: c.table(
		'search_day',
		{
			wordsId: c.text('words_id').notNull(),
			day: c.text('day').notNull(),
			locale: c.text('locale').notNull(),
			asked: c.int('asked').notNull(),
			/** Times nothing was found. */
			unanswered: c.int('unanswered').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.wordsId, t.day] }), c.index('search_day_day').on(t.day)],
	),

	/** Browsers that asked, told apart for this query only and until its words are shown. */
	searchAsker: c.table(
		'search_asker',
		{
			wordsId: c.text('words_id').notNull(),
			/** Keyed hash of query and browser: the same browser has another one at another query. */
			asker: c.text('asker').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.wordsId, t.asker] })],
	),

	/** Something to write because it was looked for and not found. */
	searchTask: c.table(
		'search_task',
		{
			id: c.id('id').primaryKey(),
			wordsId: c.text('words_id').notNull(),
			locale: c.text('locale').notNull(),
			/** The query, as it was shown when the task was made. */
			words: c.text('words').notNull(),
			/** Id of a member of staff. */
			assignee: c.text('assignee').notNull(),
			note: c.text('note').notNull(),
			createdBy: c.text('created_by').notNull(),
			createdAt: c.instant('created_at').notNull(),
			doneBy: c.text('done_by'),
			doneAt: c.instant('done_at'),
		},
		(t) => [c.index('search_task_done').on(t.doneAt, t.createdAt)],
	),
});

export const { searchAsker, searchDay, searchTask, searchWords } = defineSearchLog(sqliteColumns);
