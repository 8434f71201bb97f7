import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';

/** Waits before attempt 2, 3, …: three days in all. After the last the delivery is a dead letter. */
export const BACK_OFF_MS: readonly number[] = [
	...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS],
	...[10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 20.5 * HOUR_MS],
];
/** An endpoint to which nothing has come through for so long when a delivery is given up is switched off. */
const LONG_FAILURE_MS = 2.5 * DAY_MS;
const LONGEST_ASKED_MS = HOUR_MS;

/** What came of one attempt. */
export interface Attempted {
	/** 0 without an answer. */
	readonly status: number;
	/** Why there is none, as a code; '' with one. */
	readonly error: string;
	/** Seconds the receiver asked to be left alone; null: it did not. */
	readonly retryAfterSeconds: number | null;
}

export type Verdict =
	| { readonly next: 'done' }
	/** Try again after so many milliseconds. */
	| { readonly next: 'retry'; readonly waitMs: number; readonly error: string }
	| { readonly next: 'dead'; readonly error: string }
	/** The receiver wants no more, ever. */
	| { readonly next: 'gone'; readonly error: string };

/** What follows from an attempt, the `made`-th of its delivery. Only 2xx is success; a redirect is none. `spread` (0 to 1) moves waits by up to a tenth. */
export function verdictOf({ status, error, retryAfterSeconds }: Attempted, made: number, spread: number): Verdict {
	if (status >= 200 && status < 300) return { next: 'done' };
	const code = error === '' ? `status-${status}` : error;
	if (status === 410) return { next: 'gone', error: code };
	const wait = BACK_OFF_MS[made - 1];
	if (wait === undefined) return { next: 'dead', error: code };
	const asked = Math.min((retryAfterSeconds ?? 0) * SECOND_MS, LONGEST_ASKED_MS);
	return { next: 'retry', waitMs: Math.max(Math.round(wait * (0.9 + spread / 5)), asked), error: code };
}

/** Whether an endpoint has failed for so long that nothing is sent to it until somebody has looked. */
export function isGivenUp(failingSince: Date | null, now: Date): boolean {
	return failingSince !== null && now.getTime() - failingSince.getTime() >= LONG_FAILURE_MS;
}
