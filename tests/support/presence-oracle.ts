/**
 * Random histories of one registrant at one webinar, and how long they were really there: counted slot by slot from what they did, by nothing that the
 * hub counts with. Times are milliseconds from the beginning of the history.
 */

export type Ending =
	/** The tab was closed, with a last beacon. */
	| 'close'
	/** The tab went behind another, with a beacon; the page stays. */
	| 'hide'
	/** The lid was shut: nothing runs, nothing is said; the page stays. */
	| 'sleep'
	/** The battery or the browser died. */
	| 'die';

/** A time in which they sat before one device, with the page in sight. */
export interface Visit {
	readonly from: number;
	readonly to: number;
	readonly ending: Ending;
	readonly isBeaconLost: boolean;
}

export interface Span {
	readonly from: number;
	readonly to: number;
}

export interface History {
	readonly run: Span;
	readonly devices: readonly (readonly Visit[])[];
	/** False: the page is not heard at all, and only the media server tells. */
	readonly speaks: boolean;
	readonly hasMediaRoom: boolean;
	/** The hub was down. */
	readonly down: Span | null;
	/** A number from 0 to 1 for everything that happens on the way. */
	readonly chance: () => number;
}

const SECOND = 1_000;
const SLOT = 200;
/** Bounds that the issue sets, in seconds. */
const UNBROKEN_SECONDS = 5;
const BROKEN_SECONDS = 15;
/** A page that is never heard, whose leaving the media server told nobody either: half of the 30 s between two lists, and the time to connect. */
const LISTED_SECONDS = 17;
/** Ends that nobody is told of, in one history: each costs up to a beat by itself. */
const SILENT_ENDS = 2;

export function historyOf(seed: number): History {
	const chance = chances(seed);
	const between = (low: number, high: number): number => Math.round(low + chance() * (high - low));
	const from = between(20, 90) * SECOND;
	const run = { from, to: from + between(150, 300) * SECOND };
	const speaks = chance() > 0.08;
	const visits = speaks ? (chance() < 0.3 ? 1 : between(2, 4)) : 1;
	const onFirst = chance() < 0.5 ? visits : Math.ceil(visits / 2);
	let silent = 0;

	const endingOf = (): Pick<Visit, 'ending' | 'isBeaconLost'> => {
		const ending = speaks ? (['close', 'hide', 'sleep', 'die'] as const)[between(0, 3)]! : 'close';
		const isBeaconLost = chance() < 0.1;
		const isSilent = ending === 'sleep' || ending === 'die' || isBeaconLost;
		if (isSilent && silent === SILENT_ENDS) return { ending: 'hide', isBeaconLost: false };
		if (isSilent) silent++;
		return { ending, isBeaconLost };
	};
	const deviceOf = (count: number): Visit[] => {
		let cursor = between(0, run.from + 60 * SECOND);
		return Array.from({ length: count }, () => {
			const visit = { from: cursor, to: cursor + between(speaks ? 15_000 : 70_000, 130_000), ...endingOf() };
			cursor = visit.to + between(visit.ending === 'sleep' ? 4_000 : 2_500, 70_000);
			return visit;
		});
	};
	const devices = [deviceOf(onFirst), ...(visits > onFirst ? [deviceOf(visits - onFirst)] : [])];
	const begin = between(0, run.to);
	const down = { from: begin, to: begin + between(5_000, 60_000) };
	const isHarmless = devices.flat().every((visit) => !isNear(visit.from, down) && !isNear(visit.to, down));
	return { run, devices, speaks, hasMediaRoom: !speaks || chance() < 0.5, down: chance() < 0.5 && isHarmless && speaks ? down : null, chance };
}

/** Whoever leaves while the hub is down is told of by nobody: counted to the last beat, and outside of what is promised. */
const isNear = (at: number, { from, to }: Span): boolean => at > from - 8_000 && at < to + 8_000;

/** Whole seconds that they were there while it ran: by slots, each device for itself, then either. */
export function truthSeconds({ run, devices }: History): number {
	let slots = 0;
	for (let at = run.from; at < run.to; at += SLOT) {
		const middle = at + SLOT / 2;
		if (devices.some((visits) => visits.some(({ from, to }) => from <= middle && middle < to))) slots++;
	}
	return Math.floor((slots * SLOT) / SECOND);
}

/** By how much the hub may be wrong, in seconds. */
export function allowance(history: History, isLeftTold: boolean): number {
	if (!history.speaks) return isLeftTold ? UNBROKEN_SECONDS : LISTED_SECONDS;
	return history.devices.flat().length === 1 ? UNBROKEN_SECONDS : BROKEN_SECONDS;
}

/** Mulberry32: small, fast, the same everywhere. */
function chances(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
