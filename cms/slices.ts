import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 10;

/** Does the steps of `work` in slices of about {@link SLICE_MS}, so that readers are answered between them. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
	for (;;) {
		for (const until = performance.now() + SLICE_MS; performance.now() < until;) {
			const step = work.next();
			if (step.done) return step.value;
		}
		await nextTurn();
	}
}

/** Does the steps of `work` in one stretch. */
export function atOnce<T>(work: Generator<void, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
