import { and, desc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';

import { lead, move, workMove } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { type CauseKind, mayMoveStage, mayMoveState } from './moves.ts';
import type { Recognition } from './recognise.ts';
import { isWorkingState, type Stage, type WorkingState } from './stage.ts';

type Evidence = Readonly<Record<string, unknown>>;

/** A move and why. `kind` decides whether it may be. */
interface Moving<T extends string> {
	readonly leadId: string;
	readonly from: T;
	readonly to: T;
	readonly kind: CauseKind;
	/** `rule:<name>`, `staff:<id>`, `import`, `api:<token name>`. */
	readonly cause: string;
	readonly evidence: Evidence;
}

/**
 * Moves a lead to what a rule recognised and logs it. A lead in nurture that becomes an MQL by something new (`isNews`) is open again, so that
 * it is called.
 */
export async function advanceByRule(
	tx: Handle,
	{
		leadId,
		from,
		workingState,
		to,
		isNews,
		evidence,
	}: {
		readonly leadId: string;
		readonly from: Stage;
		readonly workingState: string;
		readonly to: Recognition;
		readonly isNews: boolean;
		readonly evidence: Evidence;
	},
	now: Date,
	random: Random,
): Promise<void> {
	await tx.update(lead).set({ mqlCause: to.mqlCause }).where(eq(lead.id, leadId));
	if (to.stage === from) return;
	const cause = `rule:${to.rule}`;
	await moveStage(tx, { leadId, from, to: to.stage, kind: 'rule', cause, evidence }, now, random);
	if (to.stage === 'mql' && workingState === 'nurture' && isNews && isWorkingState(workingState))
		await moveState(tx, { leadId, from: workingState, to: 'open', kind: 'rule', cause, evidence }, now, random);
}

/** Moves a lead to a stage and logs it; how often it has come there is part of the evidence from the second time on. */
export async function moveStage(tx: Handle, { leadId, from, to, kind, cause, evidence }: Moving<Stage>, now: Date, random: Random): Promise<void> {
	if (!mayMoveStage(from, to, kind)) throw new Error(`no ${kind} may move a lead from ${from} to ${to}`);
	const before = await tx.$count(move, and(eq(move.leadId, leadId), eq(move.to, to)));
	await tx.update(lead).set({ stage: to }).where(eq(lead.id, leadId));
	const told = before === 0 ? evidence : { ...evidence, entry: before + 1 };
	await logStage(tx, { leadId, from, to, cause, evidence: told }, now, random);
}

/** Moves a lead to a working state and logs it. The stage stays. */
export async function moveState(
	tx: Handle,
	{ leadId, from, to, kind, cause, evidence }: Moving<WorkingState>,
	now: Date,
	random: Random,
): Promise<void> {
	if (!mayMoveState(from, to, kind)) throw new Error(`no ${kind} may move a lead from ${from} to ${to}`);
	await tx.update(lead).set({ workingState: to }).where(eq(lead.id, leadId));
	await logState(tx, { leadId, from, to, cause, evidence }, now, random);
}

type Logged = Pick<typeof move.$inferInsert, 'leadId' | 'from' | 'to' | 'cause' | 'evidence'>;

/** A line of the log of stages. Each comes after the one before it, also within a millisecond. */
export async function logStage(tx: Handle, line: Logged, now: Date, random: Random): Promise<void> {
	const [last] = await tx.select({ at: move.at }).from(move).where(eq(move.leadId, line.leadId)).orderBy(desc(move.at)).limit(1);
	const at = following(last?.at, now);
	await tx.insert(move).values({ ...line, id: newId(at, random), at });
	const { leadId, from, to, cause } = line;
	await announce(tx, { type: 'lead.stage.changed', leadId, data: { from, to, cause } }, at, random);
}

/** The same for working states. */
export async function logState(tx: Handle, line: Logged, now: Date, random: Random): Promise<void> {
	const [last] = await tx.select({ at: workMove.at }).from(workMove).where(eq(workMove.leadId, line.leadId)).orderBy(desc(workMove.at)).limit(1);
	const at = following(last?.at, now);
	await tx.insert(workMove).values({ ...line, id: newId(at, random), at });
	const { leadId, to, cause } = line;
	if (to === 'sales') await announce(tx, { type: 'lead.handed_over', leadId, data: { cause } }, at, random);
}

function following(last: Date | undefined, now: Date): Date {
	return last && last >= now ? new Date(last.getTime() + 1) : now;
}

export interface Move {
	readonly from: string;
	readonly to: string;
	/** `rule:<name>`, `staff:<id>`, `import`, `api:<token name>`. */
	readonly cause: string;
	readonly evidence: Evidence;
	readonly at: Date;
}

/** The moves of a lead, newest first. */
export async function movesOf(handle: Handle, leadId: string): Promise<Move[]> {
	const { from, to, cause, evidence, at } = move;
	return handle.select({ from, to, cause, evidence, at }).from(move).where(eq(move.leadId, leadId)).orderBy(desc(at), desc(move.id)).limit(100);
}
