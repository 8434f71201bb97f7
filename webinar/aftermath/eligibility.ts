/**
 * What has to be done to be given something: a seat in a draw, material, a certificate, a longer replay. Every part that is left out, or
 * zero, asks nothing; what is asked must all be met.
 */
export interface EligibilityRule {
	/** Minutes in the room and of the replay together. */
	readonly minMinutes?: number;
	/** Minutes in the room alone, while it was live. */
	readonly minLiveMinutes?: number;
	/** Share of the programme that was attended live, in percent from 0 to 100. */
	readonly minSharePercent?: number;
	/** Polls answered. */
	readonly polls?: number;
	/** Points in quizzes: a pass mark. */
	readonly quizPoints?: number;
	readonly survey?: boolean;
	/** Checked in at the door of an event on site. */
	readonly checkedIn?: boolean;
}

/** What one person did in one occurrence. Minutes are whole and rounded down, so that nobody is told of a minute they lack. */
export interface Achievements {
	readonly liveMinutes: number;
	readonly replayMinutes: number;
	/** 0 to 100, rounded down. */
	readonly sharePercent: number;
	readonly polls: number;
	readonly quizPoints: number;
	readonly hasSurvey: boolean;
	readonly isCheckedIn: boolean;
}

export type StepKind = 'minutes' | 'live-minutes' | 'share' | 'polls' | 'quiz-points' | 'survey' | 'check-in';

/** One condition, and how far somebody is with it. */
export interface Step {
	readonly kind: StepKind;
	/** 1 for what is done or not done. */
	readonly needed: number;
	/** At most `needed`. */
	readonly done: number;
	readonly isMet: boolean;
}

export interface Verdict {
	readonly isEligible: boolean;
	/** What the rule asks, in its own order; empty for a rule that asks nothing. */
	readonly steps: readonly Step[];
}

export const NOTHING_DONE: Achievements = {
	liveMinutes: 0,
	replayMinutes: 0,
	sharePercent: 0,
	polls: 0,
	quizPoints: 0,
	hasSurvey: false,
	isCheckedIn: false,
};

/** Whether these achievements meet the rule, step by step. The one answer for draws, material, certificates and replays. */
export function judgeEligibility(rule: EligibilityRule, done: Achievements): Verdict {
	const asked: readonly (readonly [StepKind, number, number])[] = [
		['minutes', rule.minMinutes ?? 0, done.liveMinutes + done.replayMinutes],
		['live-minutes', rule.minLiveMinutes ?? 0, done.liveMinutes],
		['share', rule.minSharePercent ?? 0, done.sharePercent],
		['polls', rule.polls ?? 0, done.polls],
		['quiz-points', rule.quizPoints ?? 0, done.quizPoints],
		['survey', Number(rule.survey ?? false), Number(done.hasSurvey)],
		['check-in', Number(rule.checkedIn ?? false), Number(done.isCheckedIn)],
	];
	const steps = asked
		.filter(([, needed]) => needed > 0)
		.map(([kind, needed, reached]): Step => ({ kind, needed, done: Math.min(needed, Math.max(0, reached)), isMet: reached >= needed }));
	return { isEligible: steps.every(({ isMet }) => isMet), steps };
}

/** The share of a programme somebody attended, in whole percent from 0 to 100; 0 for a programme without length. */
export function sharePercent(seconds: number, lengthSeconds: number): number {
	return lengthSeconds <= 0 ? 0 : Math.min(100, Math.floor((seconds / lengthSeconds) * 100));
}
