import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';

import { localDay, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { EventType } from '../event/catalog.ts';
import { STALE_DAY } from '../event/store.ts';
import { advanceByRule } from '../lifecycle/advance.ts';
import { isCleanIn, MQL_CAUSES, recognise } from '../lifecycle/recognise.ts';
import { isStage, isWorkingState } from '../lifecycle/stage.ts';
import { liveTarget, outsideOf } from '../lifecycle/target.ts';
import { targetFactsOf, workOf } from '../lifecycle/work.ts';
import { lead } from '../schema.ts';
import { type Evidence, evidenceOfLead } from './evidence.ts';
import { foldScore } from './fold.ts';
import type { LiveModel } from './model.ts';
import type { Receipt } from './receipt.ts';

const LEADS_A_BODY = 20;

/** Doing one of these is taking part in a tactic. */
const TACTICS: readonly string[] = [
	'form.submitted',
	'download',
	'webinar.registered',
	'webinar.joined',
	'webinar.attended',
] satisfies readonly EventType[];

export interface RescoreDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly live: () => LiveModel;
	readonly keys: Keys;
}

/** Scores these leads anew, judges their stage, and keeps both. Unknown ids are left out. */
export async function recompute(deps: RescoreDeps, leadIds: readonly string[]): Promise<void> {
	const ids = [...new Set(leadIds)];
	for (let from = 0; from < ids.length; from += LEADS_A_BODY) {
		await deps.db.write(async (tx) => {
			for (const id of ids.slice(from, from + LEADS_A_BODY)) await recomputeOne(tx, deps, id);
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

/** The receipt of what is on record, as of `at`. */
export function receiptOf({ events, attributes, objectors, ledger }: Evidence, live: LiveModel, at: Date, timeZone: string): Receipt {
	return foldScore({ events, attributes, live, now: at, timeZone, objectors, ledger });
}

async function recomputeOne(tx: Handle, { now, random, timeZone, live, keys }: RescoreDeps, leadId: string): Promise<void> {
	const evidence = await evidenceOfLead(tx, leadId, keys);
	if (!evidence || evidence.lead.mergedInto !== null) return;
	const at = now();
	const { model } = live();
	const receipt = receiptOf(evidence, live(), at, timeZone());
	await tx
		.update(lead)
		.set({
			fit: receipt.fit.total,
			engagement: receipt.engagement.total,
			total: receipt.total,
			grade: receipt.grade,
			modelVersion: receipt.modelVersion,
			scoredDay: localDay(at, timeZone()),
			hasDecay: receipt.hasDecay,
			lastActivityAt: lastActivity(evidence),
		})
		.where(eq(lead.id, leadId));

	await judge(tx, evidence, receipt, model.mql, at, random);
}

/** Moves the lead to the stage that its evidence justifies. */
async function judge(
	tx: Handle,
	evidence: Evidence,
	{ total, grade, modelVersion }: Receipt,
	mql: LiveModel['model']['mql'],
	at: Date,
	random: Random,
): Promise<void> {
	const { id: leadId, stage, workingState, mqlCause } = evidence.lead;
	if (!isStage(stage) || !isWorkingState(workingState)) return;
	const work = await workOf(tx, evidence.personIds);
	const { definition } = await liveTarget(tx);
	const to = recognise({
		stage,
		fitsTarget: outsideOf(definition, await targetFactsOf(tx, evidence.personIds, evidence.profile)).length === 0,
		tookPart: evidence.events.some(({ type }) => TACTICS.includes(type)),
		knows: knownOf(evidence),
		isClean: isCleanIn(workingState, stage),
		ticks: work.ticks,
		isMarked: work.isMarked,
		mqlCause: MQL_CAUSES.find((cause) => cause === mqlCause) ?? null,
		...{ total, mql },
	});
	if (!to) return;
	const isNews = work.givenUpAt === null || lastActivity(evidence) > work.givenUpAt || to.rule !== 'score-threshold';
	const why = { total, grade, modelVersion, ...(to.mqlCause !== null && to.mqlCause !== 'score-threshold' && work.evidence) };
	await advanceByRule(tx, { leadId, from: stage, workingState, to, isNews, evidence: why }, at, random);
}

function knownOf({ profile: { name, email, region, company, industry, jobTitle } }: Evidence) {
	const isKnown = (value: string | undefined) => value !== undefined && value !== '';
	return {
		name: isKnown(name),
		mail: isKnown(email),
		address: isKnown(region),
		company: isKnown(company),
		industry: isKnown(industry),
		jobTitle: isKnown(jobTitle),
	};
}

function lastActivity({ lead: { createdAt }, events }: Evidence): Date {
	return events.reduce((latest, { at }) => (at > latest ? at : latest), createdAt);
}
