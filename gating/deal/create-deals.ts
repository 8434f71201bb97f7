import { and, desc, eq, inArray, isNull, ne } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { survivingLead } from '../identity/merge.ts';
import { whoOf } from '../lead/reader.ts';
import type { Agent } from '../lifecycle/agent.ts';
import type { Work } from '../lifecycle/create-work.ts';
import { refuse, requireLead, type WorkDeps } from '../lifecycle/log.ts';
import { isStage } from '../lifecycle/stage.ts';
import { deal, dealChange, disposition, lead, person, staffMember } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { type CrmStage, type DealInput, STAGE_OF, stepsTo, wrongInDeal } from './deal.ts';

export interface DealView extends Pick<typeof deal.$inferSelect, 'id' | 'externalId' | 'reason' | 'amount' | 'currency' | 'closedOn' | 'by'> {
	readonly state: string;
	readonly changedAt: Date;
	readonly createdAt: Date;
}

/** What a CRM writes back. Each act may be repeated: what is so already changes nothing. */
export interface Deals {
	/** Deals of a lead, newest first. */
	ofLead(leadId: string): Promise<readonly DealView[]>;
	/**
	 * Keeps a deal under the other system's id and moves the lead where its state says, by the allowed moves. `stale`: something newer is known.
	 *
	 * @throws DomainError not-found, forbidden, invalid, conflict (the deal is another lead's, or sales has not accepted the lead)
	 */
	set(leadId: string, externalId: string, input: DealInput, agent: Agent): Promise<{ readonly outcome: DealOutcome; readonly deal: DealView }>;
	/** Moves a lead where the CRM says it is. Returns false when it was there. @throws DomainError not-found, forbidden, invalid, conflict */
	move(leadId: string, to: CrmStage, reason: string, agent: Agent): Promise<boolean>;
	/** Gives a lead to a member of staff who has signed in once, or to nobody. Returns false when it was so. @throws DomainError not-found, forbidden, invalid */
	own(leadId: string, owner: string | null, agent: Agent): Promise<boolean>;
}

export type DealOutcome = 'created' | 'changed' | 'same' | 'stale';

interface DealDeps extends WorkDeps {
	readonly timeZone: () => string;
	readonly work: Pick<Work, 'dispose' | 'give'>;
}

export function createDeals(deps: DealDeps): Deals {
	const { db, work } = deps;

	const move: Deals['move'] = async (leadId, to, reason, agent) => {
		const { id, stage } = await standingOf(db.read, leadId);
		const steps = isStage(stage) ? stepsTo(stage, to, await wasLost(db.read, id)) : null;
		if (steps === null) throw new DomainError('conflict', 'Sales has not accepted this lead yet; no other system can do it for them.');
		for (const kind of steps) await work.dispose(id, { kind, reason: kind === 'lost' ? reason : '', feedback: '' }, agent);
		return steps.length > 0;
	};

	return Object.freeze<Deals>({
		ofLead: async (leadId) => dealsOf(db.read, (await survivingLead(db.read, leadId)) ?? ''),
		move,
		set: async (leadId, externalId, input, agent) => {
			refuse([...(externalId.trim() === '' ? [{ field: 'externalId', code: 'required' }] : []), ...wrongInDeal(input)]);
			const known = await knownDeal(db.read, leadId, externalId);
			const changedAt = input.changedAt ?? deps.now();
			if (known && input.changedAt !== undefined && input.changedAt < known.changedAt) return { outcome: 'stale', deal: viewOf(known) };
			// The lead moves first: a repeat after a crash between the two finds it there, and keeps the deal.
			if (known?.state !== input.state && !(input.state === 'lost' && (await hasOtherOpen(db.read, leadId, externalId))))
				await move(leadId, STAGE_OF[input.state], input.reason, agent);
			return keep(deps, leadId, externalId, { ...input, changedAt }, agent);
		},
		own: async (leadId, owner, agent) => {
			if (owner !== null && (await db.read.$count(staffMember, eq(staffMember.id, owner))) === 0)
				throw new DomainError('invalid', 'Nobody of this id works here.', { fields: [{ field: 'owner', code: 'choice' }] });
			const { id, owner: before } = await standingOf(db.read, leadId);
			if (before === owner) return false;
			await work.give(id, owner, agent);
			return true;
		},
	});
}

