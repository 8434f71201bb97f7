import { type Columns, sqliteColumns } from './columns.ts';

/** Tables of the kernel. Nothing here holds personal data in clear: ids, codes, and bytes encrypted with a person's key. */
export const define = (c: Columns) => ({
	/** Rows updated first by `write(body, { locks })`. */
	locks: c.table('locks', { key: c.id('key').primaryKey(), taken: c.int('taken').notNull() }),

	/** Counters for ordered logs and "since" cursors; raised in the same body as the row they number. */
	counter: c.table('counter', { key: c.id('key').primaryKey(), value: c.int('value').notNull() }),

	/** Work for other systems, written in the transaction of the fact that causes it. */
	outbox: c.table(
		'outbox',
		{
			id: c.id('id').primaryKey(),
			/** `mail`, `webhook`, `search`, … chooses the handler. */
			kind: c.text('kind').notNull(),
			/** The same key is put in once; also sent along as idempotency key. */
			key: c.text('key').notNull().unique(),
			/** Ids and codes only. */
			payload: c.json<Record<string, unknown>>('payload').notNull(),
			/** Who is written to, where somebody is. */
			personId: c.text('person_id'),
			dueAt: c.instant('due_at').notNull(),
			claimedUntil: c.instant('claimed_until').notNull(),
			attempts: c.int('attempts').notNull(),
			state: c.text('state').notNull().$type<'waiting' | 'done' | 'dead' | 'withdrawn' | 'dropped'>(),
			lastError: c.text('last_error'),
			createdAt: c.instant('created_at').notNull(),
			settledAt: c.instant('settled_at'),
		},
		(t) => [c.index('outbox_due').on(t.state, t.dueAt), c.index('outbox_person').on(t.personId, t.settledAt)],
	),

	/** Long work and schedules. A nightly job's key is its name and local date, so many workers run it once. */
	job: c.table(
		'job',
		{
			key: c.id('key').primaryKey(),
			kind: c.text('kind').notNull(),
			params: c.json<Record<string, unknown>>('params').notNull(),
			dueAt: c.instant('due_at').notNull(),
			leaseUntil: c.instant('lease_until').notNull(),
			state: c.text('state').notNull().$type<'waiting' | 'done' | 'failed' | 'cancelled'>(),
			done: c.int('done').notNull(),
			total: c.int('total').notNull(),
			/** Runs that failed. */
			attempts: c.int('attempts').notNull(),
			/** Where a crashed run goes on. */
			cursor: c.text('cursor'),
			lastError: c.text('last_error'),
			createdAt: c.instant('created_at').notNull(),
			settledAt: c.instant('settled_at'),
		},
		(t) => [c.index('job_due').on(t.state, t.dueAt)],
	),

	/** First answers by `Idempotency-Key`. */
	idempotency: c.table(
		'idempotency',
		{
			scope: c.text('scope').notNull(),
			key: c.text('key').notNull(),
			requestHash: c.text('request_hash').notNull(),
			status: c.int('status').notNull(),
			body: c.text('body').notNull(),
			expiresAt: c.instant('expires_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.scope, t.key] })],
	),

	/** Append only: who did or read what, on whom, from where. Codes, never sentences. */
	audit: c.table(
		'audit',
		{
			id: c.id('id').primaryKey(),
			at: c.instant('at').notNull(),
			/** `staff:<id>`, `person:<id>`, `api:<token name>`, `system`. */
			actor: c.text('actor').notNull(),
			action: c.text('action').notNull(),
			/** `<kind>:<id>`. */
			subject: c.text('subject').notNull(),
			/** Network prefix the request came from, or ''. */
			origin: c.text('origin').notNull(),
			detail: c.json<Record<string, unknown>>('detail').notNull(),
		},
		(t) => [c.index('audit_subject').on(t.subject, t.at), c.index('audit_at').on(t.at)],
	),

	/** Files that the hub made, by what they are; bytes lie in the folder or bucket under their hash. */
	file: c.table(
		'file',
		{
			/** Names what the file is, without personal data: the same id is the same file. */
			id: c.id('id').primaryKey(),
			hash: c.text('hash').notNull(),
			/** Whom it was made for; goes when they are erased. */
			personId: c.text('person_id'),
			mediaType: c.text('media_type').notNull(),
			/** As it is read, without what encrypting adds. */
			sizeBytes: c.int('size_bytes').notNull(),
			filename: c.text('filename').notNull(),
			/** Codes and numbers about it. */
			detail: c.json<Record<string, number>>('detail').notNull(),
			createdAt: c.instant('created_at').notNull(),
			expiresAt: c.instant('expires_at').notNull(),
		},
		(t) => [c.index('file_person').on(t.personId), c.index('file_expires').on(t.expiresAt), c.index('file_hash').on(t.hash)],
	),

	/** Mail that left through no SMTP server: read at /console/mailbox. `sealed` is encrypted with the person's key. */
	mailbox: c.table(
		'mailbox',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id'),
			sealed: c.bytes('sealed').notNull(),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('mailbox_created').on(t.createdAt)],
	),

	/** Old addresses of content, answered with 301. */
	oldSlug: c.table(
		'old_slug',
		{
			collection: c.text('collection').notNull(),
			slug: c.text('slug').notNull(),
			itemId: c.text('item_id').notNull(),
			changedAt: c.instant('changed_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.collection, t.slug] })],
	),
});

export const { locks, counter, outbox, job, idempotency, audit, file, mailbox, oldSlug } = define(sqliteColumns);
