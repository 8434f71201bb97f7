/** A page that looks at the clock twice a second has not run, when it did not look for so long: the device slept. */
const ASLEEP_MS = 2_500;

export interface SightWord {
	/** For how long the page has been in sight without a break. */
	readonly inSightMs: number;
	/** How long ago the sight ended in which the hub answered last; null: it goes on. */
	readonly awayMs: number | null;
}

export interface Sight {
	/** Looks whether the page is in sight; to be called twice a second and when that changes. Says when it came (back) into sight, and when it went. */
	look(isInSight: boolean): 'came' | 'went' | null;
	/** What a beat sent now says. */
	word(): SightWord;
	/** The hub answered what {@link Sight.word} said. */
	answered(): void;
}

/** Keeps for how long a page has been in sight; `now` in milliseconds of a clock that goes on while the device sleeps. */
export function createSight(now: () => number): Sight {
	let since: number | null = null;
	let looked = now();
	/** When the sight ended in which the hub answered last. */
	let ended: number | null = null;
	let isHeard = false;

	const end = (at: number): void => {
		if (since !== null && isHeard) ended = at;
		since = null;
		isHeard = false;
	};
	return {
		look: (isInSight) => {
			const at = now();
			const wasInSight = since !== null;
			if (Math.abs(at - looked) > ASLEEP_MS) end(looked);
			else if (!isInSight) end(at);
			looked = at;
			if (!isInSight) return wasInSight ? 'went' : null;
			if (since !== null) return null;
			since = at;
			return 'came';
		},
		word: () => {
			const at = now();
			return { inSightMs: Math.max(0, Math.round(at - (since ?? at))), awayMs: ended === null ? null : Math.max(0, Math.round(at - ended)) };
		},
		answered: () => {
			ended = null;
			isHeard = since !== null;
		},
	};
}
