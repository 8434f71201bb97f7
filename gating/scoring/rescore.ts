import { and, asc, eq, gt, inArray, isNull, lt, notInArray } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { localDay, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { STALE_DAY } from '../event/store.ts';
import { advanceByRule } from '../lifecycle/advance.ts';
import { liveTarget, type TargetDefinition } from '../lifecycle/target.ts';
import { accountMember, lead, leadScore, person } from '../schema.ts';
import { noticeReturn } from '../material/notice.ts';
import { announce } from '../webhook/announce.ts';
import { type Evidence, gather, lastActivity, surgeDaysOf } from './evidence.ts';
import { mayMove, nextStage, numbersOf, receiptOf } from './judge.ts';
import type { LiveModel } from './model.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Versions } from './versions.ts';

const LEADS_A_BODY = 20;

export interface RescoreDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	readonly versions: Versions;
	readonly keys: Keys;
	/** Called with each lead that was judged, in the body that judged it. */
	readonly judged?: (tx: Handle, evidence: Evidence) => Promise<unknown>;
}

/**
 * Scores these leads anew, judges their stage, and keeps both. While a version is being published, their score by it is kept aside too,
 * so that nobody is left behind when everybody switches. Unknown ids are left out.
 */
export async function recompute(deps: RescoreDeps, leadIds: readonly string[]): Promise<void> {
	const ids = [...new Set(leadIds)];
	for (let from = 0; from < ids.length; from += LEADS_A_BODY) {
		await deps.db.write(async (tx) => {
			const { live, next } = await deps.versions.inUse(tx);
			const at = deps.now();
			const { competitorDomains } = surroundingsOf(deps.content());
			const surgeDays = surgeDaysOf(next ? [live.model, next.model] : [live.model]);
			const body = ids.slice(from, from + LEADS_A_BODY);
			const all = await gather(tx, deps.keys, body, { at, competitorDomains, surgeDays });
			const { definition: target } = await liveTarget(tx);
			for (const evidence of all) if (evidence.lead.mergedInto === null) await keep(tx, deps, evidence, { live, next, target }, at);
			if (surgeDays > 0) await markColleagues(tx, all, body);
		});
	}
}

/** Leads to which something happened since they were scored. */
export async function staleLeads(handle: Handle, limit: number): Promise<string[]> {
	const rows = await handle
		.select({ id: lead.id })
		.from(lead)
		.where(and(eq(lead.scoredDay, STALE_DAY), isNull(lead.mergedInto)))
		.limit(limit);
	return rows.map(({ id }) => id);
}

/** Leads after `cursor` whose score fades and was worked out on an earlier day than `today`. */
export async function fadedLeads(
	handle: Handle,
	{ today, cursor, limit }: { readonly today: string; readonly cursor: string; readonly limit: number },
): Promise<string[]> {
	const rows = await handle
		.select({ id: lead.id })
		.from(lead)
		.where(and(lt(lead.scoredDay, today), eq(lead.hasDecay, true), isNull(lead.mergedInto), gt(lead.id, cursor)))
		.orderBy(asc(lead.id))
		.limit(limit);
	return rows.map(({ id }) => id);
}

interface Rules {
	readonly live: LiveModel;
	readonly next: LiveModel | null;
	readonly target: TargetDefinition;
}

async function keep(tx: Handle, deps: RescoreDeps, evidence: Evidence, { live, next, target }: Rules, at: Date): Promise<void> {
	const { timeZone, content, random } = deps;
	const context = { at, timeZone: timeZone(), surroundings: surroundingsOf(content()) };
	const receipt = receiptOf(evidence, { ...context, live });
	const { id } = evidence.lead;
	await tx
		.update(lead)
		.set({ ...numbersOf(receipt, at, timeZone()), modelVersion: live.version, lastActivityAt: lastActivity(evidence) })
		.where(eq(lead.id, id));
	await noticeReturn(tx, { leadId: id, before: evidence.lead.lastActivityAt, after: lastActivity(evidence) }, at, random);
	const grades = { from: evidence.lead.grade, to: receipt.grade, total: receipt.total };
	if (grades.from !== grades.to) await announce(tx, { type: 'lead.score.grade_changed', leadId: id, data: grades }, at, random);
	const move = await nextStage(tx, evidence, receipt, { mql: live.model.mql, target });
	if (move) await advanceByRule(tx, { leadId: id, ...move }, at, random);
	await deps.judged?.(tx, evidence);
	if (!next) return;
	const aside = receiptOf(evidence, { ...context, live: next });
	const values = { ...numbersOf(aside, at, timeZone()), moves: mayMove(evidence, aside.total, next.model.mql) };
	await tx
		.insert(leadScore)
		.values({ version: next.version, leadId: id, ...values })
		.onConflictDoUpdate({ target: [leadScore.version, leadScore.leadId], set: values });
}

/** Somebody's act may begin a surge of their account: the others of it are scored anew. Their own last activity stays, which ends it there. */
async function markColleagues(tx: Handle, all: readonly Evidence[], done: readonly string[]): Promise<void> {
	const accounts = all
		.filter((evidence) => evidence.accountId !== null && lastActivity(evidence).getTime() !== evidence.lead.lastActivityAt.getTime())
		.map(({ accountId }) => accountId);
	const active = accounts.filter((id) => id !== null);
	if (active.length === 0) return;
	const others = tx
		.select({ id: person.leadId })
		.from(person)
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(inArray(accountMember.accountId, active));
	await tx
		.update(lead)
		.set({ scoredDay: STALE_DAY })
		.where(and(inArray(lead.id, others), notInArray(lead.id, [...done])));
}

/** The company's day. */
export const todayOf = ({ now, timeZone }: Pick<RescoreDeps, 'now' | 'timeZone'>): string => localDay(now(), timeZone());
