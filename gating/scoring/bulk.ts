import { count, isNull } from 'drizzle-orm';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys, type Keys, type MasterKey } from '#kernel/keys.ts';

import { lead } from '../schema.ts';
import { createCounter, stretchesOf } from './bulk-events.ts';
import { addPeople, type BulkLead, type Everybody, nobody } from './bulk-people.ts';
import { type Calendar, calendarOf, decayed, periodOfDay } from './engagement.ts';
import { surgeDaysOf } from './evidence.ts';
import { fitLinesOf, gradeOf } from './fold.ts';
import { mayMove } from './judge.ts';
import type { LiveModel } from './model.ts';
import type { Grade } from './receipt.ts';
import { situationLines } from './situation.ts';
import type { Surroundings } from './surroundings.ts';
import { LEADS_A_TALLY, periodsFrom, type TallySum } from './tally.ts';

/** What a thread needs to score everybody by a model that is not in use. */
export interface BulkParams {
	readonly ring: readonly MasterKey[];
	readonly next: LiveModel;
	readonly surroundings: Surroundings;
	readonly timeZone: string;
	readonly at: Date;
	/** Events that are read at once. */
	readonly eventsAtOnce: number;
	/** Leads that are read at once. */
	readonly leadsAtOnce: number;
}

export interface ScoredRow {
	readonly leadId: string;
	readonly fit: number;
	readonly engagement: number;
	readonly total: number;
	readonly grade: Grade;
	readonly scoredDay: string;
	readonly hasDecay: boolean;
	/** The model takes the lead to another stage, or may. */
	readonly moves: boolean;
}

/** A row beside what the lead's row says now. */
export interface BulkRow extends ScoredRow {
	readonly from: { readonly grade: string; readonly stage: string; readonly total: number };
}

export interface BulkStep {
	/** Share of the whole work that is done, from 0 to 1. */
	readonly share: number;
	/** Leads there are. */
	readonly leads: number;
	/** Leads whose scores are known with this step. */
	readonly rows: readonly BulkRow[];
}

/** Shares of the time that reading people and events take. */
const PEOPLE_SHARE = 0.4;
const EVENTS_SHARE = 0.5;

/**
 * Scores everybody as {@link receiptOf} would, in one ordered pass over each table instead of a look-up for each lead: first the people, then the
 * events by type and day, as an index has them, then the sums. Rows come in the last part.
 */
export async function* scoreEverybody(read: Handle, params: BulkParams): AsyncGenerator<BulkStep, void, undefined> {
	const { next, surroundings, timeZone, at, leadsAtOnce } = params;
	const [all] = await read.select({ n: count() }).from(lead).where(isNull(lead.mergedInto));
	const total = all?.n ?? 0;
	const everybody = nobody();
	const options = { at, competitorDomains: surroundings.competitorDomains, surgeDays: surgeDaysOf([next.model]) };
	const keys = keysOf(params.ring);
	for (let after: string | null = ''; after !== null;) {
		after = await addPeople(read, keys, everybody, options, after, leadsAtOnce);
		yield { share: (PEOPLE_SHARE * everybody.leads.length) / Math.max(1, total, everybody.leads.length), leads: total, rows: [] };
	}
	const leads = everybody.leads.length;
	const { engagement: rules } = next.model;
	const calendar = calendarOf(at, timeZone);
	const counter = createCounter(read, everybody, { rules, content: surroundings.content, calendar, at });
	const stretches = await stretchesOf(read, rules, params.eventsAtOnce);
	const events = stretches.reduce((sum, stretch) => sum + stretch.events, 0);
	let done = 0;
	for (const stretch of stretches) {
		await counter.count(stretch);
		done += stretch.events;
		yield { share: PEOPLE_SHARE + (EVENTS_SHARE * done) / events, leads, rows: [] };
	}
	const today = localDay(at, timeZone);
	const periodOf = periodsFrom(today, periodOfDay);
	for (let from = 0; from < leads; from += LEADS_A_TALLY) {
		const sums = counter.tallyFrom(from).sums(rules, periodOf);
		const some = everybody.leads.slice(from, from + LEADS_A_TALLY);
		const rows = some.map((one, index) => rowOf(one, sums[index]!, { next, everybody, calendar, today }));
		yield { share: PEOPLE_SHARE + EVENTS_SHARE + ((1 - PEOPLE_SHARE - EVENTS_SHARE) * (from + some.length)) / leads, leads, rows };
	}
}

interface RowContext {
	readonly next: LiveModel;
	readonly everybody: Everybody;
	readonly calendar: Calendar;
	readonly today: string;
}

function rowOf(one: BulkLead, counted: TallySum, { next: { model }, everybody, calendar, today }: RowContext): BulkRow {
	const fit = fitLinesOf(model, one.attributes).reduce((sum, { points }) => sum + points, 0);
	const colleagues = (one.accountId !== null && everybody.activeAt.get(one.accountId)) || [];
	const circumstances = { lastAt: one.lastAt === null ? null : new Date(one.lastAt), colleagues: colleagues.map((at) => ({ lastAt: new Date(at) })) };
	const standing = situationLines(model.situations, circumstances, calendar);
	let engagement = standing.lines.reduce((sum, { points }) => sum + points, counted.points);
	let hasDecay = standing.mayChange || counted.hasDecay;
	for (const { points, halfLifeDays, at } of one.ledger) {
		const decay = halfLifeDays === null ? null : ({ kind: 'half-life', days: halfLifeDays } as const);
		const left = decayed({ points, decay }, calendar.ageOf(new Date(at)));
		engagement += left;
		if (left !== 0 && decay !== null) hasDecay = true;
	}
	const total = fit + engagement;
	const { id, stage, grade, total: before } = one;
	return {
		...{ leadId: id, fit, engagement, total, grade: gradeOf(model, fit, engagement), scoredDay: today, hasDecay },
		moves: mayMove({ lead: { stage } }, total, model.mql),
		from: { grade, stage, total: before },
	};
}

let made: { readonly id: string; readonly keys: Keys } | null = null;

/** Of one ring, its keys are made once in a thread. */
export function keysOf(ring: readonly MasterKey[]): Keys {
	const id = ring.map((one) => one.id).join();
	if (made?.id !== id) made = { id, keys: createKeys(ring.map(({ id: name, key }) => ({ id: name, key: Buffer.from(key) })), systemRandom) }; // prettier-ignore
	return made.keys;
}
