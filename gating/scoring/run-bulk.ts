import { newId } from '#kernel/id.ts';

import type { PreviewStep, scoreStep, Step, StepParams } from './bulk-run.ts';
import type { BulkParams, BulkStep } from './bulk.ts';
import type { LiveModel } from './model.ts';
import type { RescoreDeps } from './rescore.ts';
import { surroundingsOf } from './surroundings.ts';

const MODULE = new URL('./bulk-run.ts', import.meta.url);
const LEADS_AT_ONCE = 1_000;
/** In a thread of its own the answer may be long; where reads share the main thread, it must not be held up. */
const EVENTS_AT_ONCE = { sqlite: 20_000, postgres: 3_000 } as const;
/** How often it is told how far a run is: each time this share of the work was done. */
const TELL_EACH = 0.02;

interface Runs {
	readonly scoreStep: Awaited<ReturnType<typeof scoreStep>>;
	readonly previewStep: Step<PreviewStep>;
}

/**
 * Scores everybody by `next` as of `at` in a thread, and hands what comes to `take`, while the thread goes on. `told` hears how many leads'
 * worth of the work is done; when it answers false, the run ends. Returns whether it came to its end.
 */
export async function runBulk<N extends keyof Runs>(
	deps: RescoreDeps,
	name: N,
	{ next, at }: { readonly next: LiveModel; readonly at: Date },
	take: (step: NonNullable<Runs[N]>) => Promise<void>,
	told: (done: number, total: number) => Promise<boolean>,
): Promise<boolean> {
	const { db, keys, timeZone, content, now, random } = deps;
	const run = newId(now(), random);
	const begin: BulkParams = {
		...{ ring: keys.forThread(), next, timeZone: timeZone(), at, surroundings: surroundingsOf(content()) },
		...{ leadsAtOnce: LEADS_AT_ONCE, eventsAtOnce: EVENTS_AT_ONCE[db.dialect] },
	};
	const ask = (first: BulkParams | null) => {
		const asked = db.analyse<StepParams, Runs[N]>({ module: MODULE, name, params: { run, begin: first } });
		asked.catch(() => undefined); // told when it is awaited
		return asked;
	};
	let share = 0;
	for (let coming = ask(begin); ;) {
		const step: (BulkStep & Runs[N]) | null = (await coming) as (BulkStep & Runs[N]) | null;
		if (step === null) return true;
		coming = ask(null);
		await take(step);
		if (step.share < share + TELL_EACH && step.share < 1) continue;
		share = step.share;
		if (!(await told(Math.floor(share * step.leads), step.leads))) return false;
	}
}
