import { eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { isLiving } from '../identity/person.ts';
import { moveState } from '../lifecycle/advance.ts';
import { isWorkingState } from '../lifecycle/stage.ts';
import { disposition, lead } from '../schema.ts';
import { give, type GiveDeps, keeperOf, peopleOf } from './give.ts';
import type { Demand } from './hand-over.ts';

type LeadRow = typeof lead.$inferSelect;

/**
 * Hands a lead over without anybody deciding it: by the standard, or because they asked for a person. It is a decision like any other, so
 * that it is seen and can be undone. The stage stays. Returns false where nobody of the lead is left.
 */
export async function handOverByRule(
	tx: Handle,
	deps: GiveDeps,
	row: LeadRow,
	{
		cause,
		demand,
		personId,
		evidence,
	}: {
		readonly cause: 'standard' | 'demand';
		readonly demand: Demand | '';
		/** Whom it is about; left out: the person known longest. */
		readonly personId?: string;
		readonly evidence: Readonly<Record<string, unknown>>;
	},
): Promise<boolean> {
	const { now, random } = deps;
	const whom = personId ?? (await peopleOf(tx, row.id)).find(isLiving)?.id;
	if (whom === undefined || !isWorkingState(row.workingState)) return false;
	const at = now();
	const by = cause === 'standard' ? 'rule:hand-over-standard' : 'rule:explicit-demand';
	const id = newId(at, random);
	const told = { disposition: id, kind: 'handed-over', ...evidence };
	await moveState(tx, { leadId: row.id, from: row.workingState, to: 'sales', kind: 'rule', cause: by, evidence: told }, at, random);
	const { stage, workingState, nextActionAt } = row;
	const next = nextActionAt?.getTime() ?? null;
	const owner = await give(tx, deps, { leadId: row.id, personId: whom, cause, demand, dispositionId: id, owner: await keeperOf(tx, row.owner, at) });
	await tx.insert(disposition).values({
		...{ id, personId: whom, leadId: row.id, interactionId: null, kind: 'handed-over', reason: '', feedback: null, by, at },
		before: { stage, workingState, owner: row.owner, nextActionAt: next },
		after: { stage, workingState: 'sales', owner, nextActionAt: next },
	});
	await recordAudit(tx, { actor: 'system', action: 'lead.disposition', subject: `lead:${row.id}`, origin: '', detail: told }, at, random);
	return true;
}

/** The lead that a person counts for; null when there is none. */
export async function leadOf(tx: Handle, leadId: string): Promise<LeadRow | null> {
	const [row] = await tx.select().from(lead).where(eq(lead.id, leadId));
	return row ?? null;
}
