import { SECOND_MS } from '#kernel/clock.ts';

import { LONGEST_GAP_MS } from '../attendance/fold.ts';

/** From and to, in seconds of the recording. */
export type Range = readonly [number, number];

/** What a page says it played since its last beat. */
export interface Played {
	readonly fromSeconds: number;
	readonly toSeconds: number;
}

/** One page's watching without a break. */
export interface View {
	readonly startedAt: Date;
	readonly lastSeenAt: Date;
	readonly watchedMs: number;
	readonly ranges: readonly Range[];
}

/** The fastest that a player plays, and what beats lose on the way. */
const FASTEST = 2;
const JITTER_MS = 1_500;

/**
 * Adds what was played since the last beat. No more counts than can be played in the time that passed; a jump in the recording counts nothing.
 * Null: the silence was too long, what follows is another view.
 */
export function watchOn(view: View, { fromSeconds, toSeconds }: Played, at: Date): View | null {
	const passed = at.getTime() - view.lastSeenAt.getTime();
	if (passed > LONGEST_GAP_MS) return null;
	if (passed <= 0) return view;
	const playedMs = (toSeconds - fromSeconds) * SECOND_MS;
	const isPossible = fromSeconds >= 0 && playedMs > 0 && playedMs <= (passed + JITTER_MS) * FASTEST;
	if (!isPossible) return { ...view, lastSeenAt: at };
	return {
		startedAt: view.startedAt,
		lastSeenAt: at,
		watchedMs: view.watchedMs + Math.min(passed, Math.round(playedMs)),
		ranges: union([...view.ranges, [fromSeconds, toSeconds]]),
	};
}

export interface Watched {
	/** Time spent watching; two pages at once count once. */
	readonly watchedSeconds: number;
	/** Different seconds of the recording. */
	readonly uniqueSeconds: number;
}

/** What a person watched in all, whole seconds. */
export function watchedOf(views: readonly View[]): Watched {
	const clock = union(views.map(({ startedAt, lastSeenAt }): Range => [startedAt.getTime() / SECOND_MS, lastSeenAt.getTime() / SECOND_MS]));
	const watched = views.reduce((sum, { watchedMs }) => sum + watchedMs, 0) / SECOND_MS;
	return {
		watchedSeconds: Math.floor(Math.min(watched, lengthOf(clock))),
		uniqueSeconds: Math.floor(lengthOf(union(views.flatMap(({ ranges }) => ranges)))),
	};
}

const lengthOf = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** The same stretches in order, without overlaps. */
function union(ranges: readonly Range[]): Range[] {
	const merged: Range[] = [];
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const last = merged.at(-1);
		if (last && from <= last[1] + 0.5) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
		else merged.push([from, to]);
	}
	return merged;
}
