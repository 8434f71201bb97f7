import type { Columns } from '#kernel/columns.ts';

/** Tables of replays: until when who may watch, and how much of a recording they watched. */
export const defineReplay = (c: Columns) => ({
	/** What holds for replays of one webinar; without a row the house rule. */
	replayTerms: c.table('replay_terms', {
		webinarId: c.text('webinar_id').primaryKey(),
		kind: c.text('kind').notNull().$type<'first-play' | 'until' | 'open' | 'closed'>(),
		hours: c.int('hours').notNull(),
		untilAt: c.instant('until_at'),
		/** Path of an HLS playlist on this site; '' for none. */
		hlsPath: c.text('hls_path').notNull(),
		/** Where in the recording the programme starts. */
		offsetSeconds: c.int('offset_seconds').notNull(),
	}),

	/** A person's replay of one occurrence. */
	replayPass: c.table(
		'replay_pass',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			createdAt: c.instant('created_at').notNull(),
			firstPlayedAt: c.instant('first_played_at'),
			/** The host gave more time than the terms do. */
			extendedUntil: c.instant('extended_until'),
			/** They asked for more time; null once it was answered. */
			askedAt: c.instant('asked_at'),
			watchedSeconds: c.int('watched_seconds').notNull(),
			/** Different seconds of the recording. */
			uniqueSeconds: c.int('unique_seconds').notNull(),
			lastWatchedAt: c.instant('last_watched_at'),
			settledAt: c.instant('settled_at'),
		},
		(t) => [c.uniqueIndex('replay_pass_once').on(t.occurrenceId, t.personId), c.index('replay_pass_person').on(t.personId)],
	),

	/** One page's watching without a break, by signed beats with the place in the recording. */
	replayView: c.table(
		'replay_view',
		{
			id: c.id('id').primaryKey(),
			passId: c.text('pass_id').notNull(),
			startedAt: c.instant('started_at').notNull(),
			lastSeenAt: c.instant('last_seen_at').notNull(),
			watchedMs: c.int('watched_ms').notNull(),
			/** Seconds of the recording, from and to, in order and apart. */
			ranges: c.json<readonly (readonly [number, number])[]>('ranges').notNull(),
		},
		(t) => [c.index('replay_view_pass').on(t.passId)],
	),

	/** Own answers to the polls of the original, told apart from those given live. */
	replayAnswer: c.table(
		'replay_answer',
		{
			passId: c.text('pass_id').notNull(),
			poll: c.text('poll').notNull(),
			option: c.int('option').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.passId, t.poll] })],
	),
});
