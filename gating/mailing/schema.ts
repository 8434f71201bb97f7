import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { MailingState, RunState, SkipCounts, Variant } from './mailing.ts';

/** Tables of mailings. Words are in the CMS, messages in the queue: here is who gets what and when. */
export const defineMailings = (c: Columns) => ({
	mailing: c.table(
		'mailing',
		{
			id: c.id('id').primaryKey(),
			name: c.text('name').notNull().unique(),
			/** '' for everybody. */
			segmentId: c.text('segment_id').notNull(),
			template: c.text('template').notNull(),
			/** What the second variant differs in: `none`, `subject`, `template`. */
			trial: c.text('trial').notNull(),
			/** Key of the other template, or the other subject in both languages. */
			templateB: c.text('template_b').notNull(),
			subjectBEn: c.text('subject_b_en').notNull(),
			subjectBZh: c.text('subject_b_zh').notNull(),
			/** Percent of the people who get either variant before the rest gets the better one; 100: everybody gets either. */
			trialShare: c.int('trial_share').notNull(),
			trialHours: c.int('trial_hours').notNull(),
			/** The variant that everybody gets from now on; '' while none is. */
			winner: c.text('winner').notNull().$type<Variant>(),
			/** `once`, `weekly`, `monthly`. */
			rhythm: c.text('rhythm').notNull(),
			/** Reading of a clock: `2026-11-30T09:00`. */
			firstAt: c.text('first_at').notNull(),
			/** By each person's own clock, not by the company's. */
			isLocal: c.boolean('is_local').notNull(),
			state: c.text('state').notNull().$type<MailingState>(),
			/** Start of the next run; null when there is none. */
			nextAt: c.instant('next_at'),
			/** Raised with each start after a pause: part of keys. */
			generation: c.int('generation').notNull(),
			tacticId: c.text('tactic_id'),
			createdBy: c.text('created_by').notNull(),
			createdAt: c.instant('created_at').notNull(),
			changedAt: c.instant('changed_at').notNull(),
			/** Who asked for it to be sent, and for how many people it was then. */
			submittedBy: c.text('submitted_by').notNull(),
			submittedFor: c.int('submitted_for').notNull(),
			approvedBy: c.text('approved_by').notNull(),
			approvedAt: c.instant('approved_at'),
		},
		(t) => [c.index('mailing_next').on(t.state, t.nextAt)],
	),

	/** One sending of a mailing. */
	mailingRun: c.table(
		'mailing_run',
		{
			id: c.id('id').primaryKey(),
			mailingId: c.text('mailing_id').notNull(),
			plannedAt: c.instant('planned_at').notNull(),
			startedAt: c.instant('started_at').notNull(),
			state: c.text('state').notNull().$type<RunState>(),
			/** Id of the last lead that was looked at. */
			cursor: c.text('cursor').notNull(),
			posted: c.int('posted').notNull(),
			skipped: c.json<SkipCounts>('skipped').notNull(),
			winner: c.text('winner').notNull().$type<Variant>(),
			/** When the better variant is chosen for the rest; null: there is no rest. */
			decideAt: c.instant('decide_at'),
		},
		(t) => [c.index('mailing_run_mailing').on(t.mailingId, t.startedAt)],
	),

	/** Who is in a run: one person of each lead. */
	mailingRecipient: c.table(
		'mailing_recipient',
		{
			runId: c.text('run_id').notNull(),
			personId: c.text('person_id').notNull(),
			mailingId: c.text('mailing_id').notNull(),
			/** '' for those who wait for the better one. */
			variant: c.text('variant').notNull().$type<Variant>(),
			/** Of the message in the queue; '' while there is none. */
			messageKey: c.text('message_key').notNull(),
		},
		(t) => [
			c.primaryKey({ columns: [t.runId, t.personId] }),
			c.index('mailing_recipient_person').on(t.personId),
			c.index('mailing_recipient_mailing').on(t.mailingId, t.variant),
			c.index('mailing_recipient_key').on(t.messageKey),
		],
	),

	/** A link of a mail that somebody followed and then read on; each link of each mail once. */
	mailClick: c.table(
		'mail_click',
		{
			messageId: c.text('message_id').notNull(),
			/** Which link of the mail, from 1. */
			place: c.int('place').notNull(),
			/** `mailing:<id>` or `journey:<id>`. */
			origin: c.text('origin').notNull(),
			personId: c.text('person_id').notNull(),
			/** `<type>:<content id>` or ''. */
			subject: c.text('subject').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [
			c.primaryKey({ columns: [t.messageId, t.place] }),
			c.index('mail_click_origin').on(t.origin, t.personId),
			c.index('mail_click_person').on(t.personId),
		],
	),

	/** One row: what holds for all mailings. */
	mailingRule: c.table('mailing_rule', {
		id: c.id('id').primaryKey(),
		/** More people than this take a second person's approval. */
		approvalOver: c.int('approval_over').notNull(),
		by: c.text('by').notNull(),
		at: c.instant('at').notNull(),
	}),
});

export const { mailing, mailingRun, mailingRecipient, mailClick, mailingRule } = defineMailings(sqliteColumns);
