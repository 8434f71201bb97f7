import { MINUTE_MS, type Now } from '#kernel/clock.ts';

import { neighbourhoodOf } from './limits.ts';
import type { Signs } from './suspicion.ts';
import { createWindowCounter } from './window.ts';

const WINDOW_MS = 10 * MINUTE_MS;

export interface Waves {
	/** What would have come with one more form of a stranger, `mail` being the keyed hash of its address, and when all of it is forgotten. */
	look(network: string, mail: string): Omit<Signs, 'lacksToken'> & { readonly resetsInSeconds: number };
	/** Counts a form that was taken: what is turned away makes nobody else suspect. */
	note(network: string, mail: string): void;
}

/** Counts forms in memory: each process has its own counts, and a restart forgets them. */
export function createWaves(now: Now): Waves {
	const networks = createWindowCounter(WINDOW_MS, now);
	const mails = createWindowCounter(WINDOW_MS, now);
	const pairs = createWindowCounter(WINDOW_MS, now);
	const neighbourhoods = createWindowCounter(WINDOW_MS, now);
	const everywhere = createWindowCounter(WINDOW_MS, now);
	const isNewMail = (network: string, mail: string): boolean => pairs.count(`${network}\n${mail}`).count === 0;
	return Object.freeze<Waves>({
		look: (network, mail) => {
			const own = networks.count(network);
			const around = neighbourhoods.count(neighbourhoodOf(network));
			const all = everywhere.count('');
			return {
				network: own.count + 1,
				mails: mails.count(network).count + (isNewMail(network, mail) ? 1 : 0),
				neighbourhood: around.count + 1,
				everywhere: all.count + 1,
				resetsInSeconds: Math.max(own.resetsInSeconds, around.resetsInSeconds, all.resetsInSeconds),
			};
		},
		note: (network, mail) => {
			if (isNewMail(network, mail)) mails.add(network);
			pairs.add(`${network}\n${mail}`);
			networks.add(network);
			neighbourhoods.add(neighbourhoodOf(network));
			everywhere.add('');
		},
	});
}
