import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { RecordingState } from '../recording/recording.ts';

/** `staff`: of the console. `link`: a speaker without an account. `registrant`: somebody of the audience whom the host called. */
export type SeatKind = 'staff' | 'link' | 'registrant';

/** Tables of the stage and of what is recorded of it. */
export const define = (c: Columns) => ({
	/** Who is more than a viewer at an occurrence, or less. Tokens of the media server are minted from these rows and nothing else. */
	stageSeat: c.table(
		'stage_seat',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			kind: c.text('kind').notNull().$type<SeatKind>(),
			/** Id of the staff account or registration; the seat's own for a link. */
			holderId: c.text('holder_id').notNull(),
			/** Opaque name in the media room. */
			identity: c.text('identity').notNull(),
			role: c.text('role').notNull().$type<'host' | 'speaker' | 'viewer'>(),
			/** The host called and no answer came yet. */
			calledAt: c.instant('called_at'),
			/** Name of a speaker by link, sealed by itself; null for others, whose names lie elsewhere. */
			sealedName: c.bytes('sealed_name'),
			/** Hash of a link's secret; '' for others. */
			linkHash: c.text('link_hash').notNull(),
			/** The link opens nothing any more. */
			revokedAt: c.instant('revoked_at'),
			/** May not be at the occurrence at all. */
			bannedAt: c.instant('banned_at'),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.uniqueIndex('stage_seat_identity').on(t.occurrenceId, t.identity), c.index('stage_seat_holder').on(t.holderId)],
	),

	/** What was recorded of an occurrence, by the media server or as a file of the host's. */
	recording: c.table(
		'recording',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			source: c.text('source').notNull().$type<'egress' | 'upload'>(),
			state: c.text('state').notNull().$type<RecordingState>(),
			/** Id of the recorder's job; '' for a file of the host's. */
			jobId: c.text('job_id').notNull(),
			/** Key in the file store; '' while there is none. */
			fileKey: c.text('file_key').notNull(),
			mediaType: c.text('media_type').notNull(),
			sizeBytes: c.int('size_bytes').notNull(),
			durationSeconds: c.int('duration_seconds'),
			/** A code of why there is none; '' otherwise. */
			problem: c.text('problem').notNull(),
			createdAt: c.instant('created_at').notNull(),
			readyAt: c.instant('ready_at'),
		},
		(t) => [c.index('recording_occurrence').on(t.occurrenceId), c.index('recording_job').on(t.jobId)],
	),
});

export const { stageSeat, recording } = define(sqliteColumns);
