import { isRecognisedByRule, type Stage } from './stage.ts';

/** What is on record of a lead, as far as the lifecycle asks. */
export interface Recognisable {
	readonly stage: Stage;
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
	/** Hundredths of a point. */
	readonly total: number;
	readonly mql: { readonly from: number; readonly until: number };
}

/** Names of the rules that recognise; kept as the cause of a move. */
export type Recognition = { readonly stage: Stage; readonly rule: 'took-part' | 'company-industry-title' | 'score-threshold' | 'conditions-missing' };

/**
 * The stage that the records justify, by product.md "The lifecycle, exactly"; null when it is the present one. A stage that
 * sales gave stays. An MQL by score stays one until its total falls under `mql.until`, so that it does not flicker.
 */
export function recognise(lead: Recognisable): Recognition | null {
	if (!isRecognisedByRule(lead.stage)) return null;
	const justified = judge(lead);
	return justified.stage === lead.stage ? null : justified;
}

function judge({ stage, tookPart, knows, isClean, total, mql }: Recognisable): Recognition {
	const isProspect = tookPart && knows.name && knows.mail && knows.address;
	if (!isProspect) return { stage: 'suspect', rule: 'conditions-missing' };
	const isIdentified = knows.company && knows.industry && knows.jobTitle;
	if (!isIdentified) return { stage: 'prospect', rule: stage === 'suspect' ? 'took-part' : 'conditions-missing' };
	const isOverThreshold = total >= (stage === 'mql' ? mql.until : mql.from);
	if (isClean && isOverThreshold) return { stage: 'mql', rule: 'score-threshold' };
	return { stage: 'identified', rule: stage === 'mql' ? 'conditions-missing' : 'company-industry-title' };
}
