/** Keeps results by key, and lets those who ask the same at the same time wait for one answer. */
export interface Cache<T> {
	of(key: string, make: () => Promise<T>): Promise<T>;
	clear(): void;
}

/** A cache whose results weigh at most `most` together; the one not used for longest goes first. Failures are not kept. */
export function createCache<T>(most: number, weightOf: (result: T) => number): Cache<T> {
	const kept = new Map<string, { readonly result: Promise<T>; weight: number }>();
	let total = 0;
	const drop = (key: string): void => {
		total -= kept.get(key)?.weight ?? 0;
		kept.delete(key);
	};
	return {
		of: (key, make) => {
			const known = kept.get(key);
			if (known !== undefined) {
				kept.delete(key);
				kept.set(key, known);
				return known.result;
			}
			const entry = { result: make(), weight: 0 };
			kept.set(key, entry);
			entry.result.then(
				(result) => {
					if (kept.get(key) !== entry) return;
					entry.weight = weightOf(result);
					total += entry.weight;
					while (total > most) drop(kept.keys().next().value!);
				},
				() => {
					if (kept.get(key) === entry) drop(key);
				},
			);
			return entry.result;
		},
		clear: () => {
			kept.clear();
			total = 0;
		},
	};
}
