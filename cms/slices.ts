import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 10;

/** Does the steps of `work` in slices of about {@link SLICE_MS}, so that readers are answered between them and before what follows. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
	for (;;) {
		const until = performance.now() + SLICE_MS;
		let step = work.next();
		while (!step.done && performance.now() < until) step = work.next();
		await nextTurn();
		if (step.done) return step.value;
	}
}

/** Does the steps of `work` in one stretch. */
export function atOnce<T>(work: Generator<void, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
