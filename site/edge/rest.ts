import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 5_000;
/** Fewer requests than this between two looks count as rest. */
const REST_REQUESTS = 20;
/** There is something to give back after so many requests, or after having grown so much since the last time: prints, imports, a rebuilt index. */
const WORTH_REQUESTS = 500;
const WORTH_BYTES = 24 * 1_048_576;

type Collect = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/** What a look finds: requests answered so far, and bytes of memory held. */
export interface Look {
	readonly requests: number;
	readonly bytes: number;
}

/**
 * Gives memory back to the system when the hub comes to rest after work. V8 collects when it needs room and not when it has
 * time, so a hub would stay as large as its busiest minute made it. One collection in a quiet moment, some tens of milliseconds
 * long, and not again before there was work again. Returns what ends it.
 */
export function collectAtRest(requests: () => number): () => void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as Collect;
	const look = (): Look => ({ requests: requests(), bytes: process.memoryUsage.rss() });
	const watch = watchRest(look());
	const timer = setInterval(() => {
		if (!watch.isDue(look())) return;
		collect({ type: 'major', flavor: 'last-resort' });
		watch.collected(look());
	}, LOOK_EVERY_MS).unref();
	return () => clearInterval(timer);
}

/** Decides from look to look whether this is a quiet moment with something to give back. */
export function watchRest(first: Look) {
	let last = first;
	let rested = first;
	return Object.freeze({
		isDue: (look: Look): boolean => {
			const isAtRest = look.requests - last.requests < REST_REQUESTS;
			last = look;
			return isAtRest && (look.requests - rested.requests >= WORTH_REQUESTS || look.bytes - rested.bytes >= WORTH_BYTES);
		},
		/** To be told with what is left after a collection. */
		collected: (look: Look): void => {
			rested = look;
		},
	});
}
