import { HOUR_MS, MINUTE_MS, type Now } from '#kernel/clock.ts';

import { createWindowCounter, type WindowCounter } from './window.ts';

const NETWORK_WINDOW_MS = 3 * MINUTE_MS;
/** Ten a minute with a burst of thirty; half of it for browsers that fetched no challenge. */
export const NETWORK_POSTS = 30;
export const PLAIN_NETWORK_POSTS = 15;
/** Of networks with one prefix of half the length, whatever each sends: what one provider's customers may send together. */
export const NEIGHBOURHOOD_POSTS = 600;
const NEIGHBOURHOOD_WINDOW_MS = 10 * MINUTE_MS;
const MAIL_POSTS = 6;

export type LimitOutcome = { readonly status: 'within' } | { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

export interface Limits {
	/** Counts one post from a network prefix. */
	network(prefix: string, hasChallenge: boolean): LimitOutcome;
	/** Counts one submission of a stranger from the networks around a prefix. */
	neighbourhood(prefix: string): LimitOutcome;
	/** Counts one submission for a mail address, given as its keyed hash. */
	mail(hash: string): LimitOutcome;
}

/** Limits in memory: each process has its own, and a restart forgets them. */
export function createLimits(now: Now): Limits {
	const networks = createWindowCounter(NETWORK_WINDOW_MS, now);
	const plain = createWindowCounter(NETWORK_WINDOW_MS, now);
	const neighbourhoods = createWindowCounter(NEIGHBOURHOOD_WINDOW_MS, now);
	const mails = createWindowCounter(HOUR_MS, now);
	return Object.freeze<Limits>({
		network: (prefix, hasChallenge) => (hasChallenge ? consume(networks, prefix, NETWORK_POSTS) : consume(plain, prefix, PLAIN_NETWORK_POSTS)),
		neighbourhood: (prefix) => consume(neighbourhoods, neighbourhoodOf(prefix), NEIGHBOURHOOD_POSTS),
		mail: (hash) => consume(mails, hash, MAIL_POSTS),
	});
}

/** The first half of a network prefix: `/16` of IPv4, `/32` of IPv6. Other names stand for themselves. */
export function neighbourhoodOf(prefix: string): string {
	const separator = prefix.includes(':') ? ':' : '.';
	return prefix.split(separator).slice(0, 2).join(separator);
}

function consume(counter: WindowCounter, key: string, points: number): LimitOutcome {
	const retryAfterSeconds = counter.wait(key, points);
	return retryAfterSeconds === 0 ? { status: 'within' } : { status: 'slow-down', retryAfterSeconds };
}
