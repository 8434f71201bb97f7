import { WORKING_STATES } from '../lifecycle/stage.ts';

/** A span in epoch milliseconds; `to` is not part of it. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** One move of a log: places are positions in STAGES or WORKING_STATES. */
export interface LogLine {
	readonly at: number;
	readonly from: number;
	readonly to: number;
}

/** The log of stages, and that of working states. */
export type Log = 'stages' | 'states';

/** One lead as the log knows it. Lines in any order. */
export interface Member {
	readonly createdAt: number;
	/** Where it stands now, for a lead without lines. */
	readonly stage: number;
	readonly state: number;
	readonly stages: readonly LogLine[];
	readonly states: readonly LogLine[];
	/** When its log ended and that of the lead it was merged into went on; Infinity for the lead that stays. */
	readonly until: number;
	/** While a merge that was taken back lasted, by each log: what was written then counts for nobody. */
	readonly void: Readonly<Record<Log, readonly Span[]>>;
}

/** Where something stood from an instant on, until the next step. */
export interface Step {
	readonly at: number;
	readonly place: number;
}

/** A lead over time. The first step of each is its making. */
export interface History {
	readonly stages: readonly Step[];
	readonly states: readonly Step[];
}

const NURTURE = WORKING_STATES.indexOf('nurture');

/**
 * The history of a lead. One that others were merged into has the histories of all, laid over each other: at each moment it stands where the
 * furthest of them stood, and is in that one's working state. What was merged in counts until it was, and from then on by the lead that stays.
 */
export function historyOf(members: readonly Member[]): History {
	const [only] = members;
	if (only && members.length === 1) return { stages: stepsOf(only, 'stages', only.stage), states: stepsOf(only, 'states', only.state) };
	return overlay(members);
}

function stepsOf(member: Member, log: Log, standing: number): Step[] {
	const lines = inOrder(member[log]);
	const steps: Step[] = [{ at: member.createdAt, place: lines[0]?.from ?? standing }];
	for (const { at, to } of lines) {
		if (member.void[log].some(({ from, to: end }) => at >= from && at < end)) continue;
		if (to !== steps.at(-1)?.place) steps.push({ at, place: to });
	}
	return steps;
}

/** Reading the index gives lines in order; nothing promises it. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
	return lines.every((line, index) => index === 0 || line.at >= (lines[index - 1]?.at ?? 0))
		? lines
		: lines.toSorted((one, other) => one.at - other.at);
}

/** The lead that stays comes last among `members`. */
function overlay(members: readonly Member[]): History {
	const all = members.map((member) => ({
		until: member.until,
		stages: stepsOf(member, 'stages', member.stage),
		states: stepsOf(member, 'states', member.state),
	}));
	const steps = all.flatMap(({ stages, states }) => [...stages, ...states]).map(({ at }) => at);
	const ends = all.map(({ until }) => until).filter((until) => until < Infinity);
	const instants = [...new Set([...steps, ...ends])].sort((a, b) => a - b);
	const [stages, states]: [Step[], Step[]] = [[], []];
	for (const at of instants) {
		let best: { stage: number; state: number } | null = null;
		for (const one of all) {
			const stage = placeAt(one.stages, at);
			if (stage === null || at >= one.until) continue;
			// Of several equally far the one that stays longest speaks: it comes later.
			if (best === null || stage >= best.stage) best = { stage, state: placeAt(one.states, at) ?? 0 };
		}
		if (best === null) continue;
		if (best.stage !== stages.at(-1)?.place) stages.push({ at, place: best.stage });
		if (best.state !== states.at(-1)?.place) states.push({ at, place: best.state });
	}
	return { stages, states };
}

/** Where something stands at an instant; null before it was made. */
export function placeAt(steps: readonly Step[], at: number): number | null {
	let place: number | null = null;
	for (const step of steps) {
		if (step.at > at) break;
		place = step.place;
	}
	return place;
}

/** When it came into nurture first; Infinity for never. */
export const firstNurture = ({ states }: History): number => states.find(({ place }) => place === NURTURE)?.at ?? Infinity;
