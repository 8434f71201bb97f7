import { STAGES } from '../lifecycle/stage.ts';
import { firstNurture, type History, type Span, type Step } from './history.ts';

const MQL = STAGES.indexOf('mql');

/** Who is looked at: leads that reached a stage in a period, and how far they came until an instant. */
export interface Cohort {
	/** Position in STAGES. 0: leads made in the period. */
	readonly entry: number;
	readonly period: Span;
	/** Moves at or after it do not count. */
	readonly until: number;
}

/** How a lead of a cohort fared. */
export interface Course {
	/** When it reached the stage in the period, for the first time there. */
	readonly enteredAt: number;
	/** Came again: had been in nurture before, or had reached the stage or MQL before and fallen back. */
	readonly isRevived: boolean;
	/** The furthest stage it reached from then on. */
	readonly furthest: number;
	/** Where it stood at the end. */
	readonly stands: number;
	/** Milliseconds at each stage it has left again, from its entry on; several stays are added up. Null: never there, or there still. */
	readonly stays: readonly (number | null)[];
}

/**
 * The course of a lead in a cohort, or null when it does not belong. A lead reaches a stage by a move from below it to it or past it (its making
 * counts as one), so that falling back to a stage is not reaching it; it belongs once however often it came in the period.
 */
export function courseOf(history: History, { entry, period, until }: Cohort): Course | null {
	const steps = history.stages;
	const index = entryOf(steps, entry, period, until);
	const entered = steps[index];
	if (!entered) return null;
	const before = steps.slice(0, index + 1);
	const isAgain = reachings(before, entry) > 1 || (entry > 0 && reachings(before, MQL) > 1);
	const on = steps.slice(index).filter(({ at }) => at < until);
	return {
		enteredAt: entered.at,
		isRevived: index > 0 && (isAgain || firstNurture(history) <= entered.at),
		furthest: Math.max(...on.map(({ place }) => place)),
		stands: on.at(-1)?.place ?? entered.place,
		stays: staysOf(on),
	};
}

const reaches = (steps: readonly Step[], index: number, stage: number): boolean =>
	(steps[index]?.place ?? -1) >= stage && (steps[index - 1]?.place ?? -1) < stage;

const reachings = (steps: readonly Step[], stage: number): number => steps.filter((_step, index) => reaches(steps, index, stage)).length;

function entryOf(steps: readonly Step[], entry: number, { from, to }: Span, until: number): number {
	return steps.findIndex(({ at }, index) => at >= from && at < to && at < until && reaches(steps, index, entry));
}

function staysOf(steps: readonly Step[]): (number | null)[] {
	const stays = STAGES.map((): number | null => null);
	for (const [index, { at, place }] of steps.entries()) {
		const next = steps[index + 1];
		if (next) stays[place] = (stays[place] ?? 0) + next.at - at;
	}
	const last = steps.at(-1);
	if (last) stays[last.place] = null;
	return stays;
}
