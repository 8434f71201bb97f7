import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import { job } from '#kernel/schema.ts';

import { STALE_DAY } from '../event/store.ts';
import { lead, leadScore, scoringModel, scoringPublication } from '../schema.ts';
import type { LiveModel } from './model.ts';
import { recompute, type RescoreDeps, staleLeads, todayOf } from './rescore.ts';
import type { scoreSlice, SliceParams } from './slice.ts';
import { surroundingsOf } from './surroundings.ts';

export const PUBLISH = 'scoring.publish';
const SLICE = new URL('./slice.ts', import.meta.url);
const LEADS_A_SLICE = 400;
const ROWS_A_BODY = 200;

export const publishKey = (version: number): string => `${PUBLISH}:${version}`;

/** Begins to score everybody by a version; nobody sees it before all are done. */
export async function schedulePublishing(tx: Handle, version: number, at: Date): Promise<void> {
	await schedule(tx, { key: publishKey(version), kind: PUBLISH, params: { version }, dueAt: at }, at);
}

/**
 * Scores everybody aside in a thread, then switches all at once. Whoever changes meanwhile is scored by both versions. A run that was
 * killed goes on where it had got to.
 */
export function publishing(deps: RescoreDeps): JobHandler {
	return async ({ params, cursor, progress }) => {
		const version = Number(params['version']);
		const { db } = deps;
		const next = await deps.versions.get(db.read, version);
		if (!next) return;
		if ((await stateOf(db.read, version)) === 'running') {
			if (!(await scoreAside(deps, next, cursor ?? '', progress))) return forget(deps, version);
			for (let ids = await staleLeads(db.read, ROWS_A_BODY); ids.length > 0; ids = await staleLeads(db.read, ROWS_A_BODY)) await recompute(deps, ids);
			await flip(deps, version);
			await deps.versions.inUse(db.read);
		}
		if ((await stateOf(db.read, version)) === 'live') await moveStages(deps, version);
		await forget(deps, version);
	};
}

async function stateOf(handle: Handle, version: number): Promise<string | undefined> {
	const { state } = scoringPublication;
	const [row] = await handle.select({ state }).from(scoringPublication).where(eq(scoringPublication.version, version));
	return row?.state;
}

/** Returns false when it was cancelled. The next slice is worked out while the last one is stored. */
async function scoreAside(deps: RescoreDeps, next: LiveModel, from: string, progress: Parameters<JobHandler>[0]['progress']): Promise<boolean> {
	const { db, keys, now, timeZone, content } = deps;
	const [all] = await db.read.select({ n: count() }).from(lead).where(isNull(lead.mergedInto));
	const ask = (after: string) =>
		db.analyse<SliceParams, Awaited<ReturnType<typeof scoreSlice>>>({
			module: SLICE,
			name: 'scoreSlice',
			params: {
				...{ ring: keys.forThread(), next, timeZone: timeZone(), at: now(), after, limit: LEADS_A_SLICE },
				surroundings: surroundingsOf(content()),
			},
		});
	let done = 0;
	for (let coming: ReturnType<typeof ask> | null = ask(from); coming;) {
		const { rows, last }: Awaited<ReturnType<typeof ask>> = await coming;
		coming = last === null ? null : ask(last);
		coming?.catch(() => undefined); // told when it is awaited
		for (let at = 0; at < rows.length; at += ROWS_A_BODY) {
			const body = rows.slice(at, at + ROWS_A_BODY).map((row) => ({ version: next.version, ...row }));
			// What is there already is of a lead that changed meanwhile, and newer.
			await db.write((tx) => tx.insert(leadScore).values(body).onConflictDoNothing());
		}
		done += rows.length;
		if (!(await progress(done, Math.max(done, all?.n ?? 0), last ?? undefined))) return false;
	}
	return true;
}

/** One body: everybody is scored by the version from here on, or nobody. */
async function flip(deps: RescoreDeps, version: number): Promise<void> {
	const { db, now, random } = deps;
	await db.write(async (tx) => {
		const ended = await tx
			.update(scoringPublication)
			.set({ state: 'live', endedAt: now() })
			.where(and(eq(scoringPublication.version, version), eq(scoringPublication.state, 'running')))
			.returning({ version: scoringPublication.version });
		if (ended.length === 0) return;
		await tx.update(scoringModel).set({ isLive: false }).where(eq(scoringModel.isLive, true));
		await tx.update(scoringModel).set({ isLive: true, publishedAt: now() }).where(eq(scoringModel.version, version));
		const { fit, engagement, total, grade, hasDecay, scoredDay } = leadScore;
		const isCurrent = sql`${lead.scoredDay} <> ${STALE_DAY} and ${scoredDay} = ${todayOf(deps)}`;
		await tx
			.update(lead)
			.set({
				...{ fit: sql`${fit}`, engagement: sql`${engagement}`, total: sql`${total}`, grade: sql`${grade}`, hasDecay: sql`${hasDecay}` },
				scoredDay: sql`case when ${isCurrent} then ${scoredDay} else ${STALE_DAY} end`,
				modelVersion: version,
			})
			.from(leadScore)
			.where(and(eq(leadScore.leadId, lead.id), eq(leadScore.version, version), isNull(lead.mergedInto)));
		await recordAudit(tx, { actor: 'system', action: 'scoring.live', subject: `scoring:${version}`, origin: '', detail: {} }, now(), random);
	});
}

/** Judges anew those whom the version takes to another stage. */
async function moveStages(deps: RescoreDeps, version: number): Promise<void> {
	for (let after = ''; ;) {
		const rows = await deps.db.read
			.select({ id: leadScore.leadId })
			.from(leadScore)
			.where(and(eq(leadScore.version, version), eq(leadScore.moves, true), gt(leadScore.leadId, after)))
			.orderBy(asc(leadScore.leadId))
			.limit(ROWS_A_BODY);
		const last = rows.at(-1);
		if (!last) return;
		await recompute(deps, rows.map(({ id }) => id)); // prettier-ignore
		after = last.id;
	}
}

/** Clears what was kept aside, a little at a time. */
async function forget({ db }: RescoreDeps, version: number): Promise<void> {
	for (let gone = 1; gone > 0;)
		gone = await db.write(async (tx) => {
			const some = tx.select({ id: leadScore.leadId }).from(leadScore).where(eq(leadScore.version, version)).limit(ROWS_A_BODY);
			const rows = await tx
				.delete(leadScore)
				.where(and(eq(leadScore.version, version), inArray(leadScore.leadId, some)))
				.returning({ leadId: leadScore.leadId });
			return rows.length;
		});
}

/** Ends a publication before the switch; nobody's score changes. False when it was over already. */
export async function cancelPublishing(tx: Handle, version: number, at: Date): Promise<boolean> {
	const ended = await tx
		.update(scoringPublication)
		.set({ state: 'cancelled', endedAt: at })
		.where(and(eq(scoringPublication.version, version), eq(scoringPublication.state, 'running')))
		.returning({ version: scoringPublication.version });
	if (ended.length === 0) return false;
	await tx
		.update(job)
		.set({ state: 'cancelled', settledAt: at })
		.where(and(eq(job.key, publishKey(version)), eq(job.state, 'waiting')));
	return true;
}
