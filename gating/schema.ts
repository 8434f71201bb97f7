import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/**
 * Tables of gating. Rows belong to an immutable `visitor` or `person`; a lead is a set of persons (`person.lead_id`),
 * so merging and undoing move that pointer only. Names, mails, phones and free answers are sealed with the person's key.
 */
export const define = (c: Columns) => ({
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
		(t) => [c.index('visitor_person').on(t.personId)],
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
			c.index('lead_queue').on(t.workingState, t.stage, t.total),
			c.index('lead_owner').on(t.owner, t.workingState),
			c.index('lead_merged').on(t.mergedInto),
			c.index('lead_total').on(t.total, t.id),
			c.index('lead_activity').on(t.lastActivityAt, t.id),
			c.index('lead_day').on(t.scoredDay, t.hasDecay),
		],
	),

	/** Each answer to a consent question; the newest per purpose holds. */
	consent: c.table(
		'consent',
		{
			id: c.id('id').primaryKey(),
			visitorId: c.text('visitor_id'),
			personId: c.text('person_id'),
			purpose: c.text('purpose').notNull(),
			given: c.boolean('given').notNull(),
			/** SHA-256 of the frozen wording. */
			textHash: c.text('text_hash').notNull(),
			/** `banner`, `form:<key>`, `preferences`, `api`, `import`. */
			how: c.text('how').notNull(),
			channel: c.text('channel').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('consent_person').on(t.personId, t.purpose, t.at), c.index('consent_visitor').on(t.visitorId, t.purpose, t.at)],
	),

	/** Wordings people agreed to, frozen. */
	consentText: c.table('consent_text', {
		hash: c.id('hash').primaryKey(),
		purpose: c.text('purpose').notNull(),
		locale: c.text('locale').notNull(),
		title: c.text('title').notNull(),
		text: c.text('text').notNull(),
		firstSeenAt: c.instant('first_seen_at').notNull(),
	}),

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

	/** Behaviour, as named by the catalogue. Stored only with consent, or on a basis of its own (`basis`). */
	event: c.table(
		'event',
		{
			/** Made by the sender: the same id is stored once. */
			id: c.id('id').primaryKey(),
			type: c.text('type').notNull(),
			/** Version of the catalogue entry it was validated by. */
			version: c.int('version').notNull(),
			at: c.instant('at').notNull(),
			receivedAt: c.instant('received_at').notNull(),
			/** Local day (company zone) for reports. */
			localDay: c.text('local_day').notNull(),
			visitorId: c.text('visitor_id'),
			personId: c.text('person_id'),
			/** `<type>:<content id>` or ''. */
			subject: c.text('subject').notNull(),
			props: c.json<Record<string, string | number | boolean>>('props').notNull(),
			/** `consent` or `necessary`. */
			basis: c.text('basis').notNull(),
		},
		(t) => [
			c.index('event_person').on(t.personId, t.at),
			c.index('event_visitor').on(t.visitorId, t.at),
			c.index('event_type').on(t.type, t.localDay, t.personId, t.subject, t.at),
		],
	),

	/** Versions of the scoring model; exactly one is live. */
	scoringModel: c.table('scoring_model', {
		version: c.int('version').primaryKey(),
		model: c.json<unknown>('model').notNull(),
		author: c.text('author').notNull(),
		publishedAt: c.instant('published_at').notNull(),
		isLive: c.boolean('is_live').notNull(),
	}),

	/** Log of lifecycle moves: cause and evidence. */
	move: c.table(
		'move',
		{
			id: c.id('id').primaryKey(),
			leadId: c.text('lead_id').notNull(),
			from: c.text('from_stage').notNull(),
			to: c.text('to_stage').notNull(),
			/** `rule:<name>`, `staff:<id>`, `import`, `api`. */
			cause: c.text('cause').notNull(),
			evidence: c.json<Record<string, unknown>>('evidence').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('move_lead').on(t.leadId, t.at)],
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

export const {
	visitor,
	person,
	personLookup,
	lead,
	consent,
	consentText,
	formSubmission,
	grant,
	pass,
	event,
	scoringModel,
	move,
	merge,
	staffSession,
} = define(sqliteColumns);

export { accessAsk, fileOpening } from './access/schema.ts';
export { campaign, channel, channelCost, channelVisit, source, tactic } from './channel/schema.ts';
export { submissionArrival, touchpoint, utmRule, utmUnknown } from './channel/schema.ts';
export { account, accountDomain, accountMember, accountMerge } from './account/schema.ts';
export { cleaningAllow, cleaningHit } from './cleaning/schema.ts';
export { importBatch, importPart, importRow, personAttribute } from './import/schema.ts';
export { invitation, invitationReview, referralProgramme, referralReward } from './referral/schema.ts';
export { retention } from './upkeep/schema.ts';
export { apiToken } from './token/schema.ts';
export { disposition, interaction, scoreLedger, staffMember, targetDefinition, workMove } from './lifecycle/schema.ts';
export { screeningAnswer, screeningSheet } from './screening/schema.ts';
export { segment, tag, tagMark } from './tag/schema.ts';
export { leadScore, scoringDraft, scoringPublication, scoringRevision, scoringSignOff } from './scoring/schema.ts';
