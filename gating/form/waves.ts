import { MINUTE_MS, type Now } from '#kernel/clock.ts';

import { neighbourhoodOf } from './limits.ts';
import type { Signs } from './suspicion.ts';
import { createWindowCounter } from './window.ts';

const WINDOW_MS = 10 * MINUTE_MS;

export interface Waves {
	/** Counts a valid form of a stranger, `mail` being the keyed hash of its address, and tells what has come with it. */
	add(network: string, mail: string): Omit<Signs, 'lacksToken'> & { readonly resetsInSeconds: number };
}

/** Counts forms in memory: each process has its own counts, and a restart forgets them. */
export function createWaves(now: Now): Waves {
	const networks = createWindowCounter(WINDOW_MS, now);
	const mails = createWindowCounter(WINDOW_MS, now);
	const pairs = createWindowCounter(WINDOW_MS, now);
	const neighbourhoods = createWindowCounter(WINDOW_MS, now);
	const everywhere = createWindowCounter(WINDOW_MS, now);
	return Object.freeze<Waves>({
		add: (network, mail) => {
			const isNewMail = pairs.add(`${network}\n${mail}`).count === 1;
			const own = networks.add(network);
			return {
				network: own.count,
				mails: (isNewMail ? mails.add(network) : mails.count(network)).count,
				neighbourhood: neighbourhoods.add(neighbourhoodOf(network)).count,
				everywhere: everywhere.add('').count,
				resetsInSeconds: own.resetsInSeconds,
			};
		},
	});
}