async function keep(
	{ db, now, random, timeZone }: DealDeps,
	leadId: string,
	externalId: string,
	{ state, reason, amount, currency, changedAt, closedOn }: DealInput & { readonly changedAt: Date },
	agent: Agent,
): Promise<{ readonly outcome: DealOutcome; readonly deal: DealView }> {
	return db.write(async (tx) => {
		const at = now();
		const { row, people } = await requireLead(tx, leadId, { ...agent, ownOnly: false });
		const known = await knownDeal(tx, row.id, externalId);
		const told = { state, reason, amount, currency, closedOn: state === 'open' ? null : (closedOn ?? known?.closedOn ?? localDay(at, timeZone())) };
		if (known && isSame(known, told)) return { outcome: 'same', deal: viewOf(known) };
		const values = { ...told, changedAt, by: agent.actor };
		const first = { id: known?.id ?? newId(at, random), personId: known?.personId ?? people[0]!.id, externalId, createdAt: known?.createdAt ?? at };
		if (known) await tx.update(deal).set(values).where(eq(deal.id, known.id));
		else await tx.insert(deal).values({ ...first, ...values });
		const line = { dealId: first.id, personId: first.personId, state, reason, amount, currency, by: agent.actor, at };
		await tx.insert(dealChange).values({ id: newId(at, random), ...line });
		const news = { dealId: first.id, externalId, state, reason, amount, currency };
		await announce(tx, { type: 'deal.changed', leadId: row.id, data: news }, at, random);
		const detail = { deal: first.id, externalId, state, amount, currency };
		await recordAudit(tx, { ...whoOf(agent), action: 'lead.deal', subject: `lead:${row.id}`, detail }, at, random);
		return { outcome: known ? 'changed' : 'created', deal: viewOf({ ...first, ...values }) };
	});
}

/** The deal of this id; null when nobody has told of it. @throws DomainError conflict when it is another lead's */
async function knownDeal(handle: Handle, leadId: string, externalId: string) {
	const [found] = await handle
		.select({ deal, leadId: person.leadId })
		.from(deal)
		.innerJoin(person, eq(person.id, deal.personId))
		.where(eq(deal.externalId, externalId));
	if (found && found.leadId !== (await survivingLead(handle, leadId)))
		throw new DomainError('conflict', 'A deal of this id belongs to another lead.', { fields: [{ field: 'externalId', code: 'taken' }] });
	return found?.deal ?? null;
}

async function hasOtherOpen(handle: Handle, leadId: string, externalId: string): Promise<boolean> {
	const id = (await survivingLead(handle, leadId)) ?? '';
	return (await handle.$count(deal, and(inArray(deal.personId, peopleOf(handle, id)), eq(deal.state, 'open'), ne(deal.externalId, externalId)))) > 0;
}

async function dealsOf(handle: Handle, leadId: string): Promise<DealView[]> {
	const rows = await handle
		.select()
		.from(deal)
		.where(inArray(deal.personId, peopleOf(handle, leadId)))
		.orderBy(desc(deal.changedAt), desc(deal.id))
		.limit(100);
	return rows.map(viewOf);
}

async function standingOf(handle: Handle, askedId: string) {
	const id = await survivingLead(handle, askedId);
	const [row] = id === null ? [] : await handle.select({ id: lead.id, stage: lead.stage, owner: lead.owner }).from(lead).where(eq(lead.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such lead.');
	return row;
}

async function wasLost(handle: Handle, leadId: string): Promise<boolean> {
	const [newest] = await handle
		.select({ kind: disposition.kind })
		.from(disposition)
		.where(and(inArray(disposition.personId, peopleOf(handle, leadId)), isNull(disposition.undoneAt)))
		.orderBy(desc(disposition.at), desc(disposition.id))
		.limit(1);
	return newest?.kind === 'lost';
}

const peopleOf = (handle: Handle, leadId: string) => handle.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));

const FIELDS = ['state', 'reason', 'amount', 'currency', 'closedOn'] as const;
type Told = Pick<typeof deal.$inferSelect, (typeof FIELDS)[number]>;
const isSame = (known: Told, told: Told): boolean => FIELDS.every((field) => known[field] === told[field]);

function viewOf({ personId: _personId, ...row }: typeof deal.$inferSelect): DealView {
	return row;
}
