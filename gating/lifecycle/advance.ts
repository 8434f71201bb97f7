import { desc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';

import { lead, move } from '../schema.ts';
import type { Recognition } from './recognise.ts';
import type { Stage } from './stage.ts';

/** Moves a lead to the stage that a rule recognised, and logs the move with its evidence. */
export async function advanceByRule(
	tx: Handle,
	{
		leadId,
		from,
		to,
		evidence,
	}: { readonly leadId: string; readonly from: Stage; readonly to: Recognition; readonly evidence: Readonly<Record<string, unknown>> },
	now: Date,
	random: Random,
): Promise<void> {
	await tx.update(lead).set({ stage: to.stage }).where(eq(lead.id, leadId));
	await tx.insert(move).values({ id: newId(now, random), leadId, from, to: to.stage, cause: `rule:${to.rule}`, evidence, at: now });
}

export interface Move {
	readonly from: string;
	readonly to: string;
	/** `rule:<name>`, `staff:<id>`, `import`, `api`. */
	readonly cause: string;
	readonly evidence: Readonly<Record<string, unknown>>;
	readonly at: Date;
}

/** The moves of a lead, newest first. */
export async function movesOf(handle: Handle, leadId: string): Promise<Move[]> {
	const { from, to, cause, evidence, at } = move;
	return handle.select({ from, to, cause, evidence, at }).from(move).where(eq(move.leadId, leadId)).orderBy(desc(at), desc(move.id)).limit(100);
}
