import type { Handle } from './database.ts';

/** What open bodies have touched so far. */
const touching = new WeakMap<Handle, Set<string>>();

/**
 * Says in a body that what is remembered of these owners of rows, persons or visitors, may no longer be true. Those who listen to
 * `Database.onTouched` are told once the body is committed, and never when it failed.
 */
export function touch(tx: Handle, ...ids: readonly (string | null | undefined)[]): void {
	const touched = touching.get(tx);
	for (const id of ids) if (touched && typeof id === 'string') touched.add(id);
}

export interface Touched {
	/** A body begins on this handle. */
	begin(tx: Handle): void;
	/** It was committed. */
	tell(tx: Handle): void;
	/** Returns what ends it. */
	listen(listener: (ids: ReadonlySet<string>) => void): () => void;
}

/** For databases: who is told what bodies touched. */
export function createTouched(): Touched {
	const listeners = new Set<(ids: ReadonlySet<string>) => void>();
	return Object.freeze<Touched>({
		begin: (tx) => void touching.set(tx, new Set()),
		tell: (tx) => {
			const ids = touching.get(tx);
			touching.delete(tx);
			if (ids && ids.size > 0) for (const listener of listeners) listener(ids);
		},
		listen: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	});
}
