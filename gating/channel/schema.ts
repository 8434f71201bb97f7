import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Tables of channels. Channels that ship are data of `defaults.ts`; rows here add to them or change them. */
export const defineChannels = (c: Columns) => ({
	channel: c.table('channel', {
		/** Kept by touchpoints, submissions and costs: never changed. */
		code: c.id('code').primaryKey(),
		/** `free`, `paid`, `partner` or another channel's code. */
		parent: c.text('parent').notNull(),
		nameEn: c.text('name_en').notNull(),
		nameZh: c.text('name_zh').notNull(),
		createdAt: c.instant('created_at').notNull(),
		archivedAt: c.instant('archived_at'),
	}),

	/** A group of tactics. */
	campaign: c.table('campaign', {
		id: c.id('id').primaryKey(),
		name: c.text('name').notNull().unique(),
		createdAt: c.instant('created_at').notNull(),
		archivedAt: c.instant('archived_at'),
	}),

	/** One paper, webinar, mailing or fair. */
	tactic: c.table(
		'tactic',
		{
			id: c.id('id').primaryKey(),
			campaignId: c.text('campaign_id').notNull(),
			name: c.text('name').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.uniqueIndex('tactic_name').on(t.campaignId, t.name)],
	),

	/** One way in: a link `/r/{code}` and its QR code. */
	source: c.table(
		'source',
		{
			id: c.id('id').primaryKey(),
			/** Printed on paper: never changed, never given twice. */
			code: c.text('code').notNull().unique(),
			name: c.text('name').notNull(),
			channel: c.text('channel').notNull(),
			tacticId: c.text('tactic_id'),
			/** Path and query on this site. */
			path: c.text('path').notNull(),
			utmSource: c.text('utm_source').notNull(),
			utmMedium: c.text('utm_medium').notNull(),
			utmCampaign: c.text('utm_campaign').notNull(),
			createdAt: c.instant('created_at').notNull(),
			expiresAt: c.instant('expires_at'),
			archivedAt: c.instant('archived_at'),
		},
		(t) => [c.index('source_channel').on(t.channel), c.index('source_tactic').on(t.tacticId)],
	),

	/** Which channel an untagged link's UTM parameters mean; '' stands for any. The first that fits, by `position`, holds. */
	utmRule: c.table(
		'utm_rule',
		{
			source: c.text('source').notNull(),
			medium: c.text('medium').notNull(),
			campaign: c.text('campaign').notNull(),
			channel: c.text('channel').notNull(),
			tacticId: c.text('tactic_id'),
			position: c.int('position').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.source, t.medium, t.campaign] })],
	),

	/** UTM values that no rule knows, with how many landings had them: nobody is in here. */
	utmUnknown: c.table(
		'utm_unknown',
		{
			source: c.text('source').notNull(),
			medium: c.text('medium').notNull(),
			campaign: c.text('campaign').notNull(),
			visits: c.int('visits').notNull(),
			/** `2026-03-02`. */
			lastDay: c.text('last_day').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.source, t.medium, t.campaign] })],
	),

	/** What a channel cost in a month, as a whole or for one campaign. */
	channelCost: c.table(
		'channel_cost',
		{
			channel: c.text('channel').notNull(),
			/** '' for costs of no campaign. */
			campaignId: c.text('campaign_id').notNull(),
			/** `2026-03`. */
			month: c.text('month').notNull(),
			/** ISO 4217. */
			currency: c.text('currency').notNull(),
			/** Hundredths of the currency. */
			amountCents: c.int('amount_cents').notNull(),
			enteredAt: c.instant('entered_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.channel, t.campaignId, t.month, t.currency] })],
	),

	/** Landings that a browser proved, summed up: nobody is in here. */
	channelVisit: c.table(
		'channel_visit',
		{
			localDay: c.text('local_day').notNull(),
			channel: c.text('channel').notNull(),
			/** '' for visits by no link of ours. */
			sourceId: c.text('source_id').notNull(),
			visits: c.int('visits').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.localDay, t.channel, t.sourceId] })],
	),

	/** Each contact with somebody who agreed, or who asked for something. */
	touchpoint: c.table(
		'touchpoint',
		{
			id: c.id('id').primaryKey(),
			at: c.instant('at').notNull(),
			localDay: c.text('local_day').notNull(),
			visitorId: c.text('visitor_id'),
			personId: c.text('person_id'),
			/** `visit`, `request`, `registered`, `attended`, `import`. */
			kind: c.text('kind').notNull(),
			channel: c.text('channel').notNull(),
			/** A source, or an invitation. */
			sourceId: c.text('source_id'),
			tacticId: c.text('tactic_id'),
			/** `<type>:<content id>` or ''. */
			subject: c.text('subject').notNull(),
			/** UTM values and referrer host of a visit. */
			detail: c.json<Record<string, string>>('detail').notNull(),
			importId: c.text('import_id'),
		},
		(t) => [
			// Whom a channel, a tactic or a paper brought is read from this one alone.
			c.index('touchpoint_person').on(t.personId, t.at, t.channel, t.tacticId, t.subject),
			c.index('touchpoint_visitor').on(t.visitorId, t.at),
			c.index('touchpoint_day').on(t.localDay, t.channel),
			c.index('touchpoint_import').on(t.importId),
			c.index('touchpoint_source').on(t.sourceId),
		],
	),

	/** By which way the sender of a form came, with or without consent: part of what they sent. */
	submissionArrival: c.table(
		'submission_arrival',
		{
			submissionId: c.id('submission_id').primaryKey(),
			personId: c.text('person_id').notNull(),
			visitorId: c.text('visitor_id'),
			/** Whom the sending browser belonged to. */
			senderId: c.text('sender_id'),
			subject: c.text('subject').notNull(),
			channel: c.text('channel').notNull(),
			/** A source, or an invitation. */
			sourceId: c.text('source_id'),
			tacticId: c.text('tactic_id'),
			detail: c.json<Record<string, string>>('detail').notNull(),
			/** Keyed hash of the network, kept for invitations only; '' otherwise. */
			network: c.text('network').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('submission_arrival_person').on(t.personId, t.subject, t.at), c.index('submission_arrival_source').on(t.sourceId, t.at)],
	),
});

export const { channel, campaign, tactic, source, utmRule, utmUnknown, channelCost, channelVisit, touchpoint, submissionArrival } =
	defineChannels(sqliteColumns);
