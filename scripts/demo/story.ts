import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import type { Stage, WorkingState } from '#gating/lifecycle/stage.ts';

import type { Dice } from './dice.ts';

/** One step of a lead's life with staff. */
export type Step =
	| { readonly step: 'stage'; readonly at: number; readonly to: Stage; readonly cause: string }
	| { readonly step: 'state'; readonly at: number; readonly to: WorkingState; readonly cause: string }
	| { readonly step: 'contact'; readonly at: number; readonly kind: string; readonly outcome: string; readonly by: string }
	| { readonly step: 'answer'; readonly at: number; readonly question: string; readonly choice: string; readonly tick: string; readonly by: string }
	| { readonly step: 'decide'; readonly at: number; readonly kind: string; readonly reason: string; readonly by: string }
	| { readonly step: 'deal'; readonly at: number; readonly state: 'open' | 'won' | 'lost' };

export const SELLERS = ['demo-sales-1', 'demo-sales-2', 'demo-sales-3', 'demo-sales-4'] as const;
const CALLERS = ['demo-marketer-1', 'demo-marketer-2'] as const;

export interface Story {
	readonly steps: readonly Step[];
	readonly owner: string | null;
	/** When staff means to act next; null for never. */
	readonly nextActionAt: number | null;
}

/** What staff made of an MQL, from `at` on and no further than `until`: by the allowed moves, each with its decision. */
export function workedStory(dice: Dice, at: number, until: number): Story {
	const steps: Step[] = [];
	const [caller, seller] = [dice.pick(CALLERS), dice.pick(SELLERS)];
	let now = at;
	/** True while the present has not come. */
	const pass = (least: number, most: number): boolean => (now += least + dice.roll(most - least)) < until;
	const stage = (to: Stage, cause: string) => steps.push({ step: 'stage', at: now, to, cause });
	const state = (to: WorkingState, cause: string) => steps.push({ step: 'state', at: now, to, cause });
	const contact = (outcome: string, by: string, kind = 'call') => steps.push({ step: 'contact', at: now, kind, outcome, by: `staff:${by}` });
	const decide = (kind: string, by: string, reason = '') => steps.push({ step: 'decide', at: now, kind, reason, by: `staff:${by}` });
	const told = (owner: string | null): Story => ({
		...{ steps, owner },
		nextActionAt: owner !== null && dice.chance(0.6) ? until + (dice.roll(20) - 6) * DAY_MS : null,
	});

	if (!pass(2 * HOUR_MS, 3 * DAY_MS)) return told(null);
	decide('screening', caller);
	state('screening', `staff:${caller}`);
	for (let tries = dice.few(0, 3); tries > 0; tries--) {
		if (!pass(HOUR_MS, 2 * DAY_MS)) return told(null);
		contact('no-answer', caller);
	}
	if (dice.chance(0.12) || !pass(HOUR_MS, DAY_MS)) return told(null);
	const isNeeded = dice.chance(0.62);
	contact(isNeeded ? 'real-need' : 'reached', caller);
	if (!isNeeded && dice.chance(0.5)) {
		decide('nurture', caller);
		state('nurture', `staff:${caller}`);
		return told(null);
	}
	for (const [question, choice] of [
		['need', 'retrofit'],
		['budget', 'planned'],
		['ability', 'leads'],
	] as const)
		if (dice.chance(0.8)) steps.push({ step: 'answer', at: now + MINUTE_MS, question, choice, tick: question, by: `staff:${caller}` });
	if (!pass(HOUR_MS, DAY_MS)) return told(null);
	decide('handed-over', caller);
	state('sales', `staff:${caller}`);
	if (dice.chance(0.07) || !pass(HOUR_MS, dice.chance(0.75) ? 23 * HOUR_MS : 5 * DAY_MS)) return told(dice.chance(0.5) ? seller : null);
	contact(dice.chance(0.85) ? 'reached' : 'no-answer', seller, dice.pick(['call', 'call', 'mail', 'meeting']));
	if (!pass(DAY_MS, 9 * DAY_MS)) return told(seller);
	if (dice.chance(0.3)) {
		decide('returned', seller, dice.pick(['no-need', 'no-budget', 'too-early', 'unreachable', 'no-authority']));
		stage('identified', `staff:${seller}`);
		state('nurture', `staff:${seller}`);
		return told(null);
	}
	contact('reached', seller);
	decide('accepted', seller);
	stage('sql', `staff:${seller}`);
	return sell();

	function sell(): Story {
		if (dice.chance(0.25) || !pass(4 * DAY_MS, 40 * DAY_MS)) return told(seller);
		if (dice.chance(0.3)) return lose();
		decide('opportunity', seller);
		stage('opportunity', `staff:${seller}`);
		steps.push({ step: 'deal', at: now, state: 'open' });
		return close();
	}

	function close(): Story {
		if (dice.chance(0.2) || !pass(15 * DAY_MS, 120 * DAY_MS)) return told(seller);
		if (dice.chance(0.5)) return lose();
		decide('won', seller);
		stage('customer', `staff:${seller}`);
		state('nurture', `staff:${seller}`);
		steps.push({ step: 'deal', at: now, state: 'won' });
		if (!dice.chance(0.2) || !pass(60 * DAY_MS, 200 * DAY_MS)) return told(seller);
		decide('opportunity', seller);
		stage('opportunity', `staff:${seller}`);
		state('sales', `staff:${seller}`);
		steps.push({ step: 'deal', at: now, state: 'open' });
		return close();
	}

	function lose(): Story {
		decide('lost', seller, dice.pick(['price', 'competitor', 'no-decision', 'delivery-time']));
		stage('identified', `staff:${seller}`);
		state('nurture', `staff:${seller}`);
		if (steps.some((one) => one.step === 'deal')) steps.push({ step: 'deal', at: now, state: 'lost' });
		return told(null);
	}
}
