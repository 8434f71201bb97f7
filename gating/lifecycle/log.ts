import { desc, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, MINUTE_MS, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { isStorable } from '../event/props.ts';
import { survivingLead } from '../identity/merge.ts';
import { isLiving, type LivingPerson } from '../identity/person.ts';
import { clockFollows, followedUp } from '../routing/clock.ts';
import { interaction, lead, person } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { type Agent, isOthers, requireOwn } from './agent.ts';
import { INTERACTION_KINDS, INTERACTION_OUTCOMES } from './disposition.ts';

export interface WorkDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
}

/** A call, mail, message or meeting as it is logged. */
export interface InteractionInput {
	readonly kind: string;
	readonly outcome: string;
	readonly at: Date;
	readonly note: string;
	/** When to act next; null: nothing is planned, and what was planned is done. */
	readonly nextActionAt: Date | null;
	/** Whom it was with; left out: the person known longest. */
	readonly personId?: string | undefined;
}

export const LONGEST_NOTE = 4_000;
const OLDEST_MS = 730 * DAY_MS;
const NOTE = 'interaction.note';

/** Logs an interaction and plans the next step. Returns its id. @throws DomainError not-found, forbidden, invalid */
export async function logInteraction(deps: WorkDeps, leadId: string, input: InteractionInput, agent: Agent): Promise<string> {
	const { db, keys, now, random } = deps;
	const at = now();
	refuse(wrongIn(input, at));
	return db.write(async (tx) => {
		const { row, people } = await requireLead(tx, leadId, agent);
		const whom = personIn(people, input.personId);
		const id = newId(at, random);
		const { kind, outcome, nextActionAt } = input;
		const note = input.note.trim() === '' ? null : keys.seal(whom.dataKey, NOTE, input.note.trim());
		await tx.insert(interaction).values({ id, personId: whom.id, kind, outcome, note, by: agent.actor, at: input.at, loggedAt: at, nextActionAt });
		await tx.update(lead).set({ nextActionAt }).where(eq(lead.id, row.id));
		await followedUp(tx, people.map((one) => one.id), { id, at: input.at }, at); // prettier-ignore
		const { actor, origin } = agent;
		await recordAudit(tx, { actor, action: 'lead.interaction', subject: `lead:${row.id}`, origin, detail: { kind, outcome } }, at, random);
		return id;
	});
}

/** Gives a lead to a member of staff, or to nobody (null). @throws DomainError not-found, forbidden */
export async function giveLead({ db, now, random }: WorkDeps, leadId: string, owner: string | null, agent: Agent): Promise<void> {
	await db.write(async (tx) => {
		const { row, people } = await requireLead(tx, leadId, agent);
		if (isOthers(agent, owner)) throw new DomainError('forbidden', 'Only your own leads.');
		await tx.update(lead).set({ owner }).where(eq(lead.id, row.id));
		await announce(tx, { type: 'lead.owner.changed', leadId: row.id, data: { from: row.owner, to: owner } }, now(), random);
		await clockFollows(tx, people.map(({ id }) => id), owner); // prettier-ignore
		const { actor, origin } = agent;
		await recordAudit(tx, { actor, action: 'lead.owner', subject: `lead:${row.id}`, origin, detail: { from: row.owner, to: owner } }, now(), random);
	});
}

/** Closes what was planned next, without an interaction. @throws DomainError not-found, forbidden, invalid */
export async function planNext({ db, now, random }: WorkDeps, leadId: string, nextActionAt: Date | null, agent: Agent): Promise<void> {
	refuse(wrongNext(nextActionAt, now()));
	await db.write(async (tx) => {
		const { row } = await requireLead(tx, leadId, agent);
		await tx.update(lead).set({ nextActionAt }).where(eq(lead.id, row.id));
		const { actor, origin } = agent;
		await recordAudit(tx, { actor, action: 'lead.next-action', subject: `lead:${row.id}`, origin, detail: {} }, now(), random);
	});
}

