import { MINUTE_MS, type Now } from '#kernel/clock.ts';

/** More first requests from one network within ten minutes than a busy stand sends. */
const MOST_MAILS = 12;
const WINDOW_MS = 10 * MINUTE_MS;
const MOST_NETWORKS = 20_000;

export interface Bursts {
	/** Notes a form from a network; `mail` is the keyed hash of the address. */
	note(network: string, mail: string): void;
	/** True for an address that came as one of many. */
	holds(mail: string): boolean;
}

interface Wave {
	until: number;
	readonly mails: Set<string>;
}

/** Counts different addresses by network, in memory: each process has its own, and a restart forgets them. */
export function createBursts(now: Now): Bursts {
	const waves = new Map<string, Wave>();
	const suspects = new Map<string, number>();

	const forget = (at: number): void => {
		for (const [network, { until }] of waves) if (until <= at) waves.delete(network);
		for (const [mail, until] of suspects) if (until <= at) suspects.delete(mail);
	};

	return Object.freeze<Bursts>({
		note: (network, mail) => {
			const at = now().getTime();
			if (waves.size >= MOST_NETWORKS || suspects.size >= MOST_NETWORKS) forget(at);
			const known = waves.get(network);
			const wave = known && known.until > at ? known : { until: 0, mails: new Set<string>() };
			wave.until = at + WINDOW_MS;
			if (wave.mails.size <= MOST_MAILS) wave.mails.add(mail);
			waves.set(network, wave);
			if (wave.mails.size > MOST_MAILS) suspects.set(mail, at + WINDOW_MS);
		},
		holds: (mail) => (suspects.get(mail) ?? 0) > now().getTime(),
	});
}
