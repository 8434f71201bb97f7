import type { LocalisedText } from '#cms/content.ts';
import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { BannerPlace } from './banner.ts';

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

	/** The line on the site that leads to an occurrence. */
	siteBanner: c.table('webinar_banner', {
		occurrenceId: c.id('occurrence_id').primaryKey(),
		isOn: c.boolean('is_on').notNull(),
		fromAt: c.instant('from_at').notNull(),
		/** Null: until the start, wherever that moves. */
		untilAt: c.instant('until_at'),
		places: c.json<readonly BannerPlace[]>('places').notNull(),
		/** '' in a language: its default. */
		text: c.json<LocalisedText>('text').notNull(),
		/** Query that counts who comes by it, with the question mark. */
		tags: c.text('tags').notNull(),
		updatedAt: c.instant('updated_at').notNull(),
		updatedBy: c.text('updated_by').notNull(),
	}),

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

export const { invitation, runSheet, siteBanner } = define(sqliteColumns);
