import { lastUntil } from './model.ts';

/** The contacts of a lead, oldest first: when, and what they were by the chosen grouping. */
export interface Touches {
	readonly times: readonly number[];
	readonly keys: readonly string[];
}

export const NO_TOUCHES: Touches = { times: [], keys: [] };

/** The contacts from an instant on, and before another. */
export function touchesWithin({ times, keys }: Touches, from: number, until: number): Touches {
	const [start, end] = [lastUntil(times, from - 1) + 1, lastUntil(times, until - 1) + 1];
	return start === 0 && end === times.length ? { times, keys } : { times: times.slice(start, end), keys: keys.slice(start, end) };
}

/** Contacts of several persons of one lead as one. Of the same instant the lesser key comes first, so that every reading gives the same. */
export function inOrder(times: readonly number[], keys: readonly string[]): Touches {
	let isOrdered = true;
	for (let at = 1; at < times.length && isOrdered; at++) isOrdered = isBefore(times, keys, at - 1, at);
	if (isOrdered) return { times, keys };
	const order = times.map((_, at) => at).sort((one, other) => (isBefore(times, keys, one, other) ? -1 : 1));
	return { times: order.map((at) => times[at] ?? 0), keys: order.map((at) => keys[at] ?? '') };
}

function isBefore(times: readonly number[], keys: readonly string[], one: number, other: number): boolean {
	const difference = (times[one] ?? 0) - (times[other] ?? 0);
	return difference < 0 || (difference === 0 && (keys[one] ?? '') <= (keys[other] ?? ''));
}
