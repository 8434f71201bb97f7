import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import type { EventType } from '../event/catalog.ts';
import { isCleanIn, MQL_CAUSES, recognise, type Recognition } from '../lifecycle/recognise.ts';
import { isRecognisedByRule, isStage, isWorkingState, type Stage } from '../lifecycle/stage.ts';
import { outsideOf, type TargetDefinition } from '../lifecycle/target.ts';
import { targetFactsOf, workOf } from '../lifecycle/work.ts';
import type { Calendar } from './engagement.ts';
import { type Evidence, lastActivity } from './evidence.ts';
import { foldScore } from './fold.ts';
import type { LiveModel } from './model.ts';
import type { Receipt } from './receipt.ts';
import type { Surroundings } from './surroundings.ts';

/** Doing one of these is taking part in a tactic. */
const TACTICS: ReadonlySet<string> = new Set([
	'form.submitted',
	'download',
	'webinar.registered',
	'webinar.joined',
	'webinar.attended',
	'webinar.replay',
] satisfies readonly EventType[]);

export interface JudgeContext {
	readonly live: LiveModel;
	readonly at: Date;
	readonly timeZone: string;
	readonly surroundings: Surroundings;
	readonly calendar?: Calendar;
}

/** The receipt of what is on record, as of `at`. */
export function receiptOf(
	{ events, attributes, objectors, colleagues, ledger }: Evidence,
	{ live, at, timeZone, surroundings, calendar }: JudgeContext,
): Receipt {
	const { content } = surroundings;
	return foldScore({ events, attributes, live, now: at, timeZone, objectors, content, colleagues, ledger, ...(calendar ? { calendar } : {}) });
}

/** Numbers of a lead's row that follow from a receipt. */
export function numbersOf(receipt: Receipt, at: Date, timeZone: string) {
	return {
		fit: receipt.fit.total,
		engagement: receipt.engagement.total,
		total: receipt.total,
		grade: receipt.grade,
		scoredDay: localDay(at, timeZone),
		hasDecay: receipt.hasDecay,
	};
}

export interface StageMove {
	readonly from: Stage;
	readonly workingState: string;
	readonly to: Recognition;
	/** Something came since sales gave the lead up last. */
	readonly isNews: boolean;
	readonly evidence: Readonly<Record<string, unknown>>;
}

/** What the company has set for its stages. */
export interface StageRules {
	readonly mql: LiveModel['model']['mql'];
	readonly target: TargetDefinition;
}

/** Where the lifecycle's rules move the lead with this receipt; null where it stays. */
export async function nextStage(
	handle: Handle,
	evidence: Evidence,
	{ total, grade, modelVersion }: Pick<Receipt, 'total' | 'grade' | 'modelVersion'>,
	{ mql, target }: StageRules,
): Promise<StageMove | null> {
	const { stage, workingState, mqlCause } = evidence.lead;
	if (!isStage(stage) || !isWorkingState(workingState) || !isRecognisedByRule(stage)) return null;
	const work = await workOf(handle, evidence.personIds);
	const to = recognise({
		stage,
		fitsTarget: outsideOf(target, await targetFactsOf(handle, evidence.personIds, evidence.profile)).length === 0,
		tookPart: evidence.events.some(({ type }) => TACTICS.has(type)),
		knows: knownOf(evidence),
		isClean: isCleanIn(workingState, stage),
		ticks: work.ticks,
		isMarked: work.isMarked,
		mqlCause: MQL_CAUSES.find((cause) => cause === mqlCause) ?? null,
		...{ total, mql },
	});
	if (!to) return null;
	const isNews = work.givenUpAt === null || lastActivity(evidence) > work.givenUpAt || to.rule !== 'score-threshold';
	const why = { total, grade, modelVersion, ...(to.mqlCause !== null && to.mqlCause !== 'score-threshold' && work.evidence) };
	return { from: stage, workingState, to, isNews, evidence: why };
}

/** Whether another total or threshold can move the lead at all; everything else about it was judged when it was scored last. */
export function mayMove(
	{ lead: { stage } }: { readonly lead: { readonly stage: string } },
	total: number,
	{ from, until }: LiveModel['model']['mql'],
): boolean {
	return stage === 'mql' ? total < until : stage === 'identified' && total >= from;
}

function knownOf({ profile: { name, email, region, company, industry, jobTitle } }: Evidence) {
	const isKnown = (value: string | undefined) => value !== undefined && value !== '';
	return {
		name: isKnown(name),
		mail: isKnown(email),
		address: isKnown(region),
		company: isKnown(company),
		industry: isKnown(industry),
		jobTitle: isKnown(jobTitle),
	};
}
