/** Keeps the last results by key, and lets those who ask the same at the same time wait for one answer. */
export interface Cache<T> {
	of(key: string, make: () => Promise<T>): Promise<T>;
	clear(): void;
}

/** A cache of at most `most` results; the one not used for longest goes first. Failures are not kept. */
export function createCache<T>(most: number): Cache<T> {
	const kept = new Map<string, Promise<T>>();
	return {
		of: (key, make) => {
			const known = kept.get(key);
			const result = known ?? make();
			kept.delete(key);
			kept.set(key, result);
			if (known === undefined) result.catch(() => kept.get(key) === result && kept.delete(key));
			if (kept.size > most) kept.delete(kept.keys().next().value!);
			return result;
		},
		clear: () => kept.clear(),
	};
}
