import { and, asc, desc, eq, inArray, isNull, lte } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { nextNumber } from '#kernel/counter.ts';
import type { Database, Handle } from '#kernel/database.ts';

import { livingPerson } from '../identity/person.ts';
import { handOver, lead, person, staffMember } from '../schema.ts';
import { endClocks, type HandOverRow, QUEUE_COUNTER } from './clock.ts';
import { give, type GiveDeps, peopleOf, tell } from './give.ts';
import { type Demand, dueSteps, type HandOverCause, nextMark, STEPS } from './hand-over.ts';

const CLOCKS_A_BODY = 20;
const LEADS_A_BODY = 20;
/** Who had a lead so often before that passing it on helps nobody. */
const MOST_PASSES = 5;
/** Bodies that move clocks wait for each other: what one did, the next finds done. */
export const CLOCK_LOCK = 'hand-over';

export type RunDeps = GiveDeps & { readonly db: Database };

/**
 * Reminds, tells on and passes on where a clock says so. What is done and the mail about it are one body, so that each happens once, whoever
 * crashes and however many workers there are. Returns how many clocks moved.
 */
export async function runClocks(deps: RunDeps): Promise<number> {
	let moved = 0;
	for (;;) {
		const due = and(eq(handOver.state, 'running'), lte(handOver.nextAt, deps.now()));
		// Nothing is locked while nothing is due.
		if ((await deps.db.read.select({ id: handOver.id }).from(handOver).where(due).limit(1)).length === 0) return moved;
		moved += await deps.db.write(
			async (tx) => {
				const rows = await tx.select().from(handOver).where(due).orderBy(asc(handOver.nextAt), asc(handOver.id)).limit(CLOCKS_A_BODY);
				for (const row of rows) await stepOn(tx, deps, row);
				return rows.length;
			},
			{ locks: CLOCK_LOCK },
		);
	}
}

async function stepOn(tx: Handle, deps: RunDeps, row: HandOverRow): Promise<void> {
	const { now, random } = deps;
	const at = now();
	const whom = await livingPerson(tx, row.personId);
	const [standing] = whom ? await tx.select().from(lead).where(eq(lead.id, whom.leadId)) : [];
	if (standing?.workingState !== 'sales') return endClocks(tx, [row.personId], 'ended', at);
	const steps = dueSteps(row, row.step, at);
	if (steps.includes('remind') && row.owner !== null) await tell(tx, row, 'remind', at, random);
	if (steps.includes('escalate')) await tell(tx, row, 'escalate', at, random);
	const passes = steps.includes('reassign') && row.passes < MOST_PASSES;
	const step = steps.includes('reassign') ? STEPS.passedOn : steps.includes('escalate') ? STEPS.escalated : STEPS.reminded;
	await tx
		.update(handOver)
		.set({ step, nextAt: nextMark(row, step) })
		.where(eq(handOver.id, row.id));
	await nextNumber(tx, QUEUE_COUNTER);
	const detail = { handOver: row.id, steps, ...(passes && { from: row.owner }) };
	await recordAudit(tx, { actor: 'system', action: 'lead.follow-up-late', subject: `lead:${standing.id}`, origin: '', detail }, at, random);
	if (passes) await passOn(tx, deps, standing.id, row, 'passed-on');
}

/** Gives the lead to somebody who has not had it since it was handed over. */
async function passOn(tx: Handle, deps: RunDeps, leadId: string, row: HandOverRow, cause: Extract<HandOverCause, 'passed-on' | 'owner-left'>) {
	const ids = (await peopleOf(tx, leadId)).map(({ id }) => id);
	const before = await tx
		.select({ owner: handOver.owner })
		.from(handOver)
		.where(inArray(handOver.personId, ids))
		.orderBy(desc(handOver.at), desc(handOver.id))
		.limit(row.passes + 1);
	const not = [row.owner, ...before.map(({ owner }) => owner)].filter((one) => one !== null);
	const { personId, dispositionId } = row;
	await give(tx, deps, { leadId, personId, cause, demand: row.demand as Demand | '', dispositionId, owner: null, not, passes: row.passes + 1 });
}

/** Somebody works here no more: what they had with sales goes to others, each with a new clock. Returns how many leads. */
export async function passOnFrom(deps: RunDeps, staffId: string): Promise<number> {
	const { db, now } = deps;
	let passed = 0;
	for (;;) {
		const count = await db.write(
			async (tx) => {
				await tx
					.update(staffMember)
					.set({ leftAt: now() })
					.where(and(eq(staffMember.id, staffId), isNull(staffMember.leftAt)));
				const rows = await tx
					.select({ id: lead.id })
					.from(lead)
					.where(and(eq(lead.owner, staffId), eq(lead.workingState, 'sales'), isNull(lead.mergedInto)))
					.orderBy(asc(lead.id))
					.limit(LEADS_A_BODY);
				for (const { id } of rows) await passOnLead(tx, deps, id, staffId);
				return rows.length;
			},
			{ locks: CLOCK_LOCK },
		);
		passed += count;
		if (count < LEADS_A_BODY) return passed;
	}
}

async function passOnLead(tx: Handle, deps: RunDeps, leadId: string, staffId: string): Promise<void> {
	const people = await tx.select({ id: person.id, dataKey: person.dataKey }).from(person).where(eq(person.leadId, leadId)).orderBy(person.createdAt);
	const whom = people.find(({ dataKey }) => dataKey !== null) ?? people[0];
	if (!whom) return void (await tx.update(lead).set({ owner: null }).where(eq(lead.id, leadId)));
	const [last] = await tx
		.select()
		.from(handOver)
		.where(
			and(
				inArray(
					handOver.personId,
					people.map(({ id }) => id),
				),
				inArray(handOver.state, ['running', 'followed-up']),
			),
		) // prettier-ignore
		.orderBy(desc(handOver.at), desc(handOver.id))
		.limit(1);
	const demand = last?.state === 'running' ? (last.demand as Demand | '') : '';
	const giving = { leadId, personId: whom.id, cause: 'owner-left', demand, dispositionId: last?.dispositionId ?? null, owner: null } as const;
	await give(tx, deps, { ...giving, not: [staffId] });
}
