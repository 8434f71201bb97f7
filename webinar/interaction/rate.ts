import { type Now, SECOND_MS } from '#kernel/clock.ts';

const REMEMBERED = 10_000;

/** Lets each key act `burst` times in any stretch of `windowMs`. In memory: a limit against haste, not a proof. */
export function createRate(
	now: Now,
	burst: number,
	windowMs: number,
): { /** Seconds to wait; 0: it may, and is counted. */ take(key: string): number } {
	const recent = new Map<string, number[]>();
	return {
		take: (key) => {
			const at = now().getTime();
			const times = (recent.get(key) ?? []).filter((time) => time > at - windowMs);
			const oldest = times[0];
			if (oldest !== undefined && times.length >= burst) return Math.max(1, Math.ceil((oldest + windowMs - at) / SECOND_MS));
			recent.delete(key);
			recent.set(key, [...times, at]);
			const first = recent.keys().next().value;
			if (recent.size > REMEMBERED && first !== undefined) recent.delete(first);
			return 0;
		},
	};
}
