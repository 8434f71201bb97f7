import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { JourneyDefinition, Outcome } from './definition.ts';

/** Tables of journeys. They hold ids and codes: names of people never. */
export const defineJourneys = (c: Columns) => ({
	journey: c.table('journey', {
		id: c.id('id').primaryKey(),
		/** See {@link STATES}. */
		state: c.text('state').notNull(),
		/** The version that takes people in; 0 before the first. */
		version: c.int('version').notNull(),
		/** What is being written. */
		draft: c.json<JourneyDefinition>('draft').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		changedAt: c.instant('changed_at').notNull(),
		/** Nothing that happened before takes anybody in. */
		since: c.instant('since'),
		/** When it was last worked out whom its conditions hold for; null: never since it was published. */
		sweptAt: c.instant('swept_at'),
	}),

	/** Definitions as they were published; never changed. */
	journeyVersion: c.table(
		'journey_version',
		{
			journeyId: c.text('journey_id').notNull(),
			version: c.int('version').notNull(),
			definition: c.json<JourneyDefinition>('definition').notNull(),
			publishedAt: c.instant('published_at').notNull(),
			publishedBy: c.text('published_by').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.journeyId, t.version] })],
	),

	/** Leads that the conditions of a trigger held for when they were looked at last: coming in is a change. */
	journeyMember: c.table('journey_member', { journeyId: c.text('journey_id').notNull(), leadId: c.text('lead_id').notNull() }, (t) => [
		c.primaryKey({ columns: [t.journeyId, t.leadId] }),
		c.index('journey_member_lead').on(t.leadId),
	]),

	/** Something to be looked at, once: put in with the fact itself and taken out when it was looked at, so that none is missed. */
	journeySignal: c.table('journey_signal', {
		/** `lead:<id>`, or `outcome:<occurrence>:<person>`. */
		id: c.id('id').primaryKey(),
		leadId: c.text('lead_id'),
		personId: c.text('person_id'),
		data: c.json<Occasion>('data').notNull(),
		at: c.instant('at').notNull(),
	}),

	/** Somebody's way through a version. */
	journeyEnrolment: c.table(
		'journey_enrolment',
		{
			id: c.id('id').primaryKey(),
			journeyId: c.text('journey_id').notNull(),
			version: c.int('version').notNull(),
			personId: c.text('person_id').notNull(),
			/** What took them in; of one occasion they come in once. */
			occasion: c.text('occasion').notNull(),
			data: c.json<Occasion>('data').notNull(),
			/** `active`, `held` while the journey is paused, `done`, `left`. */
			state: c.text('state').notNull(),
			/** Why it ended; '' before. */
			reason: c.text('reason').notNull(),
			step: c.text('step').notNull(),
			/** When they came to the step. */
			since: c.instant('since').notNull(),
			/** When the wait they are in ends at the latest. */
			until: c.instant('until'),
			/** When the step is looked at next. */
			dueAt: c.instant('due_at').notNull(),
			/** Something that happens may move them on before. */
			isWatched: c.boolean('is_watched').notNull(),
			/** How many lines its trail has. */
			place: c.int('place').notNull(),
			enteredAt: c.instant('entered_at').notNull(),
			endedAt: c.instant('ended_at'),
		},
		(t) => [
			c.uniqueIndex('journey_enrolment_once').on(t.journeyId, t.personId, t.occasion),
			c.index('journey_enrolment_due').on(t.state, t.dueAt, t.id),
			c.index('journey_enrolment_person').on(t.personId),
			c.index('journey_enrolment_counts').on(t.journeyId, t.state, t.reason, t.version, t.step),
		],
	),

	/** What happened at each step, and why. */
	journeyTrail: c.table(
		'journey_trail',
		{
			enrolmentId: c.text('enrolment_id').notNull(),
			/** Counts the steps of an enrolment: none is taken twice. */
			place: c.int('place').notNull(),
			personId: c.text('person_id').notNull(),
			journeyId: c.text('journey_id').notNull(),
			version: c.int('version').notNull(),
			step: c.text('step').notNull(),
			/** Kind of the step: `message`; `entered` and `left` at the ends. */
			kind: c.text('kind').notNull(),
			/** A code: `done`, `yes`, `came`, `late`, `arm-2`, or why they left. */
			because: c.text('because').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.enrolmentId, t.place] }), c.index('journey_trail_person').on(t.personId, t.at)],
	),

	/** Something that a journey asks staff to do. */
	journeyTask: c.table(
		'journey_task',
		{
			id: c.id('id').primaryKey(),
			enrolmentId: c.text('enrolment_id').notNull(),
			journeyId: c.text('journey_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** As the journey words it. */
			words: c.text('words').notNull(),
			dueAt: c.instant('due_at').notNull(),
			madeAt: c.instant('made_at').notNull(),
			doneAt: c.instant('done_at'),
			/** `staff:<id>`; '' before. */
			doneBy: c.text('done_by').notNull(),
		},
		(t) => [c.index('journey_task_person').on(t.personId), c.index('journey_task_open').on(t.doneAt, t.dueAt)],
	),
});

/** `draft`: never published; `live`; `paused`: nobody moves; `stopped`: everybody left, nobody comes in. */
export const STATES = ['draft', 'live', 'paused', 'stopped'] as const;
export type JourneyState = (typeof STATES)[number];

/** What took somebody in, in ids and codes. */
export interface Occasion {
	/** `<type>:<content id>` of what it was about. */
	readonly subject?: string;
	readonly occurrenceId?: string;
	readonly outcome?: Outcome;
}

export const { journey, journeyVersion, journeyMember, journeySignal, journeyEnrolment, journeyTrail, journeyTask } = defineJourneys(sqliteColumns);
