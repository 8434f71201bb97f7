import { and, desc, eq, inArray, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { STALE_DAY } from '../event/store.ts';
import { isLiving, type LivingPerson } from '../identity/person.ts';
import { clockFollows, endClocks, resumeClocks, undoClocks } from '../routing/clock.ts';
import type { Routing } from '../routing/create-routing.ts';
import { disposition, interaction, lead, move, person } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { logStage, logState, moveStage, moveState } from './advance.ts';
import { type Agent, causeKindOf, requireOwn } from './agent.ts';
import { type DispositionKind, movedBy, possibleDispositions, REACHED, ruleOf } from './disposition.ts';
import { enterReturn, undoEntries } from './ledger.ts';
import { personIn, refuse, requireLead, type WorkDeps, wrongWords } from './log.ts';
import type { Standing } from './schema.ts';
import { isStage, isWorkingState } from './stage.ts';

const FEEDBACK = 'disposition.feedback';

export interface DispositionInput {
	readonly kind: DispositionKind;
	/** A code of the rule's reasons; '' where it has none. */
	readonly reason: string;
	readonly feedback: string;
	/** The logged interaction it rests on, where it needs one. */
	readonly interactionId?: string | undefined;
	readonly personId?: string | undefined;
	/** Whom a lead is handed over to; left out or null: whom the rules of routing choose. */
	readonly owner?: string | null | undefined;
}

export interface DisposeDeps extends WorkDeps {
	/** Gives a lead that is handed over to somebody, and starts their clock. */
	readonly routing: Pick<Routing, 'give'>;
}

/** Asked before a hand-over: codes of what stands against it. */
export type HandOverCheck = (tx: Handle, people: readonly LivingPerson[]) => Promise<readonly string[]>;

/**
 * Decides about a lead: one table says which move it is. A hand-over is refused while a core question of screening lacks a credible answer,
 * unless feedback says why it goes all the same. Returns the disposition's id and the lead's.
 *
 * @throws DomainError not-found, forbidden, conflict (not at this stage or state), invalid (reason, feedback, interaction, core answers)
 */
export async function dispose(
	deps: DisposeDeps,
	askedId: string,
	input: DispositionInput,
	agent: Agent,
	handOverCheck: HandOverCheck,
): Promise<{ readonly id: string; readonly leadId: string }> {
	const { db, keys, now, random } = deps;
	const { kind, reason } = input;
	const rule = ruleOf(kind);
	const feedback = input.feedback.trim();
	return db.write(async (tx) => {
		const { row, people } = await requireLead(tx, askedId, agent);
		const standing = standingOf(row);
		if (!possibleDispositions(standing, { sells: agent.sells, isSystem: agent.staffId === null }).includes(kind)) {
			if (rule.by === 'sales' && !agent.sells) throw new DomainError('forbidden', 'Only sales decides this.');
			throw new DomainError('conflict', 'This cannot be decided where the lead stands.');
		}
		const missing = kind === 'handed-over' ? await handOverCheck(tx, people) : [];
		const rests = await interactionFor(tx, rule.rests, input.interactionId, people, agent);
		refuse([...wrongIn(input, feedback, missing.length > 0), ...(rests === 'missing' ? [{ field: 'interactionId', code: rule.rests ?? '' }] : [])]);

		const asKind = causeKindOf(agent, rule.by);
		const to = await destinationOf(tx, row.id, kind, movedBy(kind, standing, asKind));
		if (!to) throw new DomainError('conflict', 'This cannot be decided where the lead stands.');
		const at = now();
		const id = newId(at, random);
		const whom = rests !== null && rests !== 'missing' ? personIn(people, rests.personId) : personIn(people, input.personId);
		const evidence = { disposition: id, kind, ...(reason !== '' && { reason }), ...(missing.length > 0 && { overridden: missing }) };
		const moving = { leadId: row.id, kind: asKind, cause: agent.actor, evidence };
		if (to.stage !== standing.stage) await moveStage(tx, { ...moving, from: standing.stage, to: to.stage }, at, random);
		if (to.workingState !== standing.workingState) await moveState(tx, { ...moving, from: standing.workingState, to: to.workingState }, at, random);
		const leavesSales = standing.workingState === 'sales' && to.workingState !== 'sales';
		if (leavesSales) await endClocks(tx, people.map((one) => one.id), 'ended', at); // prettier-ignore
		const owner =
			kind === 'handed-over'
				? await deps.routing.give(tx, { ...handing(agent, input.owner), leadId: row.id, personId: whom.id, dispositionId: id })
				: ownerAfter(kind, row.owner, agent);
		const nextActionAt = to.workingState === 'disqualified' ? null : row.nextActionAt;
		await tx
			.update(lead)
			.set({ owner, nextActionAt, scoredDay: STALE_DAY, ...(to.stage !== standing.stage && { mqlCause: null }) })
			.where(eq(lead.id, row.id));
		if (kind !== 'handed-over' && owner !== row.owner) await passedTo(tx, people, row, owner, at, random);
		await tx.insert(disposition).values({
			...{ id, personId: whom.id, leadId: row.id, kind, reason, by: agent.actor, at },
			interactionId: rests !== null && rests !== 'missing' ? rests.id : null,
			feedback: feedback === '' ? null : keys.seal(whom.dataKey, FEEDBACK, feedback),
			before: told(row),
			after: { ...to, owner, nextActionAt: nextActionAt?.getTime() ?? null },
		});
		await announce(tx, { type: 'lead.disposition', leadId: row.id, data: { dispositionId: id, kind, reason, stage: to.stage } }, at, random);
		if (kind === 'returned') {
			const line = { id: newId(at, random), personId: whom.id, dispositionId: id, reason, by: agent.actor, at };
			await enterReturn(tx, { ...line, engagement: row.engagement });
		}
		const { actor, origin } = agent;
		await recordAudit(tx, { actor, action: 'lead.disposition', subject: `lead:${row.id}`, origin, detail: evidence }, at, random);
		return { id, leadId: row.id };
	});
}

/**
 * Takes the newest disposition of a lead back: stage, state and owner are what they were, unless something else has moved them since; a return
 * loses exactly its line. Returns the lead.
 *
 * @throws DomainError not-found, forbidden, conflict (undone, or another came after it)
 */
export async function undoDisposition({ db, now, random }: WorkDeps, id: string, agent: Agent): Promise<string> {
	return db.write(async (tx) => {
		const [row] = await tx.select().from(disposition).where(eq(disposition.id, id));
		if (!row) throw new DomainError('not-found', 'There is no such decision.');
		const [owner] = await tx.select({ leadId: person.leadId }).from(person).where(eq(person.id, row.personId));
		const [standing] = owner ? await tx.select().from(lead).where(eq(lead.id, owner.leadId)) : [];
		if (!standing) throw new DomainError('not-found', 'There is no such lead.');
		requireOwn(agent, standing.owner);
		const { before, after } = row;
		if (before.stage !== after.stage && ruleOf(row.kind as DispositionKind).by === 'sales' && !agent.sells)
			throw new DomainError('forbidden', 'Only sales decides this.');
		const people = await tx.select({ id: person.id }).from(person).where(eq(person.leadId, standing.id));
		const ids = people.map((one) => one.id);
		const [newest] = await tx
			.select({ id: disposition.id })
			.from(disposition)
			.where(and(inArray(disposition.personId, ids), isNull(disposition.undoneAt)))
			.orderBy(desc(disposition.at), desc(disposition.id))
			.limit(1);
		if (row.undoneAt !== null || newest?.id !== id) throw new DomainError('conflict', 'Only the newest decision can be taken back.');
		const at = now();
		await tx.update(disposition).set({ undoneAt: at, undoneBy: agent.actor }).where(eq(disposition.id, id));
		await undoEntries(tx, id, at);
		await undoClocks(tx, id, at);
		if (before.workingState === 'sales' && after.workingState !== 'sales') await resumeClocks(tx, ids, row.at);
		const owned = await restore(tx, standing, before, after, `undone:${id}`, at, random);
		if (owned !== standing.owner) await passedTo(tx, people, standing, owned, at, random);
		const { actor, origin } = agent;
		await recordAudit(
			tx,
			{ actor, action: 'lead.disposition-undo', subject: `lead:${standing.id}`, origin, detail: { disposition: id } },
			at,
			random,
		);
		return standing.id;
	});
}

export interface DispositionView {
	readonly id: string;
	readonly kind: string;
	readonly reason: string;
	/** '' without any; null when erased or not for the reader's eyes. */
	readonly feedback: string | null;
	readonly by: string;
	readonly at: Date;
	readonly undoneAt: Date | null;
	readonly undoneBy: string | null;
	/** The newest that holds: it can be taken back. */
	readonly canUndo: boolean;
}

/** What was decided about these persons' lead, newest first. */
export async function dispositionsOf(
	handle: Handle,
	{ keys }: Pick<WorkDeps, 'keys'>,
	people: readonly (typeof person.$inferSelect)[],
	seesPeople: boolean,
): Promise<DispositionView[]> {
	const ids = people.map((one) => one.id);
	const rows = await handle
		.select()
		.from(disposition)
		.where(inArray(disposition.personId, ids))
		.orderBy(desc(disposition.at), desc(disposition.id))
		.limit(100);
	const newest = rows.find(({ undoneAt }) => undoneAt === null);
	return rows.map((row) => {
		const { id, kind, reason, by, at, undoneAt, undoneBy, personId, feedback: sealed } = row;
		const whom = people.find((one) => one.id === personId);
		const feedback = sealed === null ? '' : whom && isLiving(whom) && seesPeople ? keys.unseal(whom.dataKey, FEEDBACK, sealed) : null;
		return { id, kind, reason, feedback, by, at, undoneAt, undoneBy, canUndo: row === newest };
	});
}

function standingOf({ stage, workingState }: typeof lead.$inferSelect) {
	if (!isStage(stage) || !isWorkingState(workingState)) throw new Error(`a lead stands at ${stage}, ${workingState}`);
	return { stage, workingState };
}

const told = ({ stage, workingState, owner, nextActionAt }: typeof lead.$inferSelect): Standing => ({
	...{ stage, workingState, owner },
	nextActionAt: nextActionAt?.getTime() ?? null,
});

/** Whoever had a lead has it again, unless somebody else is named: without a word, the rules of routing choose. */
const handing = ({ staffId }: Agent, named: string | null | undefined) =>
	({ cause: 'staff', demand: '', owner: named ?? null, ...(staffId !== null && { by: staffId }) }) as const;

/** Where a decision leads: an opportunity of somebody who was a customer before is given up to that. */
async function destinationOf(tx: Handle, leadId: string, kind: DispositionKind, to: ReturnType<typeof movedBy>): Promise<ReturnType<typeof movedBy>> {
	if (to === null || (kind !== 'lost' && kind !== 'returned')) return to;
	const [last] = await tx.select().from(move).where(eq(move.leadId, leadId)).orderBy(desc(move.at), desc(move.id)).limit(1); // prettier-ignore
	return last?.from === 'customer' && last.to === 'opportunity' ? { ...to, stage: 'customer' } : to;
}

/** Who accepts a lead that nobody has, has it. */
function ownerAfter(kind: DispositionKind, before: string | null, { staffId }: Agent): string | null {
	return (kind === 'accepted' || kind === 'working') && before === null ? staffId : before;
}

/** The clock goes on with the new owner, and other systems are told. */
async function passedTo(
	tx: Handle,
	people: readonly { readonly id: string }[],
	{ id, owner: from }: Pick<typeof lead.$inferSelect, 'id' | 'owner'>,
	owner: string | null,
	at: Date,
	random: Random,
): Promise<void> {
	await clockFollows(tx, people.map((one) => one.id), owner); // prettier-ignore
	await announce(tx, { type: 'lead.owner.changed', leadId: id, data: { from, to: owner } }, at, random);
}

async function interactionFor(
	tx: Handle,
	rests: ReturnType<typeof ruleOf>['rests'],
	id: string | undefined,
	people: readonly LivingPerson[],
	{ actor }: Agent,
): Promise<typeof interaction.$inferSelect | 'missing' | null> {
	if (rests === null) return null;
	const ids = people.map((one) => one.id);
	const [row] = await tx
		.select()
		.from(interaction)
		.where(and(eq(interaction.id, id ?? ''), inArray(interaction.personId, ids)));
	return row && REACHED.includes(row.outcome) && (rests !== 'own-reached' || row.by === actor) ? row : 'missing';
}

function wrongIn({ kind, reason }: DispositionInput, feedback: string, isOverride: boolean): FieldError[] {
	const { reasons, needsFeedback } = ruleOf(kind);
	const wrong = wrongWords('feedback', feedback);
	if (reasons ? !reasons.includes(reason) : reason !== '') wrong.push({ field: 'reason', code: reason === '' ? 'required' : 'choice' });
	if (feedback === '' && isOverride) wrong.push({ field: 'feedback', code: 'core-missing' });
	else if (feedback === '' && needsFeedback) wrong.push({ field: 'feedback', code: 'required' });
	return wrong;
}

/** Returns whose the lead is again. */
async function restore(
	tx: Handle,
	now: typeof lead.$inferSelect,
	before: Standing,
	after: Standing,
	cause: string,
	at: Date,
	random: Random,
): Promise<string | null> {
	const stage = before.stage === after.stage ? now.stage : before.stage;
	const workingState = now.workingState === after.workingState ? before.workingState : now.workingState;
	const owner = now.owner === after.owner ? before.owner : now.owner;
	const nextActionAt =
		now.nextActionAt === null && before.nextActionAt !== null && after.nextActionAt === null ? new Date(before.nextActionAt) : now.nextActionAt;
	await tx.update(lead).set({ stage, workingState, owner, nextActionAt, scoredDay: STALE_DAY }).where(eq(lead.id, now.id));
	const line = { leadId: now.id, cause, evidence: {} };
	if (stage !== now.stage) await logStage(tx, { ...line, from: now.stage, to: stage }, at, random);
	if (workingState !== now.workingState) await logState(tx, { ...line, from: now.workingState, to: workingState }, at, random);
	return owner;
}
