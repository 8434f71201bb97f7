/** What speaks for machines at work, counted over ten minutes; with the form in question, without those that were turned away. */
export interface Signs {
	/** Valid forms of strangers from this network prefix. */
	readonly network: number;
	/** Different mail addresses that this prefix gave. */
	readonly mails: number;
	/** Forms from the prefixes around it. */
	readonly neighbourhood: number;
	/** Forms from everywhere. */
	readonly everywhere: number;
	/** The browser runs scripts, and yet did not fetch the token that ours fetches when a form is touched. */
	readonly lacksToken: boolean;
}

export type Suspicion = 'none' | 'network' | 'mails' | 'neighbourhood' | 'everywhere' | 'token';

/** More than this many, and a proof is asked for. */
export const CALM = { network: 8, mails: 5, neighbourhood: 60, everywhere: 1_200 } as const;

/** Why a form must come with a proof of work; `none` for nearly everybody. The nearest reason counts. */
export function suspicionOf({ network, mails, neighbourhood, everywhere, lacksToken }: Signs): Suspicion {
	if (network > CALM.network) return 'network';
	if (mails > CALM.mails) return 'mails';
	if (neighbourhood > CALM.neighbourhood) return 'neighbourhood';
	if (everywhere > CALM.everywhere) return 'everywhere';
	return lacksToken ? 'token' : 'none';
}
