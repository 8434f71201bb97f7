/** A map that keeps the `size` entries used last. */
export interface Recent<K, V> {
	get(key: K): V | undefined;
	set(key: K, value: V): void;
	delete(key: K): void;
	clear(): void;
}

export function createRecent<K, V>(size: number): Recent<K, V> {
	const entries = new Map<K, V>();
	return Object.freeze<Recent<K, V>>({
		get: (key) => {
			const value = entries.get(key);
			if (value === undefined) return undefined;
			entries.delete(key);
			entries.set(key, value);
			return value;
		},
		set: (key, value) => {
			entries.delete(key);
			entries.set(key, value);
			if (entries.size > size) entries.delete(entries.keys().next().value as K);
		},
		delete: (key) => void entries.delete(key),
		clear: () => entries.clear(),
	});
}
