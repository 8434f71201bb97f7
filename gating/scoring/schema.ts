import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/** Versions of the scoring model, and the way from a draft to the one that everybody is scored by. */
export const defineScoring = (c: Columns) => ({
	/** Versions of the scoring model; exactly one is live. */
	scoringModel: c.table('scoring_model', {
		version: c.int('version').primaryKey(),
		model: c.json<unknown>('model').notNull(),
		author: c.text('author').notNull(),
		publishedAt: c.instant('published_at').notNull(),
		isLive: c.boolean('is_live').notNull(),
	}),

	/** A change being prepared; one is open at a time. */
	scoringDraft: c.table(
		'scoring_draft',
		{
			id: c.id('id').primaryKey(),
			/** Version it began from. */
			base: c.int('base').notNull(),
			/** Newest of its revisions. */
			revision: c.int('revision').notNull(),
			/** `open`, `published` or `discarded`. */
			state: c.text('state').notNull(),
			/** Preview of a revision: see {@link PreviewResult}; null until there is one. */
			preview: c.json<unknown>('preview'),
			previewRevision: c.int('preview_revision'),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.index('scoring_draft_state').on(t.state)],
	),

	/** Each save of a draft, so that whoever saves over somebody's change can be told what it was. */
	scoringRevision: c.table(
		'scoring_revision',
		{
			draftId: c.text('draft_id').notNull(),
			revision: c.int('revision').notNull(),
			model: c.json<unknown>('model').notNull(),
			/** `staff:<id>` or `api:<token name>`. */
			editor: c.text('editor').notNull(),
			editorName: c.text('editor_name').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.draftId, t.revision] })],
	),

	/** Who agreed to a revision, for marketing and for sales. A later revision needs both anew. */
	scoringSignOff: c.table(
		'scoring_sign_off',
		{
			draftId: c.text('draft_id').notNull(),
			revision: c.int('revision').notNull(),
			/** `marketing` or `sales`. */
			side: c.text('side').notNull(),
			staffId: c.text('staff_id').notNull(),
			name: c.text('name').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.draftId, t.revision, t.side] })],
	),

	/** How a version came about, and how far everybody's new score is. */
	scoringPublication: c.table(
		'scoring_publication',
		{
			version: c.int('version').primaryKey(),
			/** `draft`, `roll-back` or `content`, when what rules ask of content has changed. */
			kind: c.text('kind').notNull(),
			/** The version it began from, or that it brings back. */
			base: c.int('base').notNull(),
			authorName: c.text('author_name').notNull(),
			/** Names of who signed; '' where nobody had to. */
			marketing: c.text('marketing').notNull(),
			sales: c.text('sales').notNull(),
			/** `running`, `live` (once everybody was switched), `cancelled`. */
			state: c.text('state').notNull(),
			startedAt: c.instant('started_at').notNull(),
			endedAt: c.instant('ended_at'),
		},
		(t) => [c.index('scoring_publication_state').on(t.state)],
	),

	/** Scores by a version that is being published, beside those in use; empty otherwise. */
	leadScore: c.table(
		'lead_score',
		{
			version: c.int('version').notNull(),
			leadId: c.text('lead_id').notNull(),
			fit: c.int('fit').notNull(),
			engagement: c.int('engagement').notNull(),
			total: c.int('total').notNull(),
			grade: c.text('grade').notNull(),
			scoredDay: c.text('scored_day').notNull(),
			hasDecay: c.boolean('has_decay').notNull(),
			/** The version moves the lead to another stage. */
			moves: c.boolean('moves').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.version, t.leadId] })],
	),
});

export const { scoringModel, scoringDraft, scoringRevision, scoringSignOff, scoringPublication, leadScore } = defineScoring(sqliteColumns);
