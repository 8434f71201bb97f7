import type { RECOGNISED, Stage, WorkingState } from './stage.ts';

/**
 * Who causes a move. `rule`: recognition. `staff`: anybody who works leads. `sales`: a sales person, by their logged interaction or their
 * disposition. `import`, `api`: a list, a CRM. What a merge or an undoing brings back was allowed when it came about, and is not asked here.
 */
export const CAUSE_KINDS = ['rule', 'staff', 'sales', 'import', 'api'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

type Moves<T extends string> = Readonly<Record<T, Readonly<Partial<Record<CauseKind, readonly T[]>>>>>;

/** Every move between stages. What is not here cannot happen. Nobody but sales makes an SQL; a customer's new interest makes an opportunity. */
export const STAGE_MOVES: Moves<Stage> = {
	raw: { rule: ['suspect', 'prospect', 'identified', 'mql'] },
	suspect: { rule: ['raw', 'prospect', 'identified', 'mql'] },
	prospect: { rule: ['raw', 'suspect', 'identified', 'mql'] },
	identified: { rule: ['raw', 'suspect', 'prospect', 'mql'], sales: ['sql'] },
	mql: { rule: ['raw', 'suspect', 'prospect', 'identified'], sales: ['sql', 'identified'] },
	sql: { sales: ['opportunity', 'identified'], api: ['opportunity', 'identified'] },
	opportunity: { sales: ['customer', 'identified'], api: ['customer', 'identified'] },
	customer: { rule: ['opportunity'], sales: ['opportunity'], api: ['opportunity'] },
};

/** Every move between working states. */
export const STATE_MOVES: Moves<WorkingState> = {
	open: {
		rule: ['quarantine', 'sales'],
		import: ['quarantine'],
		staff: ['screening', 'sales', 'nurture', 'disqualified'],
		sales: ['sales', 'nurture'],
		api: ['sales', 'nurture'],
	},
	screening: { rule: ['sales'], staff: ['open', 'sales', 'nurture', 'disqualified'], sales: ['sales', 'nurture'], api: ['sales', 'nurture'] },
	sales: { staff: ['disqualified'], sales: ['nurture'], api: ['nurture'] },
	nurture: { rule: ['open', 'sales'], staff: ['screening', 'sales', 'open', 'disqualified'], sales: ['sales'], api: ['sales'] },
	quarantine: { staff: ['open', 'disqualified'] },
	disqualified: { staff: ['open'] },
};

export function mayMoveStage(from: Stage, to: Stage, kind: CauseKind): boolean {
	return STAGE_MOVES[from][kind]?.includes(to) ?? false;
}

export function mayMoveState(from: WorkingState, to: WorkingState, kind: CauseKind): boolean {
	return STATE_MOVES[from][kind]?.includes(to) ?? false;
}

/** Where a stage that sales gave goes when they give it up; recognition judges on from there at once. */
export const GIVEN_UP = 'identified' satisfies (typeof RECOGNISED)[number];
