import { asc, desc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { type Answer as OnceAnswer, once, type OnceOutcome } from '#kernel/idempotency.ts';

import { SIZES } from '../account/account.ts';
import { STALE_DAY } from '../event/store.ts';
import { survivingLead } from '../identity/merge.ts';
import { isLiving, openProfile, profileOf } from '../identity/person.ts';
import type { Reader } from '../lead/reader.ts';
import { lead, person, staffMember } from '../schema.ts';
import type { Scoring } from '../scoring/create-scoring.ts';
import { ROLES } from '../scoring/job-title.ts';
import { openCore } from '../screening/answer.ts';
import { createScreening, type Screening } from '../screening/create-screening.ts';
import { VERDICTS } from '../screening/sheet.ts';
import type { Staff } from '../staff/create-staff.ts';
import { type Agent, agentOf, isOthers, systemAgent } from './agent.ts';
import { type DisposeDeps, type DispositionInput, type DispositionView, dispose, dispositionsOf, undoDisposition } from './dispose.ts';
import {
	type DispositionKind,
	DISPOSITION_KINDS,
	INTERACTION_KINDS,
	INTERACTION_OUTCOMES,
	possibleDispositions,
	REACHED,
	ruleOf,
} from './disposition.ts';
import { giveLead, type InteractionInput, interactionsOf, logInteraction, type LoggedInteraction, planNext, type WorkDeps } from './log.ts';
import { type Queue, queueOf, type QueuePage, QUEUES, readQueue } from './queue.ts';
import { type ActedOn, isMine } from './own.ts';
import { MQL_CAUSES, type Tick, TICKS } from './recognise.ts';
import { isStage, isWorkingState } from './stage.ts';
import { type LiveTarget, liveTarget, outsideOf, publishTarget, type TargetPart } from './target.ts';
import { targetFactsOf, workOf } from './work.ts';

export interface StaffName {
	readonly id: string;
	readonly name: string;
	readonly role: string;
	/** Works here no more. */
	readonly hasLeft: boolean;
}

/** What working a lead has come to. */
export interface WorkView {
	readonly leadId: string;
	readonly stage: string;
	readonly workingState: string;
	readonly owner: string | null;
	readonly queue: Queue;
	readonly mqlCause: string | null;
	readonly nextActionAt: Date | null;
	readonly isOverdue: boolean;
	readonly ticks: Readonly<Record<Tick, boolean>>;
	/** Parts of the target definition that the lead lies outside of; empty: it fits. */
	readonly outside: readonly TargetPart[];
	/** Living people; the name is null when not for the reader's eyes. */
	readonly people: readonly { readonly id: string; readonly name: string | null }[];
	/** Newest first. */
	readonly interactions: readonly LoggedInteraction[];
	readonly dispositions: readonly DispositionView[];
	/** What the agent can decide now; empty without one, or when somebody else works the lead. */
	readonly possible: readonly DispositionKind[];
	/** Somebody else works it: the agent reads it only. */
	readonly isOthers: boolean;
	/** Core questions without a credible answer, which stand against a hand-over. */
	readonly openCore: readonly string[];
}

/** Working leads: what was said, what was decided, who waits for whom. */
export interface Work {
	/** Null when there is no such lead. The reading is the page's to put on record. */
	view(leadId: string, reader: Reader, agent: Agent | null): Promise<WorkView | null>;
	/** See {@link logInteraction}. */
	log(leadId: string, input: InteractionInput, agent: Agent): Promise<string>;
	/** See {@link dispose}; the lead is judged again at once. Returns the disposition's id. */
	dispose(leadId: string, input: DispositionInput, agent: Agent): Promise<string>;
	/** See {@link undoDisposition}; the lead is judged again at once. Returns the lead. */
	undo(dispositionId: string, agent: Agent): Promise<string>;
	give(leadId: string, owner: string | null, agent: Agent): Promise<void>;
	plan(leadId: string, nextActionAt: Date | null, agent: Agent): Promise<void>;
	/** See {@link readQueue}. */
	queue(input: { readonly queue: Queue; readonly viewer: string | null; readonly cursor?: string | undefined }, reader: Reader): Promise<QueuePage>;
	/** Staff who have signed in once, by name. */
	staff(): Promise<readonly StaffName[]>;
	target(): Promise<LiveTarget>;
	/** See {@link publishTarget}; whom it concerns is judged again within seconds. */
	publishTarget(input: unknown, seen: number, by: Reader): Promise<number>;
	readonly screening: Screening;
	/** A member of staff as they work leads. */
	agentOf(staff: Staff, reader: Reader): Agent;
	/** A system with a token; `sells`: it may decide what sales decides, but for making an SQL. */
	systemAgent(reader: Reader, sells: boolean): Agent;
	/** See {@link isMine}. */
	isMine(acted: ActedOn, agent: Agent): Promise<boolean>;
	readonly choices: typeof CHOICES;
	/** Runs an act once per key; see {@link once}. */
	once(request: { readonly scope: string; readonly key: string; readonly hash: string }, act: () => Promise<OnceAnswer>): Promise<OnceOutcome>;
}

/** What forms offer, in their order. */
const CHOICES = Object.freeze({
	kinds: INTERACTION_KINDS,
	outcomes: INTERACTION_OUTCOMES,
	reached: REACHED,
	dispositions: DISPOSITION_KINDS,
	queues: QUEUES,
	ticks: TICKS,
	causes: MQL_CAUSES,
	verdicts: VERDICTS,
	sizes: SIZES,
	jobRoles: ROLES,
	/** Codes of the reasons of a decision; empty where it has none. */
	reasonsOf: (kind: DispositionKind): readonly string[] => ruleOf(kind).reasons ?? [],
});

export function createWork(deps: DisposeDeps & { readonly scoring: Pick<Scoring, 'recompute'> }): Work {
	const { db, keys, now, scoring } = deps;

	return Object.freeze<Work>({
		view: async (askedId, reader, agent) => {
			const id = await survivingLead(db.read, askedId);
			return id === null ? null : viewWork(deps, id, reader, agent);
		},
		log: (leadId, input, agent) => logInteraction(deps, leadId, input, agent),
		dispose: async (leadId, input, agent) => {
			const done = await dispose(deps, leadId, input, agent, (tx, people) => openCore(tx, keys, people));
			await scoring.recompute([done.leadId]);
			return done.id;
		},
		undo: async (dispositionId, agent) => {
			const leadId = await undoDisposition(deps, dispositionId, agent);
			await scoring.recompute([leadId]);
			return leadId;
		},
		give: (leadId, owner, agent) => giveLead(deps, leadId, owner, agent),
		plan: (leadId, nextActionAt, agent) => planNext(deps, leadId, nextActionAt, agent),
		queue: (input, { seesPeople }) => readQueue(db.read, keys, { ...input, seesPeople, now: now() }),
		staff: async () => {
			const rows = await db.read.select().from(staffMember).orderBy(asc(staffMember.name), desc(staffMember.id));
			return rows.map(({ id, name, role, leftAt }) => ({ id, name, role, hasLeft: leftAt !== null }));
		},
		target: () => liveTarget(db.read),
		publishTarget: async (input, seen, by) => {
			const version = await publishTarget(deps, input, seen, by);
			await db.write((tx) =>
				tx
					.update(lead)
					.set({ scoredDay: STALE_DAY })
					.where(inArray(lead.stage, ['raw', 'suspect'])),
			);
			return version;
		},
		screening: createScreening(deps),
		agentOf,
		systemAgent,
		isMine: (acted, agent) => isMine(db.read, acted, agent),
		choices: CHOICES,
		once: (request, act) => once(db, { ...request, now: now() }, act),
	});
}

async function viewWork({ db, keys, now }: WorkDeps, leadId: string, reader: Reader, agent: Agent | null): Promise<WorkView | null> {
	const handle: Handle = db.read;
	const [row] = await handle.select().from(lead).where(eq(lead.id, leadId));
	if (!row || !isStage(row.stage) || !isWorkingState(row.workingState)) return null;
	const { owner, mqlCause, nextActionAt } = row;
	const standing = { stage: row.stage, workingState: row.workingState, owner };
	const everybody = await handle.select().from(person).where(eq(person.leadId, leadId)).orderBy(asc(person.createdAt), asc(person.id));
	const people = everybody.filter(isLiving);
	const ids = everybody.map(({ id }) => id);
	const profile = profileOf(keys, people);
	const { definition } = await liveTarget(handle);
	return {
		...{ leadId, ...standing, mqlCause, nextActionAt, isOverdue: nextActionAt !== null && nextActionAt <= now() },
		queue: queueOf(standing, agent?.staffId ?? null),
		ticks: (await workOf(handle, ids)).ticks,
		outside: outsideOf(definition, await targetFactsOf(handle, ids, profile)),
		people: people.map((one) => ({ id: one.id, name: reader.seesPeople ? (openProfile(keys, one).name ?? null) : null })),
		interactions: await interactionsOf(handle, keys, everybody, reader.seesPeople),
		dispositions: await dispositionsOf(handle, { keys }, everybody, reader.seesPeople),
		possible:
			agent && !isOthers(agent, owner) && people.length > 0
				? possibleDispositions(standing, { sells: agent.sells, isSystem: agent.staffId === null })
				: [],
		isOthers: agent !== null && isOthers(agent, owner),
		openCore: await openCore(handle, keys, everybody),
	};
}
