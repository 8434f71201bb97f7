import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { Definition } from './definition.ts';

/** Tables of experiments: what is tried, and who was shown what first. */
export const defineExperiments = (c: Columns) => ({
	experiment: c.table('experiment', {
		id: c.id('id').primaryKey(),
		/** See {@link STATES}. */
		state: c.text('state').notNull(),
		/** Rises with each start after a change: results count from the start of one version. */
		version: c.int('version').notNull(),
		definition: c.json<Definition>('definition').notNull(),
		/** Part of its layer's line, in hundredths of a percent; both 0 before the first start. */
		rangeFrom: c.int('range_from').notNull(),
		rangeTo: c.int('range_to').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		changedAt: c.instant('changed_at').notNull(),
		/** Of this version. */
		startedAt: c.instant('started_at'),
		endedAt: c.instant('ended_at'),
		/** Key of the variant that is shown to all; null while none is. */
		winner: c.text('winner'),
		/** What editors had written when it was decided: another word of theirs ends the winner. */
		decidedOver: c.text('decided_over'),
	}),

	/** Shares of visitors that are held out from personalisation, by version; what was from the beginning is no row. */
	holdOut: c.table('hold_out', {
		version: c.int('version').primaryKey(),
		percent: c.int('percent').notNull(),
		since: c.instant('since').notNull(),
		changedBy: c.text('changed_by').notNull(),
	}),

	/** Definitions as they ran. */
	experimentVersion: c.table(
		'experiment_version',
		{
			experimentId: c.text('experiment_id').notNull(),
			version: c.int('version').notNull(),
			definition: c.json<Definition>('definition').notNull(),
			startedAt: c.instant('started_at').notNull(),
			startedBy: c.text('started_by').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.experimentId, t.version] })],
	),

	/** The first time a browser was shown a variant, the control included. Only with consent to analytics. */
	experimentExposure: c.table(
		'experiment_exposure',
		{
			experimentId: c.text('experiment_id').notNull(),
			version: c.int('version').notNull(),
			visitorId: c.text('visitor_id').notNull(),
			variant: c.text('variant').notNull(),
			/** It got the variant that its person had seen in another browser: no draw of its own. */
			isCarried: c.boolean('is_carried').notNull(),
			at: c.instant('at').notNull(),
			localDay: c.text('local_day').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.experimentId, t.version, t.visitorId] }), c.index('experiment_exposure_visitor').on(t.visitorId)],
	),
});

export const { experiment, experimentVersion, holdOut, experimentExposure } = defineExperiments(sqliteColumns);
