/** The hub's clock in this browser: `serverTime` (epoch milliseconds) was true when the page began to arrive. The browser's own clock may be wrong. */
export function serverClock(serverTime: number): () => number {
	const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	const arrived = navigation?.responseStart ?? 0;
	return () => serverTime + performance.now() - arrived;
}
