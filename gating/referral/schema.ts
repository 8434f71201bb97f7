import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of invitations. How many of them count is never stored: it follows from who came, who they are by now, and what was decided. */
export const defineReferrals = (c: Columns) => ({
	/** A call to invite others to one paper or webinar. */
	referralProgramme: c.table(
		'referral_programme',
		{
			id: c.id('id').primaryKey(),
			/** Stands in the address of the page where invitations are made. */
			code: c.text('code').notNull().unique(),
			/** `white_papers:<id>` or `webinars:<id>`. */
			subject: c.text('subject').notNull(),
			titleEn: c.text('title_en').notNull(),
			titleZh: c.text('title_zh').notNull(),
			/** What is given, in words; '' gives nothing. */
			rewardEn: c.text('reward_en').notNull(),
			rewardZh: c.text('reward_zh').notNull(),
			termsEn: c.text('terms_en').notNull(),
			termsZh: c.text('terms_zh').notNull(),
			/** So many counted invitations earn one reward. */
			every: c.int('every').notNull(),
			/** Rewards for one person at most. */
			most: c.int('most').notNull(),
			/** The offer whose code is given along, or null. */
			offerId: c.text('offer_id'),
			startsAt: c.instant('starts_at').notNull(),
			endsAt: c.instant('ends_at'),
			pausedAt: c.instant('paused_at'),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('referral_programme_subject').on(t.subject, t.startsAt)],
	),

	/** One person's link of one programme. */
	invitation: c.table(
		'invitation',
		{
			id: c.id('id').primaryKey(),
			/** Stands in the link `/i/{code}`; another one when the person is erased. */
			code: c.text('code').notNull().unique(),
			programmeId: c.text('programme_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** When they agreed to their given name on the poster; null: it shows none. */
			namedAt: c.instant('named_at'),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.uniqueIndex('invitation_person').on(t.programmeId, t.personId), c.index('invitation_of_person').on(t.personId)],
	),

	/** What staff decided about one invited person; the newest decision holds. */
	invitationReview: c.table(
		'invitation_review',
		{
			invitationId: c.text('invitation_id').notNull(),
			/** The person who came. */
			personId: c.text('person_id').notNull(),
			decision: c.text('decision').notNull().$type<'accept' | 'refuse'>(),
			/** `staff:<id>`, or `system` when the person was erased. */
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.invitationId, t.personId] })],
	),

	/** A reward that was given; a withdrawn one stays, and is given again when it is earned again. */
	referralReward: c.table(
		'referral_reward',
		{
			id: c.id('id').primaryKey(),
			programmeId: c.text('programme_id').notNull(),
			personId: c.text('person_id').notNull(),
			/** 1 for the person's first. */
			number: c.int('number').notNull(),
			/** The code that went with it, or null. */
			claimId: c.text('claim_id'),
			givenAt: c.instant('given_at').notNull(),
			withdrawnAt: c.instant('withdrawn_at'),
			/** How often it was given or withdrawn: each is told once. */
			changes: c.int('changes').notNull(),
		},
		(t) => [c.uniqueIndex('referral_reward_number').on(t.programmeId, t.personId, t.number)],
	),
});

export const { referralProgramme, invitation, invitationReview, referralReward } = defineReferrals(sqliteColumns);
