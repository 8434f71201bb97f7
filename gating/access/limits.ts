import { MINUTE_MS, type Now } from '#kernel/clock.ts';

import { createWindowCounter } from '../form/window.ts';

const WINDOW_MS = 15 * MINUTE_MS;
/** Addresses typed to one link. */
const LINK_TRIES = 5;
/** Codes and addresses typed from one network: an office behind one address, and no more than that. */
const NETWORK_TRIES = 30;

/** Seconds to wait, 0 when there is no need to. */
export interface AccessLimits {
	/** Counts an address typed to a link, from a network prefix; null for a caller that has limits of its own. */
	address(link: string, network: string | null): number;
	/** Counts a typed code. */
	code(network: string | null): number;
}

/** Limits in memory: each process has its own, and a restart forgets them. What a code stands in all is kept in the database. */
export function createAccessLimits(now: Now): AccessLimits {
	const links = createWindowCounter(WINDOW_MS, now);
	const networks = createWindowCounter(WINDOW_MS, now);
	const ofNetwork = (network: string | null): number => (network === null ? 0 : networks.wait(network, NETWORK_TRIES));
	return Object.freeze<AccessLimits>({
		address: (link, network) => Math.max(ofNetwork(network), links.wait(link, LINK_TRIES)),
		code: ofNetwork,
	});
}
