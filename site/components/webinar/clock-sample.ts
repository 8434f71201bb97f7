/** One reading of the hub's clock against this browser's own, in milliseconds. */
export interface ClockSample {
	/** Hub's time minus the browser's. */
	readonly offset: number;
	/** By how much it may be wrong: half of the way there and back. */
	readonly error: number;
	/** The browser's time of the reading. */
	readonly at: number;
}

/** The hub named `serverTime` at some moment between sending and receiving: in the middle, as far as one can tell. */
export function sampleOf(serverTime: number, sentAt: number, receivedAt: number): ClockSample {
	return { offset: serverTime - (sentAt + receivedAt) / 2, error: Math.max(0, receivedAt - sentAt) / 2, at: receivedAt };
}

/** Clocks of computers run apart by less. */
const DRIFT = 0.000_1;

/**
 * The reading to go by: the one that may be wrong by the least, so that slow answers do not move the clock. Two that contradict each other mean
 * that the browser's clock was set: the newer is right.
 */
export function bestOf(known: ClockSample, next: ClockSample): ClockSample {
	const age = Math.abs(next.at - known.at) * DRIFT;
	const contradicts = Math.abs(next.offset - known.offset) > next.error + known.error + age + 50;
	return contradicts || next.error <= known.error + age ? next : known;
}
