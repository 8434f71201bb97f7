import { type Case, chanceBy, fitLogistic } from './logistic.ts';
import type { HandedOver } from './outcome.ts';
import { isDecided } from './precision.ts';

/** Decided hand-overs, and of each kind, below which nothing is said. */
export const LEAST_DECIDED = 80;
export const LEAST_OF_EACH = 20;
/** Cases that must have a feature before it counts. */
const LEAST_CASES = 8;
const RIDGE = 2;
const FOLDS = 5;
const GROUPS = 10;
/** Share of the cases that are called likely. */
const LIKELY_SHARE = 1 / 3;

/** Leads of about equal predicted chance, and what came of them. */
export interface Calibration {
	readonly cases: number;
	/** Lowest, mean and highest chance that was said of them. */
	readonly from: number;
	readonly predicted: number;
	readonly to: number;
	/** Share that was accepted. */
	readonly accepted: number;
}

export interface AcceptanceModel {
	/** Weight of each feature in log-odds: `fit:A`, `engagement:1`, `rule:<name>`, `channel:<code>`. */
	readonly weights: Readonly<Record<string, number>>;
	readonly intercept: number;
	readonly cases: number;
	readonly accepted: number;
	/** By cases that each prediction was not learnt from. */
	readonly calibration: readonly Calibration[];
	/** Mean squared error of those predictions, and of saying the share of all each time; less is better. */
	readonly brier: number;
	readonly baseBrier: number;
	/** From this chance on a lead is called likely. */
	readonly likelyFrom: number;
}

/** How many more decisions it takes; all 0 when there are enough. */
export interface Missing {
	readonly decided: number;
	readonly accepted: number;
	readonly notAccepted: number;
}

/** What is known of a lead when it is judged. */
export type Judged = Pick<HandedOver, 'grade' | 'rules' | 'channel'>;

export function missingOf(all: readonly HandedOver[]): Missing {
	const decided = all.filter(isDecided);
	const accepted = decided.filter(({ outcome }) => outcome === 'accepted').length;
	return {
		decided: Math.max(0, LEAST_DECIDED - decided.length),
		accepted: Math.max(0, LEAST_OF_EACH - accepted),
		notAccepted: Math.max(0, LEAST_OF_EACH - (decided.length - accepted)),
	};
}

export const isEnough = ({ decided, accepted, notAccepted }: Missing): boolean => decided + accepted + notAccepted === 0;

/** True when it says more than the share of all does. */
export const isUseful = ({ brier, baseBrier }: Pick<AcceptanceModel, 'brier' | 'baseBrier'>): boolean => brier < baseBrier;

/** Chance from 0 to 1 that sales accepts a lead. */
export function chanceOf({ intercept, weights }: Pick<AcceptanceModel, 'intercept' | 'weights'>, lead: Judged): number {
	const odds = featuresOf(lead).reduce((sum, name) => sum + (weights[name] ?? 0), intercept);
	return 1 / (1 + Math.exp(-odds));
}

/** Learns from what sales decided; null with too little of it. Each prediction of the calibration comes from a model that did not see its case. */
export function learn(all: readonly HandedOver[]): AcceptanceModel | null {
	if (!isEnough(missingOf(all))) return null;
	const decided = all.filter(isDecided).sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
	const isYes = decided.map(({ outcome }) => outcome === 'accepted');
	const names = frequentOf(decided);
	const places = new Map(names.map((name, at) => [name, at]));
	const cases = decided.map((one, at): Case => ({ features: featuresOf(one).flatMap((name) => places.get(name) ?? []), isYes: isYes[at]! }));
	const said = cases.map(() => ({ chance: 0, base: 0 }));
	for (let fold = 0; fold < FOLDS; fold++) {
		const others = cases.filter((_one, at) => at % FOLDS !== fold);
		const weights = fitLogistic(others, names.length, RIDGE);
		const base = others.filter((one) => one.isYes).length / others.length;
		for (const [at, { features }] of cases.entries()) if (at % FOLDS === fold) said[at] = { chance: chanceBy(weights, features), base };
	}
	const { intercept, weights } = fitLogistic(cases, names.length, RIDGE);
	const chances = said.map(({ chance }) => chance);
	const sorted = chances.toSorted((a, b) => b - a);
	return {
		intercept,
		weights: Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0])),
		...{ cases: cases.length, accepted: isYes.filter(Boolean).length },
		calibration: calibrationOf(chances.map((chance, at) => ({ chance, isYes: isYes[at]! }))),
		brier: brierOf(chances, isYes),
		baseBrier: brierOf(said.map(({ base }) => base), isYes), // prettier-ignore
		likelyFrom: sorted[Math.floor(sorted.length * LIKELY_SHARE)] ?? 1,
	};
}

function featuresOf({ grade, rules, channel }: Judged): string[] {
	return [`fit:${grade.charAt(0)}`, `engagement:${grade.charAt(1)}`, ...new Set(rules.map((rule) => `rule:${rule}`)), ...(channel === '' ? [] : [`channel:${channel}`])]; // prettier-ignore
}

/** Features that enough cases have, and enough have not. */
function frequentOf(decided: readonly HandedOver[]): string[] {
	const counts = new Map<string, number>();
	for (const one of decided) for (const name of featuresOf(one)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].filter(([, count]) => count >= LEAST_CASES && decided.length - count >= LEAST_CASES).map(([name]) => name).sort(); // prettier-ignore
}

const brierOf = (chances: readonly number[], isYes: readonly boolean[]): number =>
	chances.reduce((sum, chance, at) => sum + (chance - (isYes[at] ? 1 : 0)) ** 2, 0) / chances.length;

function calibrationOf(all: readonly { readonly chance: number; readonly isYes: boolean }[]): Calibration[] {
	const sorted = all.toSorted((a, b) => a.chance - b.chance);
	return Array.from({ length: GROUPS }, (_, group) =>
		sorted.slice(Math.floor((group * sorted.length) / GROUPS), Math.floor(((group + 1) * sorted.length) / GROUPS)),
	)
		.filter((some) => some.length > 0)
		.map((some) => ({
			cases: some.length,
			from: some[0]!.chance,
			predicted: some.reduce((sum, { chance }) => sum + chance, 0) / some.length,
			to: some.at(-1)!.chance,
			accepted: some.filter(({ isYes }) => isYes).length / some.length,
		}));
}
