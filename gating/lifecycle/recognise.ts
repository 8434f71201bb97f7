import { isRecognisedByRule, type Stage, type WorkingState } from './stage.ts';

/** What makes an MQL of a clean, identified lead, in the order in which they are named where several hold. */
export const MQL_CAUSES = ['need-budget-ability', 'marked-by-hand', 'score-threshold'] as const;
export type MqlCause = (typeof MQL_CAUSES)[number];

/** The three ticks of {@link MQL_CAUSES} (a): each with a credible answer. */
export const TICKS = ['need', 'budget', 'ability'] as const;
export type Tick = (typeof TICKS)[number];

/** What is on record of a lead, as far as the lifecycle asks. */
export interface Recognisable {
	readonly stage: Stage;
	/** Nothing known lies outside the company's target definition. */
	readonly fitsTarget: boolean;
	/** Took part in a tactic: a form, a download, a webinar. */
	readonly tookPart: boolean;
	readonly knows: {
		readonly name: boolean;
		readonly mail: boolean;
		/** At least a region or city. */
		readonly address: boolean;
		readonly company: boolean;
		readonly industry: boolean;
		readonly jobTitle: boolean;
	};
	readonly isClean: boolean;
	readonly ticks: Readonly<Record<Tick, boolean>>;
	/** Somebody of the staff marked it after a call, and no return has come since. */
	readonly isMarked: boolean;
	/** Why it is an MQL, while it is one; null there reads as the score. */
	readonly mqlCause: MqlCause | null;
	/** Hundredths of a point. */
	readonly total: number;
	readonly mql: { readonly from: number; readonly until: number };
}

/** Names of the rules that recognise; kept as the cause of a move. */
export interface Recognition {
	readonly stage: Stage;
	readonly rule: 'target-definition' | 'took-part' | 'company-industry-title' | MqlCause | 'conditions-missing';
	/** Null below MQL. */
	readonly mqlCause: MqlCause | null;
}

/**
 * The stage that the records justify, by product.md "The lifecycle, exactly"; null when stage and cause are the present ones, and for
 * every stage that sales gave. An MQL by score stays one until its total falls under `mql.until`, so that it does not flicker.
 */
export function recognise(lead: Recognisable): Recognition | null {
	if (!isRecognisedByRule(lead.stage)) return null;
	const justified = judge(lead);
	return justified.stage === lead.stage && justified.mqlCause === lead.mqlCause ? null : justified;
}

function judge(lead: Recognisable): Recognition {
	const { stage, fitsTarget, tookPart, knows } = lead;
	const below = (to: Stage, rule: Recognition['rule']): Recognition => ({ stage: to, rule, mqlCause: null });
	const isProspect = tookPart && knows.name && knows.mail && knows.address;
	if (!isProspect) {
		if (!fitsTarget) return below('raw', stage === 'suspect' ? 'target-definition' : 'conditions-missing');
		return below('suspect', stage === 'raw' ? 'target-definition' : 'conditions-missing');
	}
	const isIdentified = knows.company && knows.industry && knows.jobTitle;
	if (!isIdentified) return below('prospect', stage === 'suspect' || stage === 'raw' ? 'took-part' : 'conditions-missing');
	const mqlCause = mqlCauseOf(lead);
	if (mqlCause !== null) return { stage: 'mql', rule: mqlCause, mqlCause };
	return below('identified', stage === 'mql' ? 'conditions-missing' : 'company-industry-title');
}

/** The cause it has as long as that holds, else the first that holds; null when none does. */
function mqlCauseOf({ stage, isClean, ticks, isMarked, mqlCause, total, mql }: Recognisable): MqlCause | null {
	if (!isClean) return null;
	const isByScore = stage === 'mql' && (mqlCause === null || mqlCause === 'score-threshold');
	const holds: Readonly<Record<MqlCause, boolean>> = {
		'need-budget-ability': TICKS.every((tick) => ticks[tick]),
		'marked-by-hand': isMarked,
		'score-threshold': total >= (isByScore ? mql.until : mql.from),
	};
	if (stage === 'mql' && mqlCause !== null && holds[mqlCause]) return mqlCause;
	return MQL_CAUSES.find((cause) => holds[cause]) ?? null;
}

/** Cleaning's word on a lead: quarantine is not passed; who is disqualified keeps the stage reached and reaches no further. */
export function isCleanIn(state: WorkingState, stage: Stage): boolean {
	return state !== 'quarantine' && (state !== 'disqualified' || stage === 'mql');
}
