import { asc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { MasterKey } from '#kernel/keys.ts';

import { scoringModel, scoringPublication, touchpoint } from '../schema.ts';
import { keysOf } from '../scoring/bulk.ts';
import { colleaguesOf, type Evidence, gather, surgeDaysOf } from '../scoring/evidence.ts';
import { receiptOf } from '../scoring/judge.ts';
import { type LiveModel, parseModel } from '../scoring/model.ts';
import type { Surroundings } from '../scoring/surroundings.ts';
import type { Judged } from './chance.ts';

/** Leads at moments, each with a name of its own. */
export interface Moment {
	readonly id: string;
	readonly leadId: string;
	readonly at: Date;
}

export interface FactsParams {
	readonly ring: readonly MasterKey[];
	readonly surroundings: Surroundings;
	readonly timeZone: string;
	readonly moments: readonly Moment[];
}

export interface Facts extends Judged {
	readonly id: string;
}

/** What leads were judged by at their moments, by the model in use then. Leads that are gone are left out. For `analyse()`; some dozens at once. */
export async function factsAt(read: Handle, { ring, surroundings, timeZone, moments }: FactsParams): Promise<readonly Facts[]> {
	const models = await modelsOf(read);
	const latest = new Date(Math.max(...moments.map(({ at }) => at.getTime())));
	const ids = [...new Set(moments.map(({ leadId }) => leadId))];
	const options = { at: latest, competitorDomains: surroundings.competitorDomains, surgeDays: 0 };
	const evidence = new Map((await gather(read, keysOf(ring), ids, options)).map((one) => [one.lead.id, one]));
	const channels = await channelsOf(read, [...evidence.values()].flatMap(({ personIds }) => personIds)); // prettier-ignore
	const facts: Facts[] = [];
	for (const { id, leadId, at } of moments) {
		const live = models.findLast(({ from }) => from <= at) ?? models[0];
		const known = evidence.get(leadId);
		if (!live || !known) continue;
		const { grade, fit, engagement } = receiptOf(await asOf(read, known, live, at), { live, at, timeZone, surroundings });
		const rules = [...new Set([...fit.lines, ...engagement.lines].map(({ rule }) => rule))];
		const first = channels.find((touch) => touch.at <= at && known.personIds.includes(touch.personId ?? ''));
		facts.push({ id, grade, rules, channel: first?.channel ?? '' });
	}
	return facts;
}

/** The evidence without what came later. */
async function asOf(read: Handle, evidence: Evidence, { model }: LiveModel, at: Date): Promise<Evidence> {
	const { accountId, events, ledger } = evidence;
	const surgeDays = surgeDaysOf([model]);
	const found = accountId === null || surgeDays === 0 ? null : await colleaguesOf(read, [accountId], { at, surgeDays });
	return {
		...evidence,
		events: events.filter((one) => one.at <= at),
		ledger: ledger.filter((one) => one.at <= at),
		colleagues: found?.get(accountId ?? '') ?? [],
	};
}

/** Versions that were in use once, by when they came into use. */
async function modelsOf(read: Handle): Promise<readonly (LiveModel & { readonly from: Date })[]> {
	const rows = await read
		.select({ version: scoringModel.version, model: scoringModel.model, from: scoringModel.publishedAt, state: scoringPublication.state })
		.from(scoringModel)
		.leftJoin(scoringPublication, eq(scoringPublication.version, scoringModel.version))
		.orderBy(asc(scoringModel.publishedAt), asc(scoringModel.version));
	return rows
		.filter(({ state }) => state === null || state === 'live')
		.map(({ version, model, from }) => ({ version, model: parseModel(model), from }));
}

/** Ways these persons came by, oldest first. */
async function channelsOf(read: Handle, personIds: readonly string[]) {
	return read
		.select({ channel: touchpoint.channel, personId: touchpoint.personId, at: touchpoint.at })
		.from(touchpoint)
		.where(inArray(touchpoint.personId, [...personIds]))
		.orderBy(asc(touchpoint.at), asc(touchpoint.id));
}
