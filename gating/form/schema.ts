import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** What people sent by forms. */
export const defineForms = (c: Columns) => ({
	formSubmission: c.table(
		'form_submission',
		{
			id: c.id('id').primaryKey(),
			formKey: c.text('form_key').notNull(),
			/** `white_papers:<id>`, `webinars:<id>`, `quote`, … */
			subject: c.text('subject').notNull(),
			personId: c.text('person_id').notNull(),
			visitorId: c.text('visitor_id'),
			/** JSON of all answers, sealed. */
			answers: c.bytes('answers').notNull(),
			/** Purposes ticked, with the hash of the wording shown. They count from `appliedAt` on. */
			consents: c.json<readonly { readonly purpose: string; readonly textHash: string }[]>('consents').notNull(),
			channel: c.text('channel').notNull(),
			/** Hash of form and `Idempotency-Key`; null without one. */
			requestKey: c.text('request_key').unique(),
			/** Keyed hash of the request's answers, to tell a repeat from another request under one key. */
			requestHash: c.text('request_hash').notNull(),
			/** When a verified act of the person made answers and consents theirs; null: anybody may have typed them. */
			appliedAt: c.instant('applied_at'),
			/** Cleaning outcome: accept | flag | quarantine, and the rules that fired. */
			outcome: c.text('outcome').notNull(),
			reasons: c.json<readonly string[]>('reasons').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('form_submission_person').on(t.personId, t.subject, t.at)],
	),
});

export const { formSubmission } = defineForms(sqliteColumns);
