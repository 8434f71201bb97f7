import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until `look` gives something, and names what was awaited when it does not in time. */
export async function until<T>(what: string, look: () => T | null | false | Promise<T | null | false>, withinMs = 15_000): Promise<T> {
	const deadline = performance.now() + withinMs;
	for (;;) {
		const found = await look();
		if (found !== null && found !== false) return found;
		if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
		await pause(50);
	}
}
