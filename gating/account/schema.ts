import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Which accounts belong to a target list by themselves; '' asks nothing. */
export interface TargetRule {
	readonly status: string;
	readonly industry: string;
	readonly size: string;
	readonly country: string;
}

/** Tables of accounts: companies, in clear, since they are no people. Who belongs to one hangs on the immutable person. */
export const defineAccounts = (c: Columns) => ({
	account: c.table(
		'account',
		{
			id: c.id('id').primaryKey(),
			name: c.text('name').notNull(),
			/** See {@link nameKey}. */
			nameKey: c.text('name_key').notNull(),
			/** See {@link foldName}; suggestions look here. */
			nameFolded: c.text('name_folded').notNull(),
			/** Whose words the name is; null: staff's, a list's or the domain's. It goes with them. */
			nameOf: c.text('name_of'),
			/** See {@link AccountStatus}. */
			status: c.text('status').notNull(),
			/** Id of a member of staff, as `lead.owner` is one; '' for nobody. Routing gives people of the account to them. */
			owner: c.text('owner').notNull(),
			/** Slug of an industry term, or ''. */
			industry: c.text('industry').notNull(),
			/** See {@link SIZES}, or ''. */
			size: c.text('size').notNull(),
			/** ISO 3166 code, or ''. */
			country: c.text('country').notNull(),
			website: c.text('website').notNull(),
			/** Staff said that strangers may be offered this name in a form. */
			maySuggest: c.boolean('may_suggest').notNull(),
			parentId: c.text('parent_id'),
			/** When staff first worked it; null: nobody would miss it but its people. */
			keptAt: c.instant('kept_at'),
			createdAt: c.instant('created_at').notNull(),
			/** The account this one was merged into; null while it stands for itself. */
			mergedInto: c.text('merged_into'),
		},
		(t) => [
			c.index('account_key').on(t.nameKey),
			c.index('account_folded').on(t.maySuggest, t.nameFolded),
			c.index('account_merged').on(t.mergedInto),
			c.index('account_parent').on(t.parentId),
		],
	),

	/** Mail domains of an account. */
	accountDomain: c.table(
		'account_domain',
		{
			domain: c.id('domain').primaryKey(),
			accountId: c.text('account_id').notNull(),
			/** The account it was given to; never changes, so that a merge can be undone exactly. */
			firstAccountId: c.text('first_account_id').notNull(),
			/** `mail` or `staff:<id>`. */
			cause: c.text('cause').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('account_domain_account').on(t.accountId), c.index('account_domain_first').on(t.firstAccountId)],
	),

	/** Where a person works. */
	accountMember: c.table(
		'account_member',
		{
			personId: c.id('person_id').primaryKey(),
			/** Null: nowhere that is known. */
			accountId: c.text('account_id'),
			firstAccountId: c.text('first_account_id'),
			/** `domain`, `name`, `staff:<id>` or '' for none. What staff said is not worked out again. */
			cause: c.text('cause').notNull(),
			/** Key of the company they name, to suggest accounts by; '' without one. */
			companyKey: c.text('company_key').notNull(),
			/** See {@link ROLES}; '' where the title does not say. */
			jobRole: c.text('job_role').notNull().default(''),
			/** See {@link COMMITTEE_ROLES}; '' for none. */
			committeeRole: c.text('committee_role').notNull().default(''),
			/** `rule` or `staff:<id>`. What staff said is not worked out again. */
			committeeCause: c.text('committee_cause').notNull().default('rule'),
			/** When they were found to have left; they count for nobody from then on, and what they did stays. Null: they work there. */
			leftAt: c.instant('left_at'),
			/** `bounce` or `staff:<id>`; '' while they work there. */
			leftCause: c.text('left_cause').notNull().default(''),
			at: c.instant('at').notNull(),
		},
		(t) => [
			c.index('account_member_account').on(t.accountId),
			c.index('account_member_first').on(t.firstAccountId),
			c.index('account_member_key').on(t.companyKey),
		],
	),

	/** A post that somebody left: it outlives its holders. */
	accountPost: c.table(
		'account_post',
		{
			id: c.id('id').primaryKey(),
			accountId: c.text('account_id').notNull(),
			firstAccountId: c.text('first_account_id').notNull(),
			jobRole: c.text('job_role').notNull(),
			committeeRole: c.text('committee_role').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('account_post_account').on(t.accountId), c.index('account_post_first').on(t.firstAccountId)],
	),

	/** Who had a post. */
	postHolder: c.table(
		'post_holder',
		{
			postId: c.text('post_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** `bounce`, `staff:<id>` or `api:<name>`: who said so. */
			cause: c.text('cause').notNull(),
			from: c.instant('from_at').notNull(),
			/** Null: they have it. */
			until: c.instant('until_at'),
		},
		(t) => [c.primaryKey({ columns: [t.postId, t.personId] }), c.index('post_holder_person').on(t.personId)],
	),

	/** Accounts that the company wants, under a name. */
	targetList: c.table('target_list', {
		id: c.id('id').primaryKey(),
		name: c.text('name').notNull(),
		/** Accounts of this status, industry, size and country belong to it too; null: only those put on it. */
		rule: c.json<TargetRule>('rule'),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		archivedAt: c.instant('archived_at'),
	}),

	/** Accounts put on a list; a merged one stands for the account it was merged into. */
	targetEntry: c.table(
		'target_entry',
		{
			listId: c.text('list_id').notNull(),
			accountId: c.text('account_id').notNull(),
			/** `staff:<id>` or `api:<name>`. */
			cause: c.text('cause').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.listId, t.accountId] }), c.index('target_entry_account').on(t.accountId)],
	),

	/** Journal of merges of accounts. */
	accountMerge: c.table(
		'account_merge',
		{
			id: c.id('id').primaryKey(),
			fromId: c.text('from_id').notNull(),
			intoId: c.text('into_id').notNull(),
			cause: c.text('cause').notNull(),
			at: c.instant('at').notNull(),
			undoneAt: c.instant('undone_at'),
			undoneBy: c.text('undone_by'),
		},
		(t) => [c.index('account_merge_into').on(t.intoId), c.index('account_merge_from').on(t.fromId)],
	),
});

export const { account, accountDomain, accountMember, accountMerge, accountPost, postHolder, targetEntry, targetList } =
	defineAccounts(sqliteColumns);
