import { betaQuantile } from './beta.ts';
import type { HandedOver } from './outcome.ts';

/** Decisions that the share of all counts as, beside those of a rule: one lucky lead says little. */
const PRIOR = 10;
const MARGIN = 0.025;

/** How leads that held a rule at hand-over fared with sales. */
export interface RulePrecision {
	readonly rule: string;
	/** Hand-overs that held it, undecided ones included. */
	readonly held: number;
	readonly open: number;
	readonly accepted: number;
	readonly won: number;
	readonly notAccepted: number;
	/** Reasons of returns, most frequent first. */
	readonly returned: readonly ReasonCount[];
	/** Share of decided ones that were accepted, drawn to the share of all as far as there are few. Null without a decided one. */
	readonly share: number | null;
	/** With 95 % probability the share lies between these. */
	readonly low: number;
	readonly high: number;
	/** Whether the share of all lies outside. */
	readonly verdict: 'better' | 'worse' | 'unclear';
}

export interface ReasonCount {
	readonly reason: string;
	readonly count: number;
}

export interface Precision {
	readonly handedOver: number;
	readonly decided: number;
	readonly accepted: number;
	/** Share of decided hand-overs that were accepted; null without any. */
	readonly base: number | null;
	/** Rules that somebody held, those with most decisions first. */
	readonly rules: readonly RulePrecision[];
	/** Reasons by what they were given for. */
	readonly reasons: Readonly<Record<'returned' | 'disqualified' | 'lost', readonly ReasonCount[]>>;
}

/** Which rules go with acceptance by sales. */
export function precisionOf(all: readonly HandedOver[]): Precision {
	const decided = all.filter(isDecided);
	const accepted = decided.filter(({ outcome }) => outcome === 'accepted').length;
	const base = decided.length === 0 ? null : accepted / decided.length;
	const names = [...new Set(all.flatMap(({ rules }) => rules))];
	const rules = names.map((rule) => rowOf(rule, all.filter((one) => one.rules.includes(rule)), base)); // prettier-ignore
	return {
		...{ handedOver: all.length, decided: decided.length, accepted, base },
		rules: rules.sort((a, b) => b.accepted + b.notAccepted - (a.accepted + a.notAccepted) || (a.rule < b.rule ? -1 : 1)),
		reasons: {
			returned: countsOf(all.map((one) => one.returned)),
			disqualified: countsOf(all.map((one) => one.disqualified)),
			lost: countsOf(all.map((one) => one.lost)),
		},
	};
}

export const isDecided = ({ outcome }: Pick<HandedOver, 'outcome'>): boolean => outcome !== 'open';

function rowOf(rule: string, held: readonly HandedOver[], base: number | null): RulePrecision {
	const decided = held.filter(isDecided).length;
	const accepted = held.filter(({ outcome }) => outcome === 'accepted').length;
	const smoothed = smoothedShare(accepted, decided, base ?? 0);
	return {
		...{ rule, held: held.length, open: held.length - decided, accepted, won: held.filter(({ isWon }) => isWon).length },
		...{ notAccepted: decided - accepted, returned: countsOf(held.map((one) => one.returned)) },
		...{ ...smoothed, share: decided === 0 ? null : smoothed.share },
		verdict: base === null || decided === 0 ? 'unclear' : smoothed.low > base ? 'better' : smoothed.high < base ? 'worse' : 'unclear',
	};
}

/**
 * A share of few, drawn to the share of all as if {@link PRIOR} more had been seen with it, and the span that holds it with 95 % probability
 * (beta distribution).
 */
export function smoothedShare(
	accepted: number,
	decided: number,
	base: number,
): { readonly share: number; readonly low: number; readonly high: number } {
	const [yes, no] = [accepted + PRIOR * base, decided - accepted + PRIOR * (1 - base)];
	if (yes === 0) return { share: 0, low: 0, high: 0 };
	if (no === 0) return { share: 1, low: 1, high: 1 };
	return { share: yes / (yes + no), low: betaQuantile(MARGIN, yes, no), high: betaQuantile(1 - MARGIN, yes, no) };
}

function countsOf(reasons: readonly (string | null)[]): ReasonCount[] {
	const counts = Map.groupBy(reasons.filter((reason) => reason !== null), (reason) => reason); // prettier-ignore
	return [...counts].map(([reason, all]) => ({ reason, count: all.length })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
