import { type Columns, sqliteColumns } from '#kernel/columns.ts';

export const defineUpkeep = (c: Columns) => ({
	/** What differs from the shipped times of keeping, and what the last night did. */
	retention: c.table('retention', {
		/** See `RULES` of `rules.ts`. */
		rule: c.id('rule').primaryKey(),
		/** Null: as shipped. */
		days: c.int('days'),
		lastRunAt: c.instant('last_run_at'),
		lastRemoved: c.int('last_removed').notNull(),
	}),
});

export const { retention } = defineUpkeep(sqliteColumns);
