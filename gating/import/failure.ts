import { desc, like } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { job } from '#kernel/schema.ts';

/** Jobs of imports; each has the import's id in its key and its params. */
export const IMPORT_JOBS = { check: 'import.check', run: 'import.run', undo: 'import.undo' } as const;

export interface ImportFailure {
	readonly step: keyof typeof IMPORT_JOBS;
	/** `gone`: the file is no longer there, as somebody in it was erased; `fault`: the hub could not, after every try. */
	readonly reason: 'gone' | 'fault';
}

const STEPS: Readonly<Record<string, ImportFailure['step']>> = { checking: 'check', running: 'run', undoing: 'undo' };

/** Why what is under way will not go on; null while it may. */
export async function failureOf(handle: Handle, importId: string, state: string): Promise<ImportFailure | null> {
	const step = STEPS[state];
	if (step === undefined) return null;
	const jobs = await handle
		.select({ state: job.state, lastError: job.lastError })
		.from(job)
		.where(like(job.key, `${IMPORT_JOBS[step]}:${importId}:%`))
		.orderBy(desc(job.settledAt));
	const last = jobs.find((one) => one.state === 'failed');
	if (!last || jobs.some((one) => one.state === 'waiting')) return null;
	return { step, reason: last.lastError === 'DomainError' ? 'gone' : 'fault' };
}
