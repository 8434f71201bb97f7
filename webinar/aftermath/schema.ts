import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { Turnout } from '../attendance/turnout.ts';

/** Tables of what comes after a session. */
export const define = (c: Columns) => ({
	/** One survey per occurrence and registrant; its words are the submission. */
	surveyAnswer: c.table(
		'survey_answer',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			submissionId: c.text('submission_id').notNull(),
			/** 0 to 10, from a field named `score`; null where the form asks none. */
			score: c.int('score'),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.personId] }), c.index('survey_answer_person').on(t.personId)],
	),

	/** A certificate that was taken. Its code is sealed with the person's key, and known by its hash. */
	certificate: c.table(
		'certificate',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			codeHash: c.text('code_hash').notNull().unique(),
			/** Null once the person was erased. */
			sealed: c.bytes('sealed'),
			/** As it is written on it: whole minutes at the time of taking it. */
			minutes: c.int('minutes').notNull(),
			issuedAt: c.instant('issued_at').notNull(),
		},
		(t) => [c.uniqueIndex('certificate_once').on(t.occurrenceId, t.personId), c.index('certificate_person').on(t.personId)],
	),

	/** The one mail after a session, as planned; what it says is decided anew until it goes. */
	followUp: c.table(
		'follow_up',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			registrationId: c.text('registration_id').notNull(),
			class: c.text('class').notNull().$type<Turnout>(),
			dueAt: c.instant('due_at').notNull(),
			decidedAt: c.instant('decided_at').notNull(),
			sentAt: c.instant('sent_at'),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.personId] }), c.index('follow_up_person').on(t.personId)],
	),

	/** A question that came after the end. */
	lateQuestion: c.table(
		'late_question',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** Question and answer, sealed with the asker's key; null once they were erased. */
			sealed: c.bytes('sealed'),
			sealedAnswer: c.bytes('sealed_answer'),
			askedAt: c.instant('asked_at').notNull(),
			answeredAt: c.instant('answered_at'),
			/** Who of the staff answered; '' before. */
			answeredBy: c.text('answered_by').notNull(),
		},
		(t) => [c.index('late_question_occurrence').on(t.occurrenceId, t.askedAt), c.index('late_question_person').on(t.personId)],
	),
});

export const { surveyAnswer, certificate, followUp, lateQuestion } = define(sqliteColumns);
