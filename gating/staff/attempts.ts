/** Counts attempts by key within a window, in memory. */
export interface Attempts {
	/** Notes one attempt; the milliseconds to wait when there were too many, else null. */
	note(key: string, now: Date): number | null;
	/** Forgets a key, after a success. */
	forget(key: string): void;
}

const KEYS = 10_000;

/** At most `most` attempts of a key within `windowMs`, counted from the first. Attempts that are refused do not prolong the wait. */
export function createAttempts({ most, windowMs }: { readonly most: number; readonly windowMs: number }): Attempts {
	const seen = new Map<string, { count: number; endsAt: number }>();
	return Object.freeze<Attempts>({
		note: (key, now) => {
			const at = now.getTime();
			const known = seen.get(key);
			if (!known || known.endsAt <= at) {
				if (seen.size >= KEYS) dropEnded(seen, at);
				seen.set(key, { count: 1, endsAt: at + windowMs });
				return null;
			}
			if (known.count >= most) return known.endsAt - at;
			known.count++;
			return null;
		},
		forget: (key) => void seen.delete(key),
	});
}

function dropEnded(seen: Map<string, { endsAt: number }>, at: number): void {
	for (const [key, { endsAt }] of seen) if (endsAt <= at) seen.delete(key);
	if (seen.size >= KEYS) seen.delete(seen.keys().next().value ?? '');
}
