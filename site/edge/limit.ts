/** So many at once, then so many a second. */
export interface Rate {
	readonly perSecond: number;
	readonly burst: number;
}

export interface Limiter {
	/** Takes one; returns 0, or the whole seconds to wait when there is none left. */
	take(key: string, nowMs: number): number;
}

/** Keys of a generation. Older ones are forgotten together, which only ever forgives: a map that loses its oldest key each time gets slow. */
const GENERATION = 50_000;

interface Bucket {
	left: number;
	atMs: number;
}

/** A token bucket for each key. */
export function createLimiter({ perSecond, burst }: Rate): Limiter {
	let recent = new Map<string, Bucket>();
	let older = new Map<string, Bucket>();

	const bucketOf = (key: string, nowMs: number): Bucket => {
		const known = recent.get(key);
		if (known) return known;
		if (recent.size >= GENERATION) {
			older = recent;
			recent = new Map();
		}
		const bucket = older.get(key) ?? { left: burst, atMs: nowMs };
		recent.set(key, bucket);
		return bucket;
	};

	return Object.freeze<Limiter>({
		take: (key, nowMs) => {
			const bucket = bucketOf(key, nowMs);
			bucket.left = Math.min(burst, bucket.left + (Math.max(0, nowMs - bucket.atMs) / 1_000) * perSecond);
			bucket.atMs = nowMs;
			if (bucket.left >= 1) {
				bucket.left -= 1;
				return 0;
			}
			return Math.ceil((1 - bucket.left) / perSecond);
		},
	});
}

/** What may be asked how often, each per address; holders of an API token have {@link TOKEN_FACTOR} times as much. */
export const RATES = {
	events: { perSecond: 50, burst: 200 },
	forms: { perSecond: 10 / 60, burst: 30 },
	invitations: { perSecond: 1, burst: 60 },
	search: { perSecond: 20, burst: 200 },
	api: { perSecond: 50, burst: 500 },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;
export const TOKEN_FACTOR = 20;

export interface Limits {
	/** Returns 0, or the seconds to wait. */
	take(name: RateName, key: string, isTokenHolder: boolean): number;
}

export function createLimits(nowMs: () => number): Limits {
	const names = Object.keys(RATES) as RateName[];
	const make = (factor: number) =>
		new Map(names.map((name) => [name, createLimiter({ perSecond: RATES[name].perSecond * factor, burst: RATES[name].burst * factor })]));
	const strangers = make(1);
	const holders = make(TOKEN_FACTOR);
	return Object.freeze<Limits>({ take: (name, key, isTokenHolder) => (isTokenHolder ? holders : strangers).get(name)!.take(key, nowMs()) });
}
