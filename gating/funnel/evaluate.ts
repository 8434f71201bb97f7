import type { Handle } from '#kernel/database.ts';

import { STAGES, WORKING_STATES } from '../lifecycle/stage.ts';
import { type Cohort, courseOf } from './cohort.ts';
import { putContacts, putFollowUps, putWon } from './contact.ts';
import { type History, historyOf, placeAt, type Span } from './history.ts';
import { readHistories } from './read.ts';
import { leadsInScope, type Scope } from './scope.ts';
import { counting, type Durations, durationsOf, gathering, type Sink } from './tally.ts';
import { readWonDeals, type WonDeals, type WonDealsDays } from './won-deals.ts';

/** A funnel as it is asked for; can be sent to a thread. Instants in epoch milliseconds. */
export interface FunnelParams extends Cohort {
	/** The snapshot is of this instant. */
	readonly at: number;
	readonly scope: Scope;
	/** Channels that are sales' own work. */
	readonly ownChannels: readonly string[];
}

/** What a funnel comes to, by cell; a cell that nobody is in is left out. */
export interface FunnelNumbers {
	readonly counts: Readonly<Record<string, number>>;
	/** Time at each stage, by its name, of the cohort's leads that have left it again. */
	readonly stays: Readonly<Record<string, Durations>>;
	/** From hand-over to first follow-up. */
	readonly followUp: Durations | null;
	/** Deals won in the period, and their value by currency. */
	readonly deals: WonDeals;
}

const [MQL, OPPORTUNITY, CUSTOMER] = [STAGES.indexOf('mql'), STAGES.indexOf('opportunity'), STAGES.indexOf('customer')] as const;

/** Counts all cells; for a thread. */
export async function readFunnel(handle: Handle, { days, ...params }: FunnelParams & { readonly days: WonDealsDays }): Promise<FunnelNumbers> {
	const sink = counting();
	const scope = await leadsInScope(handle, params.scope);
	const { stays, waits } = await evaluate(handle, params, scope, sink);
	const deals = await readWonDeals(handle, days, scope, params.ownChannels);
	const spans = STAGES.flatMap((stage, index) => {
		const found = durationsOf(stays[index] ?? []);
		return found ? [[stage, found] as const] : [];
	});
	return { counts: Object.fromEntries(sink.counts()), stays: Object.fromEntries(spans), followUp: durationsOf(waits), deals };
}

/** The leads of one cell, by the same evaluation. */
export async function leadsOfCell(handle: Handle, params: FunnelParams, cell: string): Promise<ReadonlySet<string>> {
	const sink = gathering(cell);
	await evaluate(handle, params, await leadsInScope(handle, params.scope), sink);
	return sink.leads;
}

async function evaluate(handle: Handle, params: FunnelParams, scope: ReadonlySet<string> | null, sink: Sink) {
	const { until, at, period, entry } = params;
	const stays = STAGES.map((): number[] => []);
	const won = new Map<string, number>();
	await readHistories(handle, { until: Math.max(until, at + 1), scope }, ({ id, members }) => {
		const history = historyOf(members);
		putSnapshot(history, at, id, sink);
		putCohort(history, { entry, period, until }, id, sink, stays);
		putMql(history, { entry: MQL, period, until }, id, sink);
		const sold = courseOf(history, { entry: CUSTOMER, period, until });
		if (sold) won.set(id, sold.enteredAt);
		putAfterSale(history, period, until, id, sink);
	});
	await putContacts(handle, { from: period.from, to: Math.min(period.to, until) }, scope, sink);
	const waits = await putFollowUps(handle, period, until, scope, sink);
	await putWon(handle, won, params.ownChannels, sink);
	return { stays, waits };
}

/** Names of cells, made once: each is put down hundreds of thousands of times. */
const KINDS = ['all', 'new', 'revived'] as const;
const byKind = (name: string) => STAGES.map((stage) => KINDS.map((kind) => `${name}.${stage}.${kind}`));
const AT = STAGES.map((stage) => ({ stage: `at.${stage}`, states: WORKING_STATES.map((state) => `at.${stage}.${state}`) }));
const [CAME, MQLS] = [byKind('came'), byKind('mql')] as const;
const [STANDS, LEFT] = [STAGES.map((stage) => `stands.${stage}`), STAGES.map((stage) => `left.${stage}`)] as const;

/** `at.<stage>`, `at.<stage>.<working state>`: where it stood. */
function putSnapshot({ stages, states }: History, at: number, id: string, sink: Sink): void {
	const [stage, state] = [placeAt(stages, at), placeAt(states, at)];
	if (stage === null) return;
	const cells = AT[stage];
	sink.put('at', id);
	sink.put(cells?.stage ?? '', id);
	sink.put(cells?.states[state ?? 0] ?? '', id);
}

/** `came.<stage>.<all|new|revived>`: reached it. `left.<stage>`: its time there is over. `stands.<stage>`: ended up there. */
function putCohort(history: History, cohort: Cohort, id: string, sink: Sink, stays: readonly number[][]): void {
	const course = courseOf(history, cohort);
	if (!course) return;
	for (let stage = cohort.entry; stage <= course.furthest; stage++) {
		sink.put(CAME[stage]?.[0] ?? '', id);
		sink.put(CAME[stage]?.[course.isRevived ? 2 : 1] ?? '', id);
	}
	sink.put(STANDS[course.stands] ?? '', id);
	for (const [stage, stay] of course.stays.entries()) {
		if (stay === null) continue;
		stays[stage]?.push(stay);
		sink.put(LEFT[stage] ?? '', id);
	}
}

/** `mql.<stage>.<new|revived>`: MQLs of the period, and which of them went on. */
function putMql(history: History, cohort: Cohort, id: string, sink: Sink): void {
	const course = courseOf(history, cohort);
	if (!course) return;
	for (let stage = MQL; stage <= course.furthest; stage++) sink.put(MQLS[stage]?.[course.isRevived ? 2 : 1] ?? '', id);
}

/** `customers`: were one by the end of the period. `reopened`: an opportunity of a customer began in it. `rewon`: and was won by the end. */
function putAfterSale({ stages }: History, { from, to }: Span, until: number, id: string, sink: Sink): void {
	const end = Math.min(to, until);
	if (!stages.some(({ at, place }) => place === CUSTOMER && at < end)) return;
	sink.put('customers', id);
	const again = stages.findIndex(({ at, place }, index) => place === OPPORTUNITY && stages[index - 1]?.place === CUSTOMER && at >= from && at < end);
	if (again < 0) return;
	sink.put('reopened', id);
	if (stages.slice(again).some(({ at, place }) => place === CUSTOMER && at < until)) sink.put('rewon', id);
}
