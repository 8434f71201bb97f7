import { bestOf, type ClockSample, sampleOf } from './clock-sample.ts';

let best: ClockSample | null = null;

/**
 * The hub's clock in this browser: `serverTime` (epoch milliseconds) was true while the page was asked for. The browser's own clock may be wrong; it is
 * only used for what passes, also while the device sleeps. Answers that name the hub's time make it better.
 */
export function serverClock(serverTime: number): () => number {
	const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	const { requestStart = 0, responseStart = 0 } = navigation ?? {};
	const origin = Date.now() - performance.now();
	best ??= sampleOf(serverTime, origin + requestStart, origin + responseStart);
	return () => Date.now() + (best?.offset ?? 0);
}

/** An answer named the hub's time; all three in epoch milliseconds, the latter two by the browser's clock. */
export function noteServerTime(serverTime: number, sentAt: number, receivedAt: number): void {
	const next = sampleOf(serverTime, sentAt, receivedAt);
	best = best ? bestOf(best, next) : next;
}
