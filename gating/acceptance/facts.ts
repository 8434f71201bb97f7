import { and, asc, eq, inArray, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { MasterKey } from '#kernel/keys.ts';

import { scoringModel, scoringPublication, touchpoint } from '../schema.ts';
import { keysOf } from '../scoring/bulk.ts';
import { gather, surgeDaysOf } from '../scoring/evidence.ts';
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
	const { competitorDomains } = surroundings;
	const facts: Facts[] = [];
	for (const { id, leadId, at } of moments) {
		const live = models.findLast(({ from }) => from <= at) ?? models[0];
		if (!live) continue;
		const [evidence] = await gather(read, keysOf(ring), [leadId], { at, competitorDomains, surgeDays: surgeDaysOf([live.model]) });
		if (!evidence) continue;
		const { grade, fit, engagement } = receiptOf(evidence, { live, at, timeZone, surroundings });
		const rules = [...new Set([...fit.lines, ...engagement.lines].map(({ rule }) => rule))];
		facts.push({ id, grade, rules, channel: await channelOf(read, evidence.personIds, at) });
	}
	return facts;
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

async function channelOf(read: Handle, personIds: readonly string[], at: Date): Promise<string> {
	const [first] = await read
		.select({ channel: touchpoint.channel })
		.from(touchpoint)
		.where(and(inArray(touchpoint.personId, [...personIds]), lte(touchpoint.at, at)))
		.orderBy(asc(touchpoint.at), asc(touchpoint.id))
		.limit(1);
	return first?.channel ?? '';
}
