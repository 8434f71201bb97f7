import type { Handle } from '#kernel/database.ts';

import { liveTarget } from '../lifecycle/target.ts';
import { type BulkParams, type BulkRow, type BulkStep, keysOf, scoreEverybody } from './bulk.ts';
import { gather } from './evidence.ts';
import { nextStage } from './judge.ts';

/** One piece of work of a run; `begin` comes with the first. */
export interface StepParams {
	/** Names the run among those of this thread. */
	readonly run: string;
	readonly begin: BulkParams | null;
}

/** Null once everybody was scored. */
export type Step<T extends BulkStep> = T | null;

/** Where a lead would go. */
export interface Change {
	readonly leadId: string;
	readonly from: { readonly grade: string; readonly stage: string; readonly total: number };
	readonly to: { readonly grade: string; readonly stage: string; readonly total: number };
}

export interface PreviewStep extends BulkStep {
	readonly changes: readonly Change[];
}

interface Run {
	readonly params: BulkParams;
	readonly steps: ReturnType<typeof scoreEverybody>;
}

/** Runs that are not over. One that nobody goes on with makes room for the next. */
const runs = new Map<string, Run>();
const MOST_RUNS = 2;
const MOVERS_AT_ONCE = 200;

/** Does the next piece of a run. For `analyse()`; a thread that was started anew knows no run. @throws Error then */
export async function scoreStep(read: Handle, params: StepParams): Promise<Step<BulkStep>> {
	const run = runOf(read, params);
	const { value } = await run.steps.next();
	if (!value) runs.delete(params.run);
	return value ?? null;
}

/** The same, with where each lead would go. For `analyse()`. */
export async function previewStep(read: Handle, params: StepParams): Promise<Step<PreviewStep>> {
	const { params: given } = runOf(read, params);
	const step = await scoreStep(read, params);
	if (!step) return null;
	const stages = await stagesOf(read, step.rows.filter(({ moves }) => moves), given); // prettier-ignore
	const changes = step.rows.map(({ leadId, from, total, grade }): Change => {
		return { leadId, from, to: { grade, total, stage: stages.get(leadId) ?? from.stage } };
	});
	return { ...step, rows: [], changes };
}

function runOf(read: Handle, { run, begin }: StepParams): Run {
	if (begin) {
		runs.set(run, { params: begin, steps: scoreEverybody(read, begin) });
		for (const older of [...runs.keys()].slice(0, -MOST_RUNS)) runs.delete(older);
	}
	const known = runs.get(run);
	if (!known) throw new Error('this thread does not know the run: it begins anew');
	return known;
}

/** The stages that other totals take leads to. */
async function stagesOf(read: Handle, rows: readonly BulkRow[], { ring, next, surroundings, at }: BulkParams): Promise<ReadonlyMap<string, string>> {
	const stages = new Map<string, string>();
	if (rows.length === 0) return stages;
	const { definition: target } = await liveTarget(read);
	const byId = new Map(rows.map((row) => [row.leadId, row]));
	for (let from = 0; from < rows.length; from += MOVERS_AT_ONCE) {
		const ids = rows.slice(from, from + MOVERS_AT_ONCE).map(({ leadId }) => leadId);
		const all = await gather(read, keysOf(ring), ids, { at, competitorDomains: surroundings.competitorDomains, surgeDays: 0 });
		for (const evidence of all) {
			const row = byId.get(evidence.lead.id);
			const scored = row && { total: row.total, grade: row.grade, modelVersion: next.version };
			const move = scored && (await nextStage(read, evidence, scored, { mql: next.model.mql, target }));
			if (move) stages.set(evidence.lead.id, move.to.stage);
		}
	}
	return stages;
}
