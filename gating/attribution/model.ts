import { DAY_MS } from '#kernel/clock.ts';

import { apportion } from './apportion.ts';

/** Ways to share the credit for a conversion among the contacts before it. */
export const MODELS = ['first', 'last', 'linear', 'position', 'w', 'decay'] as const;
export type Model = (typeof MODELS)[number];

/** The credit for one conversion, in whole parts: a millionth is the least that a contact can get. */
export const WHOLE = 1_000_000;

/** Days after which a contact counts half as much as one just before the conversion. */
export const HALF_LIVES = [7, 14, 30, 90] as const;

/** Weights by age are whole: 2^30 for a contact of no age, so that a product with {@link WHOLE} stays exact. */
const FULL = 2 ** 30;

/** What a model looks at beside the contacts themselves. Instants in epoch milliseconds. */
export interface Course {
	/** Until when contacts count for the making of the lead; what is later did not bring it. */
	readonly madeUntil: number;
	/** When it became an opportunity; Infinity when it had not by the conversion. */
	readonly opportunityAt: number;
	readonly halfLifeDays: number;
}

/**
 * Credits of contacts for one conversion by a model, in the order of `times`, in parts of {@link WHOLE}: they sum to it exactly. `times` ascend,
 * are not empty, and none is after the conversion.
 *
 * Sources: Google Analytics, default attribution models (first, last, linear, position 40/20/40, time decay),
 * https://support.google.com/analytics/answer/1662518; W-shaped as B2B tools have it (30 % each for the first contact, the one that made the lead
 * and the one that made the opportunity, 10 % for the rest), https://experienceleague.adobe.com/en/docs/marketo-measure/using/configuration-and-setup/attribution/attribution-models
 */
export function creditsOf(model: Model, times: readonly number[], course: Course): number[] {
	return apportion(weightsOf(model, times, course), WHOLE);
}

/** Whole weights of contacts. */
export function weightsOf(model: Model, times: readonly number[], course: Course): number[] {
	const last = times.length - 1;
	switch (model) {
		case 'first':
			return times.map((_, at) => (at === 0 ? 1 : 0));
		case 'last':
			return times.map((_, at) => (at === last ? 1 : 0));
		case 'linear':
			return times.map(() => 1);
		case 'position':
			return byPosition(times.length);
		case 'w':
			return byAnchors(times, course);
		case 'decay':
			return byAge(times, course.halfLifeDays);
	}
}

/** 40 % for the first and the last, 20 % for those between: of two alone each gets half. */
function byPosition(length: number): number[] {
	const between = length - 2;
	if (between <= 0) return Array.from({ length }, () => 1);
	return Array.from({ length }, (_, at) => (at === 0 || at === length - 1 ? 2 * between : 1));
}

/**
 * 90 % for the anchors, in equal shares, and 10 % for the others. Anchors: the first contact, the last before the lead was made, and the last
 * before it became an opportunity (of a conversion before that: the last before it). An anchor before the first contact is none, and a contact
 * that is several of them gets the shares of all; without others the anchors have everything.
 */
function byAnchors(times: readonly number[], { madeUntil, opportunityAt }: Course): number[] {
	const anchors = [0, lastUntil(times, madeUntil), lastUntil(times, opportunityAt)].filter((at) => at >= 0);
	const shares = times.map(() => 0);
	for (const at of anchors) shares[at] = (shares[at] ?? 0) + 1;
	const others = shares.filter((share) => share === 0).length;
	return others === 0 ? shares : shares.map((share) => (share === 0 ? anchors.length : 9 * others * share));
}

/** Halved by each half-life before the last contact: that all ages are longer by the time to the conversion changes no share. */
function byAge(times: readonly number[], halfLifeDays: number): number[] {
	const last = times.at(-1) ?? 0;
	return times.map((at) => Math.round(FULL * 2 ** ((at - last) / (halfLifeDays * DAY_MS))));
}

/** Position of the last one at or before an instant; −1 for none. */
export function lastUntil(times: readonly number[], until: number): number {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] ?? 0) <= until) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
