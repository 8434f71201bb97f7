import { and, desc, eq, gt, inArray, isNull, lte, ne, sql } from 'drizzle-orm';

import { type Handle, prepared } from '#kernel/database.ts';

import { type LivingPerson, livingPerson } from '../identity/person.ts';
import { consent, message, person, personLookup, suppression } from '../schema.ts';
import { judge, MEMORY_MS, type Verdict } from './fatigue.ts';
import type { MailPurpose, MessageChannel, MessageClass } from './message.ts';
import { zoneOr } from './quiet.ts';
import type { MessageSettings } from './settings.ts';

export type MessageRow = typeof message.$inferSelect;

export type Permission =
	| { readonly verdict: 'drop'; readonly reason: string }
	| Exclude<Verdict, { readonly verdict: 'send' }>
	| { readonly verdict: 'send'; readonly person: LivingPerson };

/** Which purpose a message of this class goes by, on its channel. */
export function purposeOf(kind: MessageClass, channel: MessageChannel): MailPurpose | 'marketing.sms' {
	if (kind === 'transactional') return 'necessary';
	if (kind === 'reminder') return 'reminders';
	return channel === 'mail' ? 'marketing.email' : 'marketing.sms';
}

/**
 * Asks of a message that is due whether it may go: is its person known, did they agree and not object, is their address good, are they
 * the same as somebody who got it, and do the caps have room. Everybody of a lead is one person.
 */
export async function mayGo(
	tx: Handle,
	row: MessageRow,
	{
		settings,
		now,
		zone,
		purpose = purposeOf(row.class, row.channel),
	}: {
		readonly settings: MessageSettings;
		readonly now: Date;
		/** The company's, for who told none. */ readonly zone: string;
		readonly purpose?: ReturnType<typeof purposeOf>;
	},
): Promise<Permission> {
	const living = await livingPerson(tx, row.personId);
	if (!living) return { verdict: 'drop', reason: 'erased' };
	const ids = (await personsOf(tx).execute({ leadId: living.leadId })).map(({ id }) => id);
	if (row.class !== 'transactional') {
		if (await isSuppressed(tx, row.channel, ids)) return { verdict: 'drop', reason: 'suppressed' };
		const refusal = await refusalOf(tx, ids, purpose);
		if (refusal !== null) return { verdict: 'drop', reason: refusal };
	}
	const others = await othersOf(tx, row, ids, now);
	if (others.some((other) => isSame(other, row))) return { verdict: 'drop', reason: 'same-person' };
	const past = others.flatMap(({ takenAt, class: kind }) => (takenAt === null ? [] : [{ class: kind, at: takenAt }]));
	const ahead = row.class === 'transactional' ? [] : await aheadOf(tx, row, ids, now);
	const verdict = judge(row, { past, ahead, zone: zoneOr(living.timeZone, zone) }, settings, now);
	return verdict.verdict === 'send' ? { verdict: 'send', person: living } : verdict;
}

const personsOf = prepared((handle) =>
	handle
		.select({ id: person.id })
		.from(person)
		.where(eq(person.leadId, sql.placeholder('leadId')))
		.prepare('message.persons-of'),
);

/** The same words to another person of the same lead: a merge made them one. */
function isSame(other: MessageRow, row: MessageRow): boolean {
	const isCopy = other.personId !== row.personId && other.origin === row.origin && other.composer === row.composer && row.composer !== '';
	return isCopy && JSON.stringify(other.params) === JSON.stringify(row.params);
}

/** Messages of the channel that have a place under the caps. */
function othersOf(tx: Handle, row: MessageRow, ids: readonly string[], now: Date): Promise<MessageRow[]> {
	return tx
		.select()
		.from(message)
		.where(
			and(
				inArray(message.personId, [...ids]),
				eq(message.channel, row.channel),
				gt(message.takenAt, new Date(now.getTime() - MEMORY_MS)),
				inArray(message.state, ['sending', 'sent']),
				ne(message.id, row.id),
			),
		);
}

/** What is due by the channel and goes before: the higher priority, then the earlier time. */
async function aheadOf(tx: Handle, row: MessageRow, ids: readonly string[], now: Date): Promise<readonly { readonly class: MessageClass }[]> {
	const due = await tx
		.select()
		.from(message)
		.where(
			and(
				inArray(message.personId, [...ids]),
				eq(message.channel, row.channel),
				inArray(message.state, ['waiting', 'deferred']),
				lte(message.dueAt, now),
				ne(message.id, row.id),
				ne(message.class, 'transactional'),
				ne(message.composer, ''),
			),
		);
	return due.filter((other) => isBefore(other, row));
}

function isBefore(a: MessageRow, b: MessageRow): boolean {
	if (a.priority !== b.priority) return a.priority > b.priority;
	const apart = a.plannedAt.getTime() - b.plannedAt.getTime();
	return apart === 0 ? a.id < b.id : apart < 0;
}

/** Whether nothing but answers goes to an address that any of them has. */
export async function isSuppressed(handle: Handle, channel: MessageChannel, ids: readonly string[]): Promise<boolean> {
	const rows = await handle
		.select({ id: suppression.id })
		.from(suppression)
		.innerJoin(personLookup, eq(personLookup.hash, suppression.hash))
		.where(and(inArray(personLookup.personId, [...ids]), eq(suppression.channel, channel), isNull(suppression.liftedAt)))
		.limit(1);
	return rows.length > 0;
}

/** Why nothing of the purpose goes to them: the newest answer of any of them decides; null when it may. */
async function refusalOf(handle: Handle, ids: readonly string[], purpose: string): Promise<'objected' | 'no-consent' | null> {
	const [newest] = await handle
		.select({ given: consent.given })
		.from(consent)
		.where(and(inArray(consent.personId, [...ids]), eq(consent.purpose, purpose)))
		.orderBy(desc(consent.at), desc(consent.id))
		.limit(1);
	if (purpose === 'reminders') return newest?.given === false ? 'objected' : null;
	return newest?.given === true ? null : 'no-consent';
}
