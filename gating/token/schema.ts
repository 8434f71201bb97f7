import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of API tokens. */
export const defineTokens = (c: Columns) => ({
	apiToken: c.table('api_token', {
		id: c.id('id').primaryKey(),
		/** What uses it: `CRM`, `Website forms of Kestrel`. Named as the actor of what it does. */
		name: c.text('name').notNull(),
		/** SHA-256 of the secret, which is shown once and kept nowhere. */
		hash: c.text('hash').notNull().unique(),
		rights: c.json<readonly string[]>('rights').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		/** Null: until it is revoked. */
		expiresAt: c.instant('expires_at'),
		/** Day (UTC) of the last use; '' when it was never used. */
		usedDay: c.text('used_day').notNull(),
		revokedAt: c.instant('revoked_at'),
	}),
});

export const { apiToken } = defineTokens(sqliteColumns);
