import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { Conditions } from './condition.ts';

/** Tables of tags and segments. Tags that ship are data of `defaults.ts`; rows here add to them or change them. */
export const defineTags = (c: Columns) => ({
	tag: c.table('tag', {
		/** Kept by marks and rules: never changed. */
		code: c.id('code').primaryKey(),
		/** See {@link TAG_GROUPS}. */
		group: c.text('tag_group').notNull(),
		nameEn: c.text('name_en').notNull(),
		nameZh: c.text('name_zh').notNull(),
		/** Who carries it, worked out at each look; null: staff and lists say so. */
		rule: c.json<Conditions>('rule'),
		/** Days that a mark holds; 0: until somebody takes it off. */
		expiryDays: c.int('expiry_days').notNull(),
		/** `import:<id>`: a list brought it, and nobody has changed it since; '' otherwise. */
		origin: c.text('origin').notNull(),
		createdAt: c.instant('created_at').notNull(),
		archivedAt: c.instant('archived_at'),
	}),

	/** A tag put on a person or an account by staff or a list. Rows stay when it is taken off: they are its history. */
	tagMark: c.table(
		'tag_mark',
		{
			id: c.id('id').primaryKey(),
			tag: c.text('tag').notNull(),
			/** One of these two is set. */
			personId: c.text('person_id'),
			accountId: c.text('account_id'),
			/** The account it was put on; never changes, so that a merge can be undone exactly. */
			firstAccountId: c.text('first_account_id'),
			/** `staff:<id>`, `import:<id>`, `api:<token name>`, `model:<version>`. */
			source: c.text('source').notNull(),
			at: c.instant('at').notNull(),
			expiresAt: c.instant('expires_at'),
			removedAt: c.instant('removed_at'),
			removedBy: c.text('removed_by'),
		},
		(t) => [
			c.index('tag_mark_tag').on(t.tag, t.removedAt),
			c.index('tag_mark_person').on(t.personId),
			c.index('tag_mark_account').on(t.accountId),
			c.index('tag_mark_source').on(t.source),
		],
	),

	/** Saved conditions. */
	segment: c.table('segment', {
		id: c.id('id').primaryKey(),
		name: c.text('name').notNull(),
		conditions: c.json<Conditions>('conditions').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		changedAt: c.instant('changed_at').notNull(),
		archivedAt: c.instant('archived_at'),
	}),
});

export const { tag, tagMark, segment } = defineTags(sqliteColumns);
