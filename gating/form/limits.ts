import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const NETWORK_WINDOW_SECONDS = 180;
/** Ten a minute with a burst of thirty; half of it for browsers that fetched no challenge. */
const NETWORK_POINTS = 30;
const PLAIN_NETWORK_POINTS = 15;
const MAIL_WINDOW_SECONDS = 3_600;
const MAIL_POINTS = 6;

export type LimitOutcome = { readonly status: 'within' } | { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

export interface Limits {
	/** Counts one post from a network prefix. */
	network(prefix: string, hasChallenge: boolean): Promise<LimitOutcome>;
	/** Counts one submission for a mail address, given as its keyed hash. */
	mail(hash: string): Promise<LimitOutcome>;
}

/** Limits in memory: each process has its own, and a restart forgets them. */
export function createLimits(): Limits {
	const networks = new RateLimiterMemory({ points: NETWORK_POINTS, duration: NETWORK_WINDOW_SECONDS });
	const plain = new RateLimiterMemory({ points: PLAIN_NETWORK_POINTS, duration: NETWORK_WINDOW_SECONDS });
	const mails = new RateLimiterMemory({ points: MAIL_POINTS, duration: MAIL_WINDOW_SECONDS });
	return Object.freeze<Limits>({
		network: (prefix, hasChallenge) => consume(hasChallenge ? networks : plain, prefix),
		mail: (hash) => consume(mails, hash),
	});
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<LimitOutcome> {
	try {
		await limiter.consume(key);
		return { status: 'within' };
	} catch (refusal) {
		if (refusal instanceof RateLimiterRes) return { status: 'slow-down', retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)) };
		throw refusal;
	}
}
