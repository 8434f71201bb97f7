import { setImmediate as turn } from 'node:timers/promises';

import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { cancelJob, type JobHandler, schedule } from '#kernel/job.ts';

import { STALE_DAY } from '../event/store.ts';
import { blockInsert } from '../import/blocks.ts';
import { lead, leadScore, scoringModel, scoringPublication } from '../schema.ts';
import type { LiveModel } from './model.ts';
import { recompute, type RescoreDeps, staleLeads, todayOf } from './rescore.ts';
import { runBulk } from './run-bulk.ts';

export const PUBLISH = 'scoring.publish';
const ROWS_A_BODY = 200;

export const publishKey = (version: number): string => `${PUBLISH}:${version}`;

/** Begins to score everybody by a version; nobody sees it before all are done. */
export async function schedulePublishing(tx: Handle, version: number, at: Date): Promise<void> {
	await schedule(tx, { key: publishKey(version), kind: PUBLISH, params: { version }, dueAt: at }, at);
}

/**
 * Scores everybody aside in a thread, then switches all at once. Whoever changes meanwhile is scored by both versions. A run that was
 * killed is done again from its beginning, unless everybody was switched: then it goes on with the stages.
 */
export function publishing(deps: RescoreDeps): JobHandler {
	return async ({ params, progress }) => {
		const version = Number(params['version']);
		const { db } = deps;
		const next = await deps.versions.get(db.read, version);
		if (!next) return;
		if ((await stateOf(db.read, version)) === 'running') {
			await forget(deps, version);
			if (!(await scoreAside(deps, next, progress))) return forget(deps, version);
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

const keepAside = blockInsert('scoring.aside', leadScore, [
	...(['version', 'leadId', 'fit', 'engagement', 'total', 'grade', 'scoredDay', 'hasDecay', 'moves'] as const),
]);

/** Returns false when it was cancelled. */
async function scoreAside(deps: RescoreDeps, next: LiveModel, progress: Parameters<JobHandler>[0]['progress']): Promise<boolean> {
	const { db, now } = deps;
	return runBulk(
		deps,
		'scoreStep',
		{ next, at: now() },
		async ({ rows }) => {
			for (let at = 0; at < rows.length; at += ROWS_A_BODY) {
				const body = rows.slice(at, at + ROWS_A_BODY).map(({ from: _from, ...row }) => ({ version: next.version, ...row }));
				// What is there already is of a lead that changed meanwhile, and newer.
				await db.write((tx) => keepAside(tx, body));
				await turn(); // bodies one after another would leave no turn of the loop to others
			}
		},
		(done, total) => progress(done, total),
	);
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
		const today = todayOf(deps);
		const isCurrent = sql`${lead.scoredDay} <> ${STALE_DAY} and ${scoredDay} = ${today}`;
		// A row that says the same already is left alone: this one statement holds everybody up.
		const isOther = or(
			...[ne(lead.fit, fit), ne(lead.engagement, engagement), ne(lead.grade, grade), ne(lead.hasDecay, hasDecay), ne(scoredDay, today)],
		);
		await tx
			.update(lead)
			.set({
				...{ fit: sql`${fit}`, engagement: sql`${engagement}`, total: sql`${total}`, grade: sql`${grade}`, hasDecay: sql`${hasDecay}` },
				scoredDay: sql`case when ${isCurrent} then ${scoredDay} else ${STALE_DAY} end`,
				modelVersion: version,
			})
			.from(leadScore)
			.where(and(eq(leadScore.leadId, lead.id), eq(leadScore.version, version), isNull(lead.mergedInto), isOther));
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
	for (let gone = 1; gone > 0; await turn())
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
	await cancelJob(tx, publishKey(version), at);
	return true;
}
