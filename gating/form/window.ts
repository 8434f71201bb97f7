import type { Now } from '#kernel/clock.ts';

/** Keys that are remembered at once. When there are more, the oldest windows are forgotten, which only ever forgives. */
const MOST_KEYS = 50_000;

export interface Counted {
	/** With this one, since the window began. */
	readonly count: number;
	/** Seconds until the window ends, at least 1. */
	readonly resetsInSeconds: number;
}

export interface WindowCounter {
	/** Counts one. */
	add(key: string): Counted;
	/** Counts one; seconds to wait when there were more than `most`, else 0. */
	wait(key: string, most: number): number;
	/** How many there were, counting none. */
	count(key: string): Counted;
}

/** Counts by key in windows that begin with their first one, in memory: each process has its own, and a restart forgets them. */
export function createWindowCounter(windowMs: number, now: Now): WindowCounter {
	const windows = new Map<string, { readonly until: number; count: number }>();
	/** They lie in the order in which they end. */
	const forget = (at: number): void => {
		for (const [key, { until }] of windows) {
			if (until > at && windows.size < MOST_KEYS) return;
			windows.delete(key);
		}
	};
	const counted = (count: number, until: number, at: number): Counted => ({
		count,
		resetsInSeconds: Math.max(1, Math.ceil((until - at) / 1_000)),
	});

	const add = (key: string): Counted => {
		const at = now().getTime();
		const known = windows.get(key);
		if (known && known.until > at) return counted((known.count += 1), known.until, at);
		if (windows.size >= MOST_KEYS) forget(at);
		windows.delete(key);
		windows.set(key, { until: at + windowMs, count: 1 });
		return counted(1, at + windowMs, at);
	};

	return Object.freeze<WindowCounter>({
		add,
		wait: (key, most) => {
			const { count, resetsInSeconds } = add(key);
			return count <= most ? 0 : resetsInSeconds;
		},
		count: (key) => {
			const at = now().getTime();
			const known = windows.get(key);
			return known && known.until > at ? counted(known.count, known.until, at) : counted(0, at, at);
		},
	});
}
