import { and, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import { job } from '#kernel/schema.ts';

import { scoringDraft } from '../schema.ts';
import type { Change } from './bulk-run.ts';
import { openDraft } from './draft.ts';
import type { RescoreDeps } from './rescore.ts';
import { runBulk } from './run-bulk.ts';

export const PREVIEW = 'scoring.preview';
const EXAMPLES = 8;

/** Where everybody would go by a draft, against their scores of now. */
export interface PreviewResult {
	readonly at: string;
	readonly leads: number;
	readonly changed: number;
	/** Leads by the grade they have and the one they would have: `A2>B2`. */
	readonly grades: Readonly<Record<string, number>>;
	/** The same of stages: `identified>mql`. */
	readonly stages: Readonly<Record<string, number>>;
	/** Who would gain and lose most, and who would change stage. */
	readonly gains: readonly Change[];
	readonly losses: readonly Change[];
	readonly movers: readonly Change[];
}

/** How far a preview is. */
export interface PreviewProgress {
	readonly state: 'waiting' | 'failed';
	readonly done: number;
	readonly total: number;
}

/** Adds a slice to what is known of the others. */
export function addChanges(sum: PreviewResult, changes: readonly Change[]): PreviewResult {
	const grades = { ...sum.grades };
	const stages = { ...sum.stages };
	const gainOf = ({ from, to }: Change) => to.total - from.total;
	for (const { from, to } of changes) {
		grades[`${from.grade}>${to.grade}`] = (grades[`${from.grade}>${to.grade}`] ?? 0) + 1;
		stages[`${from.stage}>${to.stage}`] = (stages[`${from.stage}>${to.stage}`] ?? 0) + 1;
	}
	const most = (known: readonly Change[], more: readonly Change[], by: (one: Change) => number) =>
		[...known, ...more].sort((a, b) => by(b) - by(a) || (a.leadId < b.leadId ? -1 : 1)).slice(0, EXAMPLES);
	const isMover = ({ from, to }: Change) => from.stage !== to.stage;
	return {
		...sum,
		leads: sum.leads + changes.length,
		changed: sum.changed + changes.filter((one) => gainOf(one) !== 0 || one.from.grade !== one.to.grade || isMover(one)).length,
		grades,
		stages,
		gains: most(sum.gains, changes.filter((one) => gainOf(one) > 0), gainOf), // prettier-ignore
		losses: most(sum.losses, changes.filter((one) => gainOf(one) < 0), (one) => -gainOf(one)), // prettier-ignore
		movers: most(sum.movers, changes.filter(isMover), (one) => Math.abs(gainOf(one))), // prettier-ignore
	};
}

/** Plans the preview of the draft as it is. */
export async function schedulePreview(deps: RescoreDeps): Promise<void> {
	const { db, now, random } = deps;
	if ((await previewProgress(deps))?.state === 'waiting') return;
	await db.write(async (tx) => {
		const draft = await openDraft(deps, tx);
		if (!draft) return;
		const at = now();
		const key = `${PREVIEW}:${draft.id}:${draft.revision}:${newId(at, random)}`;
		await schedule(tx, { key, kind: PREVIEW, params: { draft: draft.id, revision: draft.revision }, dueAt: at }, at);
	});
}

/** Ends a preview that is not done; what was known of an earlier one stays. False when there is none. */
export async function cancelPreview(tx: Handle, at: Date): Promise<boolean> {
	const ended = await tx
		.update(job)
		.set({ state: 'cancelled', settledAt: at })
		.where(and(eq(job.kind, PREVIEW), inArray(job.state, ['waiting', 'failed'])))
		.returning({ key: job.key });
	return ended.length > 0;
}

/** Of the newest preview that is not done; null when there is none. */
export async function previewProgress({ db }: Pick<RescoreDeps, 'db'>): Promise<PreviewProgress | null> {
	const rows = await db.read.select().from(job).where(eq(job.kind, PREVIEW));
	const newest = rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
	if (!newest || (newest.state !== 'waiting' && newest.state !== 'failed')) return null;
	return { state: newest.state, done: newest.done, total: newest.total };
}

/** Scores everybody by the draft in a thread, a slice at a time, and keeps what would change. */
export function previewing(deps: RescoreDeps): JobHandler {
	const { db, now } = deps;
	return async ({ params, progress }) => {
		const draft = await openDraft(deps, db.read);
		const [draftId, revision] = [String(params['draft']), Number(params['revision'])];
		if (!draft || draft.id !== draftId || draft.revision !== revision) return;
		const at = now();
		const nothing = { leads: 0, changed: 0, grades: {}, stages: {}, gains: [], losses: [], movers: [] };
		let sum: PreviewResult = { at: at.toISOString(), ...nothing };
		const isWhole = await runBulk(
			deps,
			'previewStep',
			{ next: { version: 0, model: draft.model }, at },
			async ({ changes }) => void (sum = addChanges(sum, changes)),
			(done, total) => progress(done, total),
		);
		if (!isWhole) return;
		await db.write(async (tx) => {
			await tx
				.update(scoringDraft)
				.set({ preview: sum, previewRevision: revision })
				.where(and(eq(scoringDraft.id, draftId), eq(scoringDraft.revision, revision)));
		});
	};
}
