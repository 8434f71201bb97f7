import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Reports that are sent to staff by mail; nobody else is in here. */
export const defineResults = (c: Columns) => ({
	reportSchedule: c.table('report_schedule', {
		id: c.id('id').primaryKey(),
		/** Codes. */
		reports: c.json<readonly string[]>('reports').notNull(),
		/** Ids of staff. */
		recipients: c.json<readonly string[]>('recipients').notNull(),
		/** `weekly` or `monthly`. */
		rhythm: c.text('rhythm').notNull(),
		/** 1 (Monday) to 7, or 1 to 28 of a month. */
		day: c.int('day').notNull(),
		/** 0 to 23 in the company's zone. */
		hour: c.int('hour').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		/** When it is sent next; null once stopped. */
		nextAt: c.instant('next_at'),
		lastSentAt: c.instant('last_sent_at'),
		stoppedAt: c.instant('stopped_at'),
	}),
});

export const { reportSchedule } = defineResults(sqliteColumns);
