import { and, asc, gt, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys, type Keys, type MasterKey } from '#kernel/keys.ts';

import { liveTarget } from '../lifecycle/target.ts';
import { lead } from '../schema.ts';
import { calendarOf } from './engagement.ts';
import { type Evidence, gather, surgeDaysOf } from './evidence.ts';
import { type JudgeContext, mayMove, nextStage, numbersOf, receiptOf } from './judge.ts';
import type { LiveModel } from './model.ts';
import type { Surroundings } from './surroundings.ts';

/** What a thread needs to score some leads by a model that is not in use. */
export interface SliceParams {
	readonly ring: readonly MasterKey[];
	readonly next: LiveModel;
	readonly surroundings: Surroundings;
	readonly timeZone: string;
	readonly at: Date;
	/** Leads after this id, so many of them. */
	readonly after: string;
	readonly limit: number;
}

export interface ScoredRow extends ReturnType<typeof numbersOf> {
	readonly leadId: string;
	readonly moves: boolean;
}

/** Where a lead would go. */
export interface Change {
	readonly leadId: string;
	readonly from: { readonly grade: string; readonly stage: string; readonly total: number };
	readonly to: { readonly grade: string; readonly stage: string; readonly total: number };
}

/** Scores a slice of all leads; `last` is null after the last one. For `analyse()`. */
export async function scoreSlice(read: Handle, params: SliceParams): Promise<{ readonly rows: ScoredRow[]; readonly last: string | null }> {
	const { all, context, last } = await sliceOf(read, params);
	const rows = all.map((evidence): ScoredRow => {
		const receipt = receiptOf(evidence, context);
		return {
			leadId: evidence.lead.id,
			...numbersOf(receipt, context.at, context.timeZone),
			moves: mayMove(evidence, receipt.total, params.next.model.mql),
		};
	});
	return { rows, last };
}

/** Where a slice of all leads would go. For `analyse()`. */
export async function previewSlice(read: Handle, params: SliceParams): Promise<{ readonly changes: Change[]; readonly last: string | null }> {
	const { all, context, last } = await sliceOf(read, params);
	const { mql } = params.next.model;
	const { definition: target } = await liveTarget(read);
	const changes: Change[] = [];
	for (const evidence of all) {
		const receipt = receiptOf(evidence, context);
		const { total, grade } = receipt;
		const { lead: row } = evidence;
		const move = mayMove(evidence, total, mql) ? await nextStage(read, evidence, receipt, { mql, target }) : null;
		const stage = move?.to.stage ?? row.stage;
		changes.push({ leadId: row.id, from: { grade: row.grade, stage: row.stage, total: row.total }, to: { grade, stage, total } });
	}
	return { changes, last };
}

interface Slice {
	readonly all: readonly Evidence[];
	readonly context: JudgeContext & { readonly at: Date; readonly timeZone: string };
	readonly last: string | null;
}

async function sliceOf(read: Handle, { ring, next, surroundings, timeZone, at, after, limit }: SliceParams): Promise<Slice> {
	const ids = await read
		.select({ id: lead.id })
		.from(lead)
		.where(and(gt(lead.id, after), isNull(lead.mergedInto)))
		.orderBy(asc(lead.id))
		.limit(limit);
	const options = { at, competitorDomains: surroundings.competitorDomains, surgeDays: surgeDaysOf([next.model]) };
	const all = await gather(read, keysOf(ring), ids.map(({ id }) => id), options); // prettier-ignore
	const context = { live: next, at, timeZone, surroundings, calendar: calendarOf(at, timeZone) };
	return { all, context, last: ids.length < limit ? null : (ids.at(-1)?.id ?? null) };
}

let made: { readonly id: string; readonly keys: Keys } | null = null;

/** Of one ring, its keys are made once in a thread. */
function keysOf(ring: readonly MasterKey[]): Keys {
	const id = ring.map((one) => one.id).join();
	if (made?.id !== id) made = { id, keys: createKeys(ring.map(({ id: name, key }) => ({ id: name, key: Buffer.from(key) })), systemRandom) }; // prettier-ignore
	return made.keys;
}
