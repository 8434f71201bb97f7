import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of access, beside grants and passes. */
export const defineAccess = (c: Columns) => ({
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

export const { accessAsk, fileOpening } = defineAccess(sqliteColumns);
