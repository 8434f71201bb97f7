import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Wrong codes that one link, and one network, may try in a quarter of an hour. */
const WINDOW_SECONDS = 900;
const LINK_POINTS = 10;
const NETWORK_POINTS = 20;

/** Counts wrong codes only: a dealer with a queue at the counter is not slowed down. */
export interface GuessLimits {
	/** Seconds to wait; 0 when another code may be tried. */
	wait(linkId: string, network: string): Promise<number>;
	/** A code that was none. */
	wrong(linkId: string, network: string): Promise<void>;
}

/** In memory: each process has its own, and a restart forgets them. */
export function createGuessLimits(): GuessLimits {
	const links = new RateLimiterMemory({ points: LINK_POINTS, duration: WINDOW_SECONDS });
	const networks = new RateLimiterMemory({ points: NETWORK_POINTS, duration: WINDOW_SECONDS });
	const left = async (limiter: RateLimiterMemory, key: string): Promise<number> => {
		const state = await limiter.get(key);
		return state && state.remainingPoints <= 0 ? Math.max(1, Math.ceil(state.msBeforeNext / 1_000)) : 0;
	};
	return Object.freeze<GuessLimits>({
		wait: async (linkId, network) => Math.max(await left(links, linkId), await left(networks, network)),
		wrong: async (linkId, network) => {
			await links.penalty(linkId);
			await networks.penalty(network);
		},
	});
}
