import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of material that sales shares, and of what owners are told. They hang on the immutable person; nothing in them is personal. */
export const defineMaterial = (c: Columns) => ({
	/** A personal link to published content, for somebody of a lead. The link's token is signed, not stored. */
	materialShare: c.table(
		'material_share',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** `<type>:<content id>`. */
			subject: c.text('subject').notNull(),
			locale: c.text('locale').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
			revokedAt: c.instant('revoked_at'),
		},
		(t) => [c.index('material_share_person').on(t.personId, t.at)],
	),

	/** A human being opened a shared link; who it was, nobody knows. */
	materialOpening: c.table(
		'material_opening',
		{
			id: c.id('id').primaryKey(),
			shareId: c.text('share_id').notNull(),
			personId: c.text('person_id').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('material_opening_share').on(t.shareId, t.at), c.index('material_opening_person').on(t.personId, t.at)],
	),

	/** What an owner is told of a lead of theirs. */
	ownerNotice: c.table(
		'owner_notice',
		{
			id: c.id('id').primaryKey(),
			/** Owner, kind, lead and day: told once. */
			key: c.text('key').notNull().unique(),
			staffId: c.text('staff_id').notNull(),
			/** See {@link NOTICE_KINDS}. */
			kind: c.text('kind').notNull(),
			leadId: c.text('lead_id').notNull(),
			/** A living person of the lead, whose key seals the mail where it is kept. */
			personId: c.text('person_id').notNull(),
			subject: c.text('subject').notNull(),
			at: c.instant('at').notNull(),
			seenAt: c.instant('seen_at'),
		},
		(t) => [c.index('owner_notice_staff').on(t.staffId, t.seenAt, t.at)],
	),

	/** What a member of staff does not want to be told by mail; no row: everything. */
	noticeChoice: c.table('notice_choice', {
		staffId: c.id('staff_id').primaryKey(),
		/** Kinds without mail. */
		muted: c.json<readonly string[]>('muted').notNull(),
	}),
});

export const { materialShare, materialOpening, ownerNotice, noticeChoice } = defineMaterial(sqliteColumns);
