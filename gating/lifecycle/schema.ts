import { type Columns, sqliteColumns } from '#kernel/columns.ts';

/**
 * Tables of working leads. What was said and decided hangs on the immutable person, so that merges and their undoing need no copy;
 * free words are sealed with the person's key.
 */
export const defineLifecycle = (c: Columns) => ({
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
		// Wide enough that reports read the index alone.
		(t) => [c.index('move_lead').on(t.leadId, t.at, t.from, t.to)],
	),

	/** A call, mail, message or meeting, as staff logged it. */
	interaction: c.table(
		'sales_interaction',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** See {@link INTERACTION_KINDS}. */
			kind: c.text('kind').notNull(),
			/** See {@link INTERACTION_OUTCOMES}. */
			outcome: c.text('outcome').notNull(),
			note: c.bytes('note'),
			/** `staff:<id>` or `api:<token name>`. */
			by: c.text('by').notNull(),
			/** When it took place. */
			at: c.instant('at').notNull(),
			loggedAt: c.instant('logged_at').notNull(),
			nextActionAt: c.instant('next_action_at'),
		},
		(t) => [c.index('sales_interaction_person').on(t.personId, t.at)],
	),

	/** What staff decided about a lead. The newest that is not undone holds. */
	disposition: c.table(
		'disposition',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			/** The lead it was decided for; another after a merge. */
			leadId: c.text('lead_id').notNull(),
			/** The logged interaction it rests on. */
			interactionId: c.text('interaction_id'),
			/** See {@link DISPOSITIONS}. */
			kind: c.text('kind').notNull(),
			reason: c.text('reason').notNull(),
			feedback: c.bytes('feedback'),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
			before: c.json<Standing>('before').notNull(),
			after: c.json<Standing>('after').notNull(),
			undoneAt: c.instant('undone_at'),
			undoneBy: c.text('undone_by'),
		},
		(t) => [c.index('disposition_person').on(t.personId, t.at), c.index('disposition_lead').on(t.leadId)],
	),

	/** Dated lines that change engagement by decision of a person, beside what events give. */
	scoreLedger: c.table(
		'score_ledger',
		{
			id: c.id('id').primaryKey(),
			personId: c.text('person_id').notNull(),
			dispositionId: c.text('disposition_id').notNull(),
			rule: c.text('rule').notNull(),
			ruleVersion: c.int('rule_version').notNull(),
			/** Hundredths of a point on its day. */
			points: c.int('points').notNull(),
			halfLifeDays: c.int('half_life_days'),
			reason: c.text('reason').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
			undoneAt: c.instant('undone_at'),
		},
		(t) => [c.index('score_ledger_person').on(t.personId, t.at), c.index('score_ledger_disposition').on(t.dispositionId)],
	),

	/** Log of working states, as `move` is that of stages. */
	workMove: c.table(
		'work_move',
		{
			id: c.id('id').primaryKey(),
			leadId: c.text('lead_id').notNull(),
			from: c.text('from_state').notNull(),
			to: c.text('to_state').notNull(),
			cause: c.text('cause').notNull(),
			evidence: c.json<Record<string, unknown>>('evidence').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.index('work_move_lead').on(t.leadId, t.at, t.from, t.to)],
	),

	/** Versions of whom the company wants; the highest holds. */
	targetDefinition: c.table('target_definition', {
		version: c.int('version').primaryKey(),
		definition: c.json<unknown>('definition').notNull(),
		author: c.text('author').notNull(),
		publishedAt: c.instant('published_at').notNull(),
	}),

	/** Staff who have signed in, by the name they had last: to whom leads can be given. */
	staffMember: c.table('staff_member', {
		id: c.id('id').primaryKey(),
		name: c.text('name').notNull(),
		role: c.text('role').notNull(),
		seenAt: c.instant('seen_at').notNull(),
		/** When they were found to work here no more; null while they do. */
		leftAt: c.instant('left_at'),
	}),
});

/** Where a lead stands. */
export interface Standing {
	readonly stage: string;
	readonly workingState: string;
	readonly owner: string | null;
	readonly nextActionAt: number | null;
}

export const { move, interaction, disposition, scoreLedger, workMove, targetDefinition, staffMember } = defineLifecycle(sqliteColumns);
