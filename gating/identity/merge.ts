import { and, desc, eq, inArray, isNotNull, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { STALE_DAY } from '../event/store.ts';
import { logStage, logState } from '../lifecycle/advance.ts';
import { isStage, STAGES } from '../lifecycle/stage.ts';
import { joinClocks, partClocks } from '../routing/clock.ts';
import { lead, merge, move, person } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { duplicatesOf } from './duplicates.ts';

type LeadRow = typeof lead.$inferSelect;

/** A line of the journal: the persons of `fromLeadId` count for `intoLeadId` until it is undone. */
export type Merge = typeof merge.$inferSelect;

/**
 * Makes one lead of two. Events, answers and consents stay with their persons; only the pointer `lead.merged_into`, and the
 * persons' pointer that follows from it, move. The surviving lead keeps the further stage of both. Returns the journal's id.
 *
 * @throws DomainError not-found (either lead), conflict (one is merged already, or both are one)
 */
export async function mergeLeads(
	tx: Handle,
	{ fromLeadId, intoLeadId, cause }: { readonly fromLeadId: string; readonly intoLeadId: string; readonly cause: string },
	now: Date,
	random: Random,
): Promise<string> {
	const rows = await tx
		.select()
		.from(lead)
		.where(inArray(lead.id, [fromLeadId, intoLeadId]));
	const [from, into] = [rows.find(({ id }) => id === fromLeadId), rows.find(({ id }) => id === intoLeadId)];
	if (!from || !into) throw new DomainError('not-found', 'There is no such lead.');
	if (from === into) throw new DomainError('conflict', 'A lead cannot be merged with itself.');
	if (from.mergedInto !== null || into.mergedInto !== null) throw new DomainError('conflict', 'One of these leads is merged into another already.');

	const { stage, workingState, company, mailDomain, owner } = into;
	const id = newId(now, random);
	await tx.insert(merge).values({
		...{ id, fromLeadId, intoLeadId, cause, at: now, undoneAt: null, undoneBy: null },
		before: { stage, workingState, company, mailDomain, owner },
	});
	await tx.update(lead).set({ mergedInto: intoLeadId }).where(eq(lead.id, fromLeadId));
	await tx.update(person).set({ leadId: intoLeadId }).where(eq(person.leadId, fromLeadId));
	await tx
		.update(lead)
		.set({ ...survivorOf(from, into), scoredDay: STALE_DAY })
		.where(eq(lead.id, intoLeadId));
	if (into.owner === null && from.owner !== null) await tx.update(lead).set({ owner: from.owner }).where(eq(lead.id, intoLeadId));
	await joinClocks(tx, intoLeadId, now);
	await announce(tx, { type: 'lead.merged', leadId: intoLeadId, data: { fromLeadId, mergeId: id } }, now, random);
	const line = { leadId: intoLeadId, cause: `merge:${id}`, evidence: { mergeId: id } };
	const after = survivorOf(from, into);
	if (after.stage !== stage) await logStage(tx, { ...line, from: stage, to: after.stage }, now, random);
	if (after.workingState !== workingState) await logState(tx, { ...line, from: workingState, to: after.workingState }, now, random);
	return id;
}

/**
 * Takes a merge back: each person counts for the lead they counted for without it, in whatever order merges are undone.
 * Stage and working state return to what they were, unless somebody moved the lead on since.
 *
 * @throws DomainError not-found, conflict (undone already)
 */
export async function undoMerge(tx: Handle, mergeId: string, undoneBy: string, now: Date, random: Random): Promise<Merge> {
	const [row] = await tx.select().from(merge).where(eq(merge.id, mergeId));
	if (!row) throw new DomainError('not-found', 'There is no such merge.');
	if (row.undoneAt !== null) throw new DomainError('conflict', 'This merge was undone already.');
	await tx.update(merge).set({ undoneAt: now, undoneBy }).where(eq(merge.id, mergeId));
	await tx.update(lead).set({ mergedInto: null, scoredDay: STALE_DAY }).where(eq(lead.id, row.fromLeadId));
	const own = await mergedUnder(tx, row.fromLeadId);
	await tx.update(person).set({ leadId: row.fromLeadId }).where(inArray(person.firstLeadId, own));
	await restore(tx, row, now, random);
	await partClocks(tx, row.fromLeadId, row.at, now);
	const standing = await survivingLead(tx, row.intoLeadId);
	if (standing !== null) await partClocks(tx, standing, row.at, now);
	if (standing !== null) await tx.update(lead).set({ scoredDay: STALE_DAY }).where(eq(lead.id, standing));
	return row;
}

/** Merges of a lead, newest first, those undone included. */
export async function mergesOf(handle: Handle, leadId: string): Promise<Merge[]> {
	return handle
		.select()
		.from(merge)
		.where(or(eq(merge.intoLeadId, leadId), eq(merge.fromLeadId, leadId)))
		.orderBy(desc(merge.at), desc(merge.id))
		.limit(50);
}

/** The lead that stands for `leadId` now; null when there is no such lead. */
export async function survivingLead(handle: Handle, leadId: string): Promise<string | null> {
	let at: string | null = leadId;
	for (;;) {
		const [row]: { mergedInto: string | null }[] = await handle.select({ mergedInto: lead.mergedInto }).from(lead).where(eq(lead.id, at));
		if (!row) return null;
		if (row.mergedInto === null) return at;
		at = row.mergedInto;
	}
}

/** The lead that stands for each that took part in a merge, itself included; every other stands for itself. */
export async function rootsOf(handle: Handle): Promise<ReadonlyMap<string, string>> {
	const gone = await handle.select({ id: lead.id, into: lead.mergedInto }).from(lead).where(isNotNull(lead.mergedInto));
	const into = new Map(gone.map((row) => [row.id, row.into ?? row.id]));
	const rootOf = (id: string): string => {
		let at = id;
		for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
		return at;
	};
	return new Map([...into.keys()].flatMap((id) => [[id, rootOf(id)] as const, [rootOf(id), rootOf(id)] as const]));
}

/** True when these two were merged once and somebody took it back: no rule may do it again. */
async function wasTakenApart(handle: Handle, one: string, other: string): Promise<boolean> {
	const either = or(and(eq(merge.fromLeadId, one), eq(merge.intoLeadId, other)), and(eq(merge.fromLeadId, other), eq(merge.intoLeadId, one)));
	const rows = await handle.select({ undoneAt: merge.undoneAt }).from(merge).where(either);
	return rows.some(({ undoneAt }) => undoneAt !== null);
}

/** A lead and all that are merged into it, over any number of steps. */
async function mergedUnder(tx: Handle, leadId: string): Promise<string[]> {
	const found = [leadId];
	for (let step = [leadId]; step.length > 0;) {
		const rows = await tx.select({ id: lead.id }).from(lead).where(inArray(lead.mergedInto, step));
		step = rows.map(({ id }) => id);
		found.push(...step);
	}
	return found;
}

/** What the surviving lead takes over: the further stage, the working state of the one that is being worked, a company if it has none. */
function survivorOf(from: LeadRow, into: LeadRow): Pick<LeadRow, 'stage' | 'workingState' | 'company' | 'mailDomain'> {
	const isIdle = into.workingState === 'open' && from.workingState !== 'quarantine';
	return {
		stage: further(from.stage, into.stage),
		workingState: isIdle ? from.workingState : into.workingState,
		...(into.company === '' ? { company: from.company, mailDomain: from.mailDomain } : { company: into.company, mailDomain: into.mailDomain }),
	};
}

function further(one: string, other: string): string {
	const rank = (stage: string) => (isStage(stage) ? STAGES.indexOf(stage) : -1);
	return rank(one) > rank(other) ? one : other;
}

async function restore(tx: Handle, { id, fromLeadId, intoLeadId, at, before }: Merge, now: Date, random: Random): Promise<void> {
	const [[from], [into]] = [await tx.select().from(lead).where(eq(lead.id, fromLeadId)), await tx.select().from(lead).where(eq(lead.id, intoLeadId))];
	if (!from || !into) return;
	const moves = await tx.select().from(move).where(eq(move.leadId, intoLeadId)).orderBy(desc(move.at), desc(move.id));
	const isOurs = moves.filter((each) => each.at >= at).every(({ cause }) => cause.startsWith('rule:') || cause === `merge:${id}`);
	const taken = survivorOf(from, { ...into, ...before });
	const company = into.company === taken.company && before.company === '' ? { company: '', mailDomain: before.mailDomain } : {};
	const workingState: { workingState?: string } = into.workingState === taken.workingState ? { workingState: before.workingState } : {};
	const owner = before.owner === null && into.owner === from.owner ? { owner: null } : {};
	const stage = isOurs ? { stage: before.stage } : {};
	await tx
		.update(lead)
		.set({ ...stage, ...workingState, ...company, ...owner, scoredDay: STALE_DAY })
		.where(eq(lead.id, intoLeadId));
	const line = { leadId: intoLeadId, cause: `merge-undone:${id}`, evidence: { mergeId: id } };
	if (isOurs && into.stage !== before.stage) await logStage(tx, { ...line, from: into.stage, to: before.stage }, now, random);
	if (workingState.workingState !== undefined && into.workingState !== before.workingState)
		await logState(tx, { ...line, from: into.workingState, to: before.workingState }, now, random);
}

/**
 * The rule of a verified act: the same phone and the same name, both persons' mail proved, are one person with two addresses.
 * The lead known longer stays. What staff took apart stays apart.
 */
export async function mergeByRule(tx: Handle, keys: Keys, personId: string, now: Date, random: Random): Promise<void> {
	const [own] = await tx.select().from(person).where(eq(person.id, personId));
	if (!own || own.verifiedAt === null) return;
	const same = (await duplicatesOf(tx, keys, own.leadId)).filter(({ reason, isVerified }) => isVerified && reason === 'same-phone-and-name');
	for (const { leadId } of same) {
		if (await wasTakenApart(tx, own.leadId, leadId)) continue;
		const [fromLeadId, intoLeadId] = leadId < own.leadId ? [own.leadId, leadId] : [leadId, own.leadId];
		await mergeLeads(tx, { fromLeadId, intoLeadId, cause: 'rule:same-phone-and-name' }, now, random);
		return;
	}
}
