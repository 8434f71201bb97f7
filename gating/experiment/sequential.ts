import { chiSquareTail, logGamma, Z_80 } from './distribution.ts';

/** How many were shown a variant, and how many of them then did what counts. */
export interface Arm {
	readonly shown: number;
	readonly converted: number;
}

/** A difference of rates, variant less control, with its interval. Fractions: .01 is one percentage point. */
export interface Difference {
	readonly difference: number;
	readonly low: number;
	readonly high: number;
}

/** Below these in either of the two the normal approximation does not hold, and no interval is given. */
export const LEAST_SHOWN = 100;
export const LEAST_CONVERTED = 10;

/**
 * The interval of a difference of two rates that may be looked at every day: with probability 1 − `alpha` it holds the true difference at all
 * looks together, so stopping at the first look that excludes 0 is wrong in at most `alpha` of the experiments without an effect.
 *
 * With V = p₁(1 − p₁)/n₁ + p₀(1 − p₀)/n₀ and τ the standard deviation of the effects one reckons with (here: the smallest effect that matters),
 * the interval is d ± √( V (V + τ²)/τ² · ( ln((V + τ²)/V) − 2 ln α ) ). In V the rates are (x + ½)/(n + 1), so that an early 0 claims no
 * certainty. Null while fewer than {@link LEAST_SHOWN} were shown or {@link LEAST_CONVERTED} converted in either arm.
 *
 * Source: normal-mixture sequential probability ratio test, R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always Valid Inference: Continuous
 * Monitoring of A/B Tests", Operations Research 70 (2022), https://arxiv.org/abs/1512.04922, eq. 11–12; that it holds asymptotically for
 * rates with estimated variance: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 52 (2024), https://arxiv.org/abs/2103.06476.
 */
export function alwaysValid(control: Arm, variant: Arm, { alpha, tau }: { readonly alpha: number; readonly tau: number }): Difference | null {
	if (Math.min(control.shown, variant.shown) < LEAST_SHOWN || Math.min(control.converted, variant.converted) < LEAST_CONVERTED) return null;
	const difference = variant.converted / variant.shown - control.converted / control.shown;
	const half = halfWidth(varianceOf(control) + varianceOf(variant), alpha, tau);
	return { difference, low: Math.max(-1, difference - half), high: Math.min(1, difference + half) };
}

function varianceOf({ shown, converted }: Arm): number {
	const rate = (converted + 0.5) / (shown + 1);
	return (rate * (1 - rate)) / shown;
}

function halfWidth(variance: number, alpha: number, tau: number): number {
	const mixed = variance + tau * tau;
	return Math.sqrt(((variance * mixed) / (tau * tau)) * (Math.log(mixed / variance) - 2 * Math.log(alpha)));
}

/** Weight of the stated shares in {@link mismatch}, in visitors: small enough to see a mismatch, large enough not to be loud early. */
const PRIOR_WEIGHT = 100;

export interface Mismatch {
	/** Chi-square of the counts as they are, and the chance of one as large at a single look. For the reader's eye only. */
	readonly chiSquare: number;
	readonly chance: number;
	/** Chance, over all looks together, of counts as far from the weights; at most so many healthy experiments ever fall below a level. */
	readonly alwaysValid: number;
}

/** Below this the counts of visitors do not fit the weights, and no result of the experiment is to be believed. */
export const MISMATCH_LEVEL = 0.001;

/**
 * Whether visitors fell on the variants by their weights, judged so that daily looks are honest: `history` holds the counts at each look so
 * far, in order. The test is the Dirichlet–multinomial Bayes factor against the stated shares, whose inverse exceeds 1/p at any look with
 * probability at most p.
 *
 * Source: M. Lindon, A. Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022, https://arxiv.org/abs/2011.03567, eq. 6.
 */
export function mismatch(history: readonly (readonly number[])[], weights: readonly number[]): Mismatch {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const used = weights.flatMap((weight, at) => (weight > 0 ? [{ at, share: weight / total }] : []));
	const counts = history.at(-1) ?? [];
	const shown = used.reduce((sum, { at }) => sum + (counts[at] ?? 0), 0);
	const most = Math.max(0, ...history.map((look) => logBayes(used.map(({ at, share }) => ({ share, count: look[at] ?? 0 })))));
	const chiSquare = shown === 0 ? 0 : used.reduce((sum, { at, share }) => sum + ((counts[at] ?? 0) - share * shown) ** 2 / (share * shown), 0);
	return { chiSquare, chance: used.length < 2 ? 1 : chiSquareTail(chiSquare, used.length - 1), alwaysValid: Math.exp(-most) };
}

function logBayes(cells: readonly { readonly share: number; readonly count: number }[]): number {
	const shown = cells.reduce((sum, { count }) => sum + count, 0);
	return cells.reduce(
		(sum, { share, count }) => sum + logGamma(PRIOR_WEIGHT * share + count) - logGamma(PRIOR_WEIGHT * share) - count * Math.log(share),
		logGamma(PRIOR_WEIGHT) - logGamma(PRIOR_WEIGHT + shown),
	);
}

/**
 * Visitors that each of two equal arms needs, so that an experiment with exactly the `effect` (absolute, as .01) on a rate of `base` excludes 0 by
 * then in 80 of 100 cases. {@link alwaysValid} usually gets there earlier: it is a bound, not an appointment.
 */
export function visitorsNeeded(base: number, effect: number, alpha: number): number {
	const raised = Math.min(0.999, base + effect);
	const perVisitor = base * (1 - base) + raised * (1 - raised);
	const isEnough = (visitors: number): boolean => {
		const variance = perVisitor / visitors;
		return halfWidth(variance, alpha, effect) + Z_80 * Math.sqrt(variance) <= effect;
	};
	let high = LEAST_SHOWN;
	while (!isEnough(high)) high *= 2;
	let low = LEAST_SHOWN;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (isEnough(middle)) high = middle;
		else low = middle + 1;
	}
	return Math.max(low, Math.ceil(LEAST_CONVERTED / base));
}
