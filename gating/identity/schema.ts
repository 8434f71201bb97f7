import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/**
 * Tables of who people are. Rows elsewhere belong to an immutable `visitor` or `person`; a lead is a set of persons (`person.lead_id`), so
 * merging and undoing move that pointer only. Names, mails, phones and free answers are sealed with the person's key.
 */
export const defineIdentity = (c: Columns) => ({
	/** A browser that consented to analytics. The cookie holds a secret; `hash` is of it. */
	visitor: c.table(
		'visitor',
		{
			id: c.id('id').primaryKey(),
			hash: c.text('hash').notNull().unique(),
			/** Set once, by a verified act in this browser. */
			personId: c.text('person_id'),
			joinedAt: c.instant('joined_at'),
			createdAt: c.instant('created_at').notNull(),
			/** First touch: channel code, UTM source, medium, campaign, referrer host. */
			firstTouch: c.json<Record<string, string>>('first_touch').notNull(),
		},
		(t) => [c.index('visitor_person').on(t.personId), c.index('visitor_joined').on(t.joinedAt)],
	),

	/** A human being we were told about, verified or not. `dataKey` null means erased. */
	person: c.table(
		'person',
		{
			id: c.id('id').primaryKey(),
			/** The lead it counts for now: its first one, or the one that was merged into. */
			leadId: c.text('lead_id').notNull(),
			/** The lead it was made with; never changes, so that a merge can be undone exactly. */
			firstLeadId: c.text('first_lead_id').notNull(),
			dataKey: c.text('data_key'),
			/** JSON of name, email, phone, company, jobTitle, region, industry, sealed. */
			profile: c.bytes('profile'),
			/** What imports say of them, in the same form; their own words go before it. */
			imported: c.bytes('imported'),
			locale: c.text('locale').notNull(),
			timeZone: c.text('time_zone').notNull(),
			/** When a verified act proved the mail address. */
			verifiedAt: c.instant('verified_at'),
			createdAt: c.instant('created_at').notNull(),
			erasedAt: c.instant('erased_at'),
		},
		(t) => [c.index('person_lead').on(t.leadId), c.index('person_first_lead').on(t.firstLeadId)],
	),

	/** Blind indexes: keyed hashes of normalised mail, phone, domain, name words, prefixes, Han bigrams. */
	personLookup: c.table(
		'person_lookup',
		{ kind: c.text('kind').notNull(), hash: c.text('hash').notNull(), personId: c.text('person_id').notNull() },
		(t) => [c.primaryKey({ columns: [t.kind, t.hash, t.personId] }), c.index('person_lookup_person').on(t.personId)],
	),

	/** The read model that lists sort by; every number in it is derived and can be rebuilt. */
	lead: c.table(
		'lead',
		{
			id: c.id('id').primaryKey(),
			stage: c.text('stage').notNull(),
			workingState: c.text('working_state').notNull(),
			/** Company in clear: not personal data; lists show and sort it. */
			company: c.text('company').notNull(),
			mailDomain: c.text('mail_domain').notNull(),
			/** Hundredths of a point. */
			fit: c.int('fit').notNull(),
			engagement: c.int('engagement').notNull(),
			total: c.int('total').notNull(),
			grade: c.text('grade').notNull(),
			/** Version of the scoring model that changed them last. */
			modelVersion: c.int('model_version').notNull(),
			/** Local day (company zone) the numbers hold for. */
			scoredDay: c.text('scored_day').notNull(),
			hasDecay: c.boolean('has_decay').notNull(),
			lastActivityAt: c.instant('last_activity_at').notNull(),
			createdAt: c.instant('created_at').notNull(),
			/** The lead that this one was merged into; null while it stands for itself. */
			mergedInto: c.text('merged_into'),
			/** Member of staff who works it, as the CMS names them; null for nobody. */
			owner: c.text('owner'),
			/** Why it is an MQL, by the rule's name; null while it is none. */
			mqlCause: c.text('mql_cause'),
			/** When somebody means to act next. */
			nextActionAt: c.instant('next_action_at'),
		},
		(t) => [
			c.index('lead_state').on(t.workingState, t.total, t.id),
			// Counts of queues and of the overview read this index alone.
			c.index('lead_standing').on(t.workingState, t.stage, t.owner, t.mergedInto),
			c.index('lead_merged').on(t.mergedInto),
			c.index('lead_next').on(t.nextActionAt, t.id),
			/** A queue's leads with a date. */
			c.index('lead_dated').on(t.workingState, t.nextActionAt, t.id),
			c.index('lead_created').on(t.createdAt, t.mergedInto),
			// The order of a list is read from one of these alone.
			c.index('lead_company').on(t.company, t.id, t.mergedInto),
			c.index('lead_owner').on(t.owner, t.workingState),
			c.index('lead_total').on(t.total, t.id, t.mergedInto),
			c.index('lead_activity').on(t.lastActivityAt, t.id, t.mergedInto),
			c.index('lead_day').on(t.scoredDay, t.hasDecay),
		],
	),

	/** Journal of merges. What a merge changed beside the pointer is kept, so that undoing it leaves no trace in numbers. */
	merge: c.table(
		'lead_merge',
		{
			id: c.id('id').primaryKey(),
			fromLeadId: c.text('from_lead_id').notNull(),
			intoLeadId: c.text('into_lead_id').notNull(),
			/** `rule:<name>`, `staff:<id>`, `api:<token name>`. */
			cause: c.text('cause').notNull(),
			/** Stage, working state, company and owner of the surviving lead before it. */
			before: c
				.json<{
					readonly stage: string;
					readonly workingState: string;
					readonly company: string;
					readonly mailDomain: string;
					readonly owner?: string | null;
				}>('before')
				.notNull(),
			at: c.instant('at').notNull(),
			undoneAt: c.instant('undone_at'),
			undoneBy: c.text('undone_by'),
		},
		(t) => [c.index('merge_into').on(t.intoLeadId), c.index('merge_from').on(t.fromLeadId)],
	),
});

export const { visitor, person, personLookup, lead, merge } = defineIdentity(sqliteColumns);
