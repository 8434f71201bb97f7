import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Who of the staff is signed in. */
export const defineStaff = (c: Columns) => ({
	/** Open console sessions. The cookie holds a secret; role and status are re-checked with the CMS at most every 60 s. */
	staffSession: c.table('staff_session', {
		id: c.id('id').primaryKey(),
		hash: c.text('hash').notNull().unique(),
		staffId: c.text('staff_id').notNull(),
		name: c.text('name').notNull(),
		role: c.text('role').notNull(),
		createdAt: c.instant('created_at').notNull(),
		checkedAt: c.instant('checked_at').notNull(),
		expiresAt: c.instant('expires_at').notNull(),
	}),
});

export const { staffSession } = defineStaff(sqliteColumns);
