import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 5_000;
/** Fewer requests than this between two looks count as rest. */
const REST_REQUESTS = 20;
/** Requests after which there is something to give back. */
const WORTH_REQUESTS = 500;

type Collect = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/**
 * Gives memory back to the system when the hub comes to rest after work. V8 collects when it needs room and not when it has
 * time, so a hub would stay as large as its busiest minute made it. One collection in a quiet moment, some tens of milliseconds
 * long, and not again before there was work again. Returns what ends it.
 */
export function collectAtRest(requests: () => number): () => void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as Collect;
	let looked = requests();
	let collected = looked;
	const timer = setInterval(() => {
		const now = requests();
		const isAtRest = now - looked < REST_REQUESTS;
		looked = now;
		if (!isAtRest || now - collected < WORTH_REQUESTS) return;
		collected = now;
		collect({ type: 'major', flavor: 'last-resort' });
	}, LOOK_EVERY_MS).unref();
	return () => clearInterval(timer);
}
