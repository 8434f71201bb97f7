import { DAY_MS } from '#kernel/clock.ts';

import { ALPHA, type Definition } from './definition.ts';
import type { Metric } from './metric.ts';
import { alwaysValid, type Arm, type Difference, mismatch, type Mismatch, MISMATCH_LEVEL, visitorsNeeded } from './sequential.ts';
import type { DayCounts } from './units.ts';

/** One variant by one metric. */
export interface VariantResult {
	readonly key: string;
	readonly arm: Arm;
	/** Fraction; null before anybody was shown it. */
	readonly rate: number | null;
	/** Against the control; null for the control itself and while there is too little to say. */
	readonly difference: Difference | null;
	/** First day whose interval excluded 0, which it may do at any look. */
	readonly decidedOn: string | null;
	/** Interval at the end of each day that has one. */
	readonly history: readonly (Difference & { readonly day: string })[];
}

export interface MetricResult {
	readonly metric: Metric;
	readonly variants: readonly VariantResult[];
}

/** What the numbers say, in the order in which they are looked at. */
export type Verdict =
	/** Nobody has been shown it. */
	| { readonly verdict: 'empty' }
	/** Visitors do not fall on the variants by their weights: something is broken. */
	| { readonly verdict: 'mismatch' }
	/** A guardrail fell. */
	| { readonly verdict: 'harm'; readonly variant: string; readonly metric: Metric }
	| { readonly verdict: 'better'; readonly variant: string }
	/** Each variant is worse than the control. */
	| { readonly verdict: 'worse' }
	/** No difference as large as the smallest that matters. */
	| { readonly verdict: 'same' }
	/** Its days are over, and nothing was found. */
	| { readonly verdict: 'over' }
	| { readonly verdict: 'collecting' };

export interface Power {
	/** Visitors that each variant needs to find the smallest effect in 80 of 100 cases; null without a rate to reckon with. */
	readonly needed: number | null;
	/** Days until then, as visitors come now. */
	readonly days: number | null;
}

export interface Results {
	readonly primary: MetricResult;
	readonly guardrails: readonly MetricResult[];
	readonly mismatch: Mismatch;
	readonly verdict: Verdict;
	readonly power: Power;
	readonly days: readonly string[];
	/** Level of each interval: that of the experiment, shared among its variants. */
	readonly alpha: number;
}

/**
 * Judges an experiment by its counts at the end of each day. Each interval holds at all looks together; with several variants the level is
 * shared among them (Bonferroni), so that the whole experiment errs in at most {@link ALPHA} of the cases.
 */
export function judge(
	definition: Definition,
	counts: readonly DayCounts[],
	{ startedAt, now }: { readonly startedAt: Date | null; readonly now: Date },
): Results {
	const alpha = ALPHA / (definition.variants.length - 1);
	const tau = definition.leastEffect / 100;
	const by = (metric: Metric): MetricResult => resultOf(definition, counts, metric, { alpha, tau });
	const primary = by(definition.metric);
	const guardrails = definition.guardrails.map(by);
	const shares = mismatch(
		counts.map(({ shown }) => definition.variants.map(({ key }) => shown[key] ?? 0)),
		definition.variants.map(({ weight }) => weight),
	);
	const daysRun = startedAt === null ? 0 : (now.getTime() - startedAt.getTime()) / DAY_MS;
	const verdict = verdictOf({ primary, guardrails, shares, isOver: daysRun >= definition.mostDays, tau });
	return { primary, guardrails, mismatch: shares, verdict, power: powerOf(primary, tau, alpha, daysRun), days: counts.map(({ day }) => day), alpha };
}

function resultOf(
	{ variants }: Definition,
	counts: readonly DayCounts[],
	metric: Metric,
	options: { readonly alpha: number; readonly tau: number },
): MetricResult {
	const armAt = (day: DayCounts | undefined, key: string): Arm => ({
		shown: day?.shown[key] ?? 0,
		converted: day?.converted[key]?.[metric] ?? 0,
	});
	const [control] = variants;
	return {
		metric,
		variants: variants.map(({ key }) => {
			const arm = armAt(counts.at(-1), key);
			const history =
				key === control?.key
					? []
					: counts.flatMap((day) => {
							const interval = alwaysValid(armAt(day, control?.key ?? ''), armAt(day, key), options);
							return interval ? [{ ...interval, day: day.day }] : [];
						});
			const decidedOn = history.find(({ low, high }) => low > 0 || high < 0)?.day ?? null;
			const last = history.at(-1);
			const difference = last ? { difference: last.difference, low: last.low, high: last.high } : null;
			return { key, arm, rate: arm.shown === 0 ? null : arm.converted / arm.shown, difference, decidedOn, history };
		}),
	};
}

interface Judged {
	readonly primary: MetricResult;
	readonly guardrails: readonly MetricResult[];
	readonly shares: Mismatch;
	readonly isOver: boolean;
	readonly tau: number;
}

function verdictOf({ primary, guardrails, shares, isOver, tau }: Judged): Verdict {
	if (primary.variants.every(({ arm }) => arm.shown === 0)) return { verdict: 'empty' };
	if (shares.alwaysValid < MISMATCH_LEVEL) return { verdict: 'mismatch' };
	const fallen = guardrails.flatMap(({ metric, variants }) =>
		variants.filter(({ difference }) => difference && difference.high < 0).map(({ key }) => ({ variant: key, metric })),
	);
	if (fallen[0]) return { verdict: 'harm', ...fallen[0] };
	const tried = primary.variants.slice(1);
	const better = tried.filter(({ history }) => history.some(({ low }) => low > 0)).sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0));
	if (better[0]) return { verdict: 'better', variant: better[0].key };
	if (tried.every(({ history }) => history.some(({ high }) => high < 0))) return { verdict: 'worse' };
	if (tried.every(({ difference }) => difference && difference.low > -tau && difference.high < tau)) return { verdict: 'same' };
	return { verdict: isOver ? 'over' : 'collecting' };
}

function powerOf({ variants }: MetricResult, tau: number, alpha: number, daysRun: number): Power {
	const control = variants[0];
	const base = control?.rate ?? 0;
	if (!control || base <= 0 || base + tau >= 1) return { needed: null, days: null };
	const needed = visitorsNeeded(base, tau, alpha);
	const fewest = Math.min(...variants.map(({ arm }) => arm.shown));
	if (fewest >= needed) return { needed, days: 0 };
	return { needed, days: daysRun < 1 || fewest === 0 ? null : Math.ceil(((needed - fewest) * daysRun) / fewest) };
}
