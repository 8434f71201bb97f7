import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** How somebody was found at the door: by the code of their ticket, scanned or typed, by name, or they had none. */
export type CheckInHow = 'scan' | 'code' | 'name' | 'walk-in';

/** Tables of what happens at the door. */
export const define = (c: Columns) => ({
	/** Who came in, once each. The id is the phone's own, so that what is sent twice counts once. */
	checkIn: c.table(
		'check_in',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			registrationId: c.text('registration_id').notNull(),
			how: c.text('how').notNull().$type<CheckInHow>(),
			/** By the phone's clock, within what the hub believes. */
			at: c.instant('at').notNull(),
			receivedAt: c.instant('received_at').notNull(),
			/** `staff:<id>`. */
			actor: c.text('actor').notNull(),
		},
		(t) => [c.uniqueIndex('check_in_once').on(t.occurrenceId, t.personId)],
	),
});

export const { checkIn } = define(sqliteColumns);
