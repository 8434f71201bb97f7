import { type CauseKind, GIVEN_UP, mayMoveStage, mayMoveState } from './moves.ts';
import { isRecognisedByRule, type Stage, type WorkingState } from './stage.ts';

export const INTERACTION_KINDS = ['call', 'mail', 'message', 'meeting'] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

export const INTERACTION_OUTCOMES = ['reached', 'real-need', 'callback', 'no-answer', 'wrong-contact', 'declined'] as const;
export type InteractionOutcome = (typeof INTERACTION_OUTCOMES)[number];
/** Outcomes in which somebody was spoken to. */
export const REACHED: readonly string[] = ['reached', 'real-need'] satisfies readonly InteractionOutcome[];

const RETURN_REASONS = ['no-need', 'no-budget', 'no-authority', 'too-early', 'unreachable', 'wrong-contact', 'wrong-data', 'other'] as const;
const LOST_REASONS = ['price', 'competitor', 'no-decision', 'product-gap', 'delivery-time', 'other'] as const;
const DISQUALIFY_REASONS = ['not-target', 'is-competitor', 'student', 'left-company', 'test-data', 'other'] as const;

interface Rule {
	/** As what a person decides it; systems decide what sales decides, as `api`. */
	readonly by: Extract<CauseKind, 'staff' | 'sales'>;
	/** Stages it can be decided at. */
	readonly at: readonly Stage[];
	/** States it can be decided in; the table of moves asks besides. */
	readonly in: readonly WorkingState[];
	/** Null: it stays. */
	readonly stage: Stage | null;
	readonly state: WorkingState | null;
	/** What it rests on: a logged interaction in which somebody was reached, by anybody or by who decides. */
	readonly rests: 'reached' | 'own-reached' | null;
	readonly needsFeedback?: true;
	readonly reasons?: readonly string[];
}

const ANY_STAGE: readonly Stage[] = ['raw', 'suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer'];
const UNWORKED: readonly WorkingState[] = ['open', 'screening', 'nurture'];
const WORKED: readonly WorkingState[] = ['open', 'screening', 'nurture', 'sales'];

/** What can be decided about a lead, and which move it is. */
export const DISPOSITIONS = {
	screening: { by: 'staff', at: ANY_STAGE, in: ['open', 'nurture'], stage: null, state: 'screening', rests: null },
	marked: { by: 'staff', at: ['identified', 'mql'], in: WORKED, stage: null, state: null, rests: 'reached' },
	'handed-over': { by: 'staff', at: ['mql'], in: UNWORKED, stage: null, state: 'sales', rests: null },
	accepted: { by: 'sales', at: ['identified', 'mql'], in: WORKED, stage: 'sql', state: 'sales', rests: 'own-reached', needsFeedback: true },
	working: { by: 'sales', at: ANY_STAGE, in: ['sales'], stage: null, state: null, rests: null },
	opportunity: { by: 'sales', at: ['sql', 'customer'], in: WORKED, stage: 'opportunity', state: 'sales', rests: null },
	won: { by: 'sales', at: ['opportunity'], in: ['sales'], stage: 'customer', state: 'nurture', rests: null },
	lost: { by: 'sales', at: ['sql', 'opportunity'], in: ['sales'], stage: GIVEN_UP, state: 'nurture', rests: null, reasons: LOST_REASONS },
	returned: {
		...{ by: 'sales', at: ANY_STAGE, in: ['sales'], stage: GIVEN_UP, state: 'nurture', rests: null },
		reasons: RETURN_REASONS,
	},
	nurture: { by: 'staff', at: ANY_STAGE, in: ['open', 'screening'], stage: null, state: 'nurture', rests: null },
	disqualified: {
		...{ by: 'staff', at: ANY_STAGE, in: [...WORKED, 'quarantine'], stage: null, state: 'disqualified', rests: null },
		reasons: DISQUALIFY_REASONS,
	},
	reopened: { by: 'staff', at: ANY_STAGE, in: ['nurture', 'disqualified'], stage: null, state: 'open', rests: null },
} as const satisfies Readonly<Record<string, Rule>>;

export type DispositionKind = keyof typeof DISPOSITIONS;
export const DISPOSITION_KINDS = Object.keys(DISPOSITIONS) as readonly DispositionKind[];

export const ruleOf = (kind: DispositionKind): Rule => DISPOSITIONS[kind];

/** Where a lead goes by a disposition, or null where it cannot be decided: by `asKind`, as the tables of moves name it. */
export function movedBy(
	kind: DispositionKind,
	from: { readonly stage: Stage; readonly workingState: WorkingState },
	asKind: CauseKind,
): { readonly stage: Stage; readonly workingState: WorkingState } | null {
	const rule = ruleOf(kind);
	if (!rule.at.includes(from.stage) || !rule.in.includes(from.workingState)) return null;
	const to = {
		stage: rule.stage === GIVEN_UP && !isGivenUp(from.stage) ? from.stage : (rule.stage ?? from.stage),
		workingState: rule.state ?? from.workingState,
	};
	if (to.stage !== from.stage && !mayMoveStage(from.stage, to.stage, asKind)) return null;
	return to.workingState === from.workingState || mayMoveState(from.workingState, to.workingState, asKind) ? to : null;
}

/** The dispositions that can be decided about a lead where it stands. Systems (`api`) decide only what sales decides. */
export function possibleDispositions(
	from: { readonly stage: Stage; readonly workingState: WorkingState },
	{ sells, isSystem }: { readonly sells: boolean; readonly isSystem: boolean },
): DispositionKind[] {
	return DISPOSITION_KINDS.filter((kind) => {
		const { by, rests } = ruleOf(kind);
		if (by === 'sales' && !sells) return false;
		if (isSystem && (by !== 'sales' || rests === 'own-reached')) return false;
		return movedBy(kind, from, isSystem ? 'api' : by) !== null;
	});
}

/** Whether giving a lead up takes a stage away: not one below, which rules gave, nor being a customer. */
const isGivenUp = (stage: Stage): boolean => stage !== 'customer' && (stage === 'mql' || !isRecognisedByRule(stage));
