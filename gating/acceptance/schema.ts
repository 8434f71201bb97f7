import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { AcceptanceModel } from './chance.ts';

/** What was learnt from decisions of sales. */
export const defineAcceptance = (c: Columns) => ({
	/** Versions of the model that says how likely sales accepts a lead; the highest holds. */
	acceptanceModel: c.table('acceptance_model', {
		version: c.int('version').primaryKey(),
		trainedAt: c.instant('trained_at').notNull(),
		model: c.json<AcceptanceModel>('model').notNull(),
	}),
});

export const { acceptanceModel } = defineAcceptance(sqliteColumns);
