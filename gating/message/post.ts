import { and, eq, inArray, ne, type SQL } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { message, messageDecision, person } from '../schema.ts';
import { type MessageChannel, type MessageClass, type NewMessage, QUEUED_STATES, type Withdrawal } from './message.ts';

export interface PostDeps {
	readonly now: Now;
	readonly random: Random;
}

/** Rows of one statement: SQLite takes 32,766 values. */
const CHUNK = 200;

/** Puts messages into the queue, in the body of what causes them. Returns how many keys were new; a known key is never sent twice. */
export async function postMany(tx: Handle, { now, random }: PostDeps, messages: readonly NewMessage[]): Promise<number> {
	let added = 0;
	const at = now();
	for (let from = 0; from < messages.length; from += CHUNK) {
		const rows = messages.slice(from, from + CHUNK).map((one) => ({
			...one,
			...{ id: newId(at, random), plannedAt: one.dueAt, state: 'waiting' as const, reason: '', attempts: 0, answer: '', createdAt: at },
		}));
		added += (await tx.insert(message).values(rows).onConflictDoNothing().returning({ id: message.id })).length;
	}
	return added;
}

/** Takes back what has not gone. What is being handed over at this moment is not stopped. Returns how many messages. */
export async function withdrawMessages(tx: Handle, { now, random }: PostDeps, what: Withdrawal): Promise<number> {
	const chosen =
		'origin' in what
			? eq(message.origin, what.origin)
			: 'personId' in what
				? eq(message.personId, what.personId)
				: inArray(message.key, [...what.keys]);
	return settleMany(tx, { now, random }, and(chosen, inArray(message.state, [...QUEUED_STATES])), 'withdrawn', 'withdrawn');
}

/** Takes one message back by hand. Returns false when it has gone or there is none. */
export async function takeBack(tx: Handle, deps: PostDeps, id: string, by: Reader): Promise<boolean> {
	const chosen = and(eq(message.id, id), ne(message.composer, ''), inArray(message.state, [...QUEUED_STATES]));
	if ((await settleMany(tx, deps, chosen, 'withdrawn', 'by-hand')) === 0) return false;
	await recordAudit(tx, { ...whoOf(by), action: 'message.withdraw', subject: `message:${id}`, detail: {} }, deps.now(), deps.random);
	return true;
}

/** Brings all that `chosen` finds to an end, each with its line in the log. Returns how many. */
export async function settleMany(
	tx: Handle,
	{ now, random }: PostDeps,
	chosen: SQL | undefined,
	state: 'dropped' | 'withdrawn',
	reason: string,
): Promise<number> {
	const at = now();
	const gone = await tx.update(message).set({ state, reason, settledAt: at }).where(chosen).returning({ id: message.id });
	for (let from = 0; from < gone.length; from += CHUNK) {
		const rows = gone.slice(from, from + CHUNK).map(({ id }) => ({ id: newId(at, random), messageId: id, at, verdict: state, reason, until: null }));
		await tx.insert(messageDecision).values(rows);
	}
	return gone.length;
}

/** Ends what waits for a person and everybody of their lead, answers excepted. Returns how many messages. */
export function stopQueued(
	tx: Handle,
	deps: PostDeps,
	personId: string,
	{
		channel,
		reason,
		only = ['reminder', 'nurture', 'mailing'],
	}: {
		/** Left out: by every channel. */ readonly channel?: MessageChannel | undefined;
		readonly reason: string;
		readonly only?: readonly MessageClass[];
	},
): Promise<number> {
	const leadId = tx.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
	const all = tx.select({ id: person.id }).from(person).where(inArray(person.leadId, leadId));
	const chosen = and(
		inArray(message.personId, all),
		inArray(message.state, [...QUEUED_STATES]),
		inArray(message.class, [...only]),
		channel === undefined ? undefined : eq(message.channel, channel),
	);
	return settleMany(tx, deps, chosen, 'dropped', reason);
}

/** Ends at once what waits under a purpose that somebody has just said no to. */
export async function stopPurpose(tx: Handle, personId: string, purpose: string, now: Date, random: Random): Promise<void> {
	const deps = { now: () => now, random };
	if (purpose === 'reminders') await stopQueued(tx, deps, personId, { reason: 'objected', only: ['reminder'] });
	const channels = CHANNELS_OF[purpose] ?? [];
	for (const channel of channels) await stopQueued(tx, deps, personId, { channel, reason: 'no-consent', only: ['nurture', 'mailing'] });
}

/** What nurture and mailings go by under a purpose. */
const CHANNELS_OF: Readonly<Record<string, readonly MessageChannel[]>> = { 'marketing.email': ['mail'], 'marketing.sms': ['sms'] };