export interface LoggedInteraction {
	readonly id: string;
	readonly personId: string;
	readonly kind: string;
	readonly outcome: string;
	/** '' without one; null when erased or not for the reader's eyes. */
	readonly note: string | null;
	readonly by: string;
	readonly at: Date;
	readonly nextActionAt: Date | null;
}

/** Interactions with the persons of a lead, newest first, at most 100. */
export async function interactionsOf(handle: Handle, keys: Keys, people: readonly (typeof person.$inferSelect)[], seesPeople: boolean) {
	const ids = people.map(({ id }) => id);
	const rows = await handle
		.select()
		.from(interaction)
		.where(inArray(interaction.personId, ids))
		.orderBy(desc(interaction.at), desc(interaction.id))
		.limit(100);
	return rows.map(({ id, personId, kind, outcome, by, at, nextActionAt, note }): LoggedInteraction => {
		const owner = people.find((one) => one.id === personId);
		const words = note === null ? '' : owner && isLiving(owner) && seesPeople ? keys.unseal(owner.dataKey, NOTE, note) : null;
		return { id, personId, kind, outcome, by, at, nextActionAt, note: words };
	});
}

/** The lead that stands for this one, with its living people. @throws DomainError not-found, forbidden */
export async function requireLead(tx: Handle, askedId: string, agent: Agent) {
	const id = await survivingLead(tx, askedId);
	const [row] = id === null ? [] : await tx.select().from(lead).where(eq(lead.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such lead.');
	requireOwn(agent, row.owner);
	const people = (await tx.select().from(person).where(eq(person.leadId, row.id)).orderBy(person.createdAt, person.id)).filter(isLiving);
	if (people.length === 0) throw new DomainError('conflict', 'The people of this lead were erased.');
	return { row, people };
}

/** The named person of a lead, else the one known longest. @throws DomainError invalid */
export function personIn(people: readonly LivingPerson[], personId: string | undefined): LivingPerson {
	const found = personId ? people.find(({ id }) => id === personId) : people[0];
	if (!found) throw new DomainError('invalid', 'The lead has no such person.', { fields: [{ field: 'personId', code: 'choice' }] });
	return found;
}

export function refuse(fields: readonly FieldError[]): void {
	if (fields.length > 0) throw new DomainError('invalid', 'This cannot be kept like this.', { fields });
}

/** Whether free words can be kept. */
export function wrongWords(field: string, words: string): FieldError[] {
	if (words.length > LONGEST_NOTE) return [{ field, code: 'too-long' }];
	return isStorable(words) ? [] : [{ field, code: 'characters' }];
}

function wrongIn({ kind, outcome, at, note, nextActionAt }: InteractionInput, now: Date): FieldError[] {
	const wrong = wrongWords('note', note);
	if (!(INTERACTION_KINDS as readonly string[]).includes(kind)) wrong.push({ field: 'kind', code: 'choice' });
	if (!(INTERACTION_OUTCOMES as readonly string[]).includes(outcome)) wrong.push({ field: 'outcome', code: 'choice' });
	if (Number.isNaN(at.getTime())) wrong.push({ field: 'at', code: 'required' });
	else if (at.getTime() > now.getTime() + 5 * MINUTE_MS) wrong.push({ field: 'at', code: 'future' });
	else if (at.getTime() < now.getTime() - OLDEST_MS) wrong.push({ field: 'at', code: 'past' });
	return [...wrong, ...wrongNext(nextActionAt, now)];
}

function wrongNext(at: Date | null, now: Date): FieldError[] {
	if (at === null) return [];
	if (Number.isNaN(at.getTime())) return [{ field: 'nextActionAt', code: 'format' }];
	if (at.getTime() < now.getTime() - DAY_MS) return [{ field: 'nextActionAt', code: 'past' }];
	return at.getTime() > now.getTime() + OLDEST_MS ? [{ field: 'nextActionAt', code: 'format' }] : [];
}
