/** A map that keeps the entries used last: at most `size`, at least the half of that. */
export interface Recent<K, V> {
	get(key: K): V | undefined;
	set(key: K, value: V): void;
	delete(key: K): void;
	clear(): void;
}

/** Two maps, the newer of which takes what is used: to find an entry that was found lately is one look-up and writes nothing. */
export function createRecent<K, V>(size: number): Recent<K, V> {
	const half = Math.ceil(size / 2);
	let newer = new Map<K, V>();
	let older = new Map<K, V>();
	const put = (key: K, value: V): void => {
		if (newer.size >= half && !newer.has(key)) {
			older = newer;
			newer = new Map();
		}
		newer.set(key, value);
	};
	return Object.freeze<Recent<K, V>>({
		get: (key) => {
			const value = newer.get(key);
			if (value !== undefined) return value;
			const before = older.get(key);
			if (before !== undefined) put(key, before);
			return before;
		},
		set: put,
		delete: (key) => {
			newer.delete(key);
			older.delete(key);
		},
		clear: () => {
			newer = new Map();
			older = new Map();
		},
	});
}

/** Entries that belong to somebody: each names its owners by id. */
export interface RecentOwned<K, V> extends Recent<K, V> {
	/** What belongs to one of these. */
	owned(ids: Iterable<string>): readonly V[];
	/** Removes what belongs to one of these, and returns it. */
	drop(ids: Iterable<string>): readonly V[];
}

/** As {@link createRecent}, found by key and by owner. */
export function createRecentOwned<K, V extends { readonly owners: readonly string[] }>(size: number): RecentOwned<K, V> {
	const half = Math.ceil(size / 2);
	let newer = aGeneration<K, V>();
	let older = aGeneration<K, V>();
	const put = (key: K, value: V): void => {
		if (newer.values.size >= half && !newer.values.has(key)) {
			older = newer;
			newer = aGeneration();
		}
		newer.values.set(key, value);
		for (const id of value.owners) {
			const keys = newer.keysOf.get(id);
			if (keys) keys.add(key);
			else newer.keysOf.set(id, new Set([key]));
		}
	};
	const get = (key: K): V | undefined => {
		const value = newer.values.get(key);
		if (value !== undefined) return value;
		const before = older.values.get(key);
		if (before !== undefined) put(key, before);
		return before;
	};
	const remove = (key: K): void => {
		newer.values.delete(key);
		older.values.delete(key);
	};
	const keysOf = (ids: Iterable<string>): ReadonlySet<K> =>
		new Set([...ids].flatMap((id) => [...(newer.keysOf.get(id) ?? []), ...(older.keysOf.get(id) ?? [])]));
	const peek = (key: K): V | undefined => newer.values.get(key) ?? older.values.get(key);
	// A key may since have come to belong to somebody else.
	const owned = (ids: Iterable<string>): readonly V[] => {
		const wanted = new Set(ids);
		return [...keysOf(wanted)].flatMap((key) => {
			const value = peek(key);
			return value?.owners.some((id) => wanted.has(id)) ? [value] : [];
		});
	};
	return Object.freeze<RecentOwned<K, V>>({
		get,
		set: put,
		delete: remove,
		clear: () => {
			newer = aGeneration();
			older = aGeneration();
		},
		owned,
		drop: (ids) => {
			const wanted = [...ids];
			const gone = owned(wanted);
			for (const key of keysOf(wanted)) if (gone.includes(peek(key)!)) remove(key);
			for (const id of wanted) for (const { keysOf: keys } of [newer, older]) keys.delete(id);
			return gone;
		},
	});
}

const aGeneration = <K, V>() => ({ values: new Map<K, V>(), keysOf: new Map<string, Set<K>>() });
