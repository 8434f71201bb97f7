import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of access: rights, the browsers that hold them, and what was opened. */
export const defineAccess = (c: Columns) => ({
	/** A right to gated content. The mailed link is a signed token of `id`, so no secret is stored or queued. */
	grant: c.table(
		'access_grant',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** `white_papers:<id>`. */
			subject: c.text('subject').notNull(),
			createdAt: c.instant('created_at').notNull(),
			expiresAt: c.instant('expires_at').notNull(),
			confirmedAt: c.instant('confirmed_at'),
			/** Closes its links, and its subject to this person, until somebody of the staff takes it back. */
			revokedAt: c.instant('revoked_at'),
			downloads: c.int('downloads').notNull(),
			/** Up to when the code of its mail may be typed; null: it has none, or it was used. The code itself follows from the id and the keys. */
			codeUntil: c.instant('code_until'),
		},
		(t) => [c.index('grant_person').on(t.personId, t.subject)],
	),

	/** A browser that proved a mail address: opens papers, replays and rooms for 90 days. */
	pass: c.table(
		'pass',
		{
			id: c.id('id').primaryKey(),
			hash: c.text('hash').notNull().unique(),
			personId: c.text('person_id').notNull(),
			createdAt: c.instant('created_at').notNull(),
			expiresAt: c.instant('expires_at').notNull(),
			revokedAt: c.instant('revoked_at'),
			/** `link`, `code`, or `elsewhere`: a link opened in another browser than the one that asked. */
			how: c.text('how').notNull(),
			/** Family of the browser, as `Firefox`; '' when unknown. Nothing else of it is kept. */
			agent: c.text('agent').notNull(),
			/** Local day it was last used. */
			lastSeenDay: c.text('last_seen_day').notNull(),
		},
		(t) => [c.index('pass_person').on(t.personId)],
	),

	/** A browser that asked for something by mail: where the code of that mail may be typed and its link needs no further check. */
	accessAsk: c.table(
		'access_ask',
		{
			id: c.id('id').primaryKey(),
			/** Of the secret in the browser's cookie, which names nobody. */
			hash: c.text('hash').notNull(),
			/** Null when the address is nobody's: it looks and behaves the same. */
			grantId: c.text('grant_id'),
			/** What was typed with it; null when only the address was. The grant's link and code speak for these and no others. */
			submissionId: c.text('submission_id'),
			/** Codes typed wrong. */
			tries: c.int('tries').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('access_ask_hash').on(t.hash, t.createdAt), c.index('access_ask_grant').on(t.grantId)],
	),

	/** Who opened which gated file when: a row for each link that was followed, however often its bytes were fetched. */
	fileOpening: c.table(
		'file_opening',
		{
			/** Of the link. */
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			grantId: c.text('grant_id').notNull(),
			/** `white_papers:<id>` or `products:<id>`. */
			subject: c.text('subject').notNull(),
			/** Id of the product's document; '' for a paper. */
			documentId: c.text('document_id').notNull(),
			/** Language of the file; '' where it has several or none. */
			locale: c.text('locale').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('file_opening_person').on(t.personId, t.at)],
	),
});

export const { grant, pass, accessAsk, fileOpening } = defineAccess(sqliteColumns);
