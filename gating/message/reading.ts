import { and, asc, count, desc, eq, inArray, isNull, lt } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import { lead, message, messageDecision, person, suppression } from '../schema.ts';
import type { MessageRow } from './may-go.ts';
import { MESSAGE_STATES, type MessageChannel, type MessageClass, type MessageState } from './message.ts';

const PAGE = 50;
/** Messages of one lead that are shown. */
const OF_LEAD = 200;

/** A message as lists show it. */
export interface MessageItem extends Pick<
	MessageRow,
	| 'id'
	| 'personId'
	| 'class'
	| 'channel'
	| 'origin'
	| 'state'
	| 'reason'
	| 'plannedAt'
	| 'dueAt'
	| 'latestAt'
	| 'priority'
	| 'answer'
	| 'createdAt'
	| 'settledAt'
> {
	readonly leadId: string | null;
	readonly company: string;
}

export interface MessageQuery {
	readonly state?: MessageState | undefined;
	/** A code. */
	readonly reason?: string | undefined;
	readonly class?: MessageClass | undefined;
	readonly channel?: MessageChannel | undefined;
	readonly origin?: string | undefined;
	/** What came back: `soft`, `hard`, `complaint`. */
	readonly answer?: string | undefined;
	readonly cursor?: string | undefined;
}

interface Page<T> {
	readonly items: readonly T[];
	readonly nextCursor: string | null;
}

/** Messages, newest first. @throws DomainError invalid for a foreign cursor */
export async function listMessages(read: Handle, { cursor, ...query }: MessageQuery): Promise<Page<MessageItem>> {
	const chosen = (['state', 'reason', 'class', 'channel', 'origin', 'answer'] as const).flatMap((name) => {
		const value = query[name];
		return value === undefined ? [] : [eq(message[name], value)];
	});
	const after = cursor === undefined ? [] : [lt(message.id, readCursor('messages', 'number', cursor).id)];
	const rows = await read
		.select({ row: message, leadId: person.leadId, company: lead.company })
		.from(message)
		.leftJoin(person, eq(person.id, message.personId))
		.leftJoin(lead, eq(lead.id, person.leadId))
		.where(and(...chosen, ...after))
		.orderBy(desc(message.id))
		.limit(PAGE + 1);
	return pageOf(
		rows.map(({ row, leadId, company }) => ({ ...row, leadId, company: company ?? '' })),
		'messages',
		({ createdAt }) => createdAt,
	);
}

function pageOf<T extends { readonly id: string }>(rows: readonly T[], list: string, at: (row: T) => Date): Page<T> {
	const items = rows.slice(0, PAGE);
	const last = items.at(-1);
	return { items, nextCursor: rows.length > PAGE && last ? writeCursor(list, { value: at(last).getTime(), id: last.id }) : null };
}

/** How many messages stand where, and why. */
export interface MessageCount {
	readonly state: MessageState;
	readonly reason: string;
	readonly count: number;
}

/** Read in the read thread: there may be millions. */
export function messageCounts(db: Database): Promise<readonly MessageCount[]> {
	return db.analyse<null, readonly MessageCount[]>({ module: new URL(import.meta.url), name: 'countMessages', params: null });
}

export async function countMessages(read: Handle): Promise<readonly MessageCount[]> {
	const rows = await read
		.select({ state: message.state, reason: message.reason, count: count() })
		.from(message)
		.groupBy(message.state, message.reason);
	return rows.sort((a, b) => MESSAGE_STATES.indexOf(a.state) - MESSAGE_STATES.indexOf(b.state) || b.count - a.count);
}

/** What was decided of a message, in order. */
export type DecisionView = Pick<typeof messageDecision.$inferSelect, 'at' | 'verdict' | 'reason' | 'until'>;

export interface LeadMessages {
	readonly messages: readonly (MessageRow & { readonly decisions: readonly DecisionView[] })[];
	readonly suppressions: readonly SuppressionView[];
	/** Whom to suppress by hand. */
	readonly personIds: readonly string[];
}

/** Everything that was to go to a lead, newest first, with all that was decided of it. */
export async function messagesOfLead(read: Handle, leadId: string): Promise<LeadMessages> {
	const personIds = (await read.select({ id: person.id }).from(person).where(eq(person.leadId, leadId)).orderBy(person.createdAt)).map(
		({ id }) => id,
	);
	const rows = await read
		.select()
		.from(message)
		.where(inArray(message.personId, personIds))
		.orderBy(desc(message.plannedAt), desc(message.id))
		.limit(OF_LEAD);
	const decisions = await read
		.select()
		.from(messageDecision)
		.where(
			inArray(
				messageDecision.messageId,
				rows.map(({ id }) => id),
			),
		) // prettier-ignore
		.orderBy(asc(messageDecision.at), asc(messageDecision.id));
	const messages = rows.map((row) => ({ ...row, decisions: decisions.filter(({ messageId }) => messageId === row.id) }));
	const suppressions = await suppressed(read).where(and(inArray(suppression.personId, personIds), isNull(suppression.liftedAt)));
	return { messages, suppressions, personIds };
}

export type SuppressionView = Pick<typeof suppression.$inferSelect, 'id' | 'channel' | 'personId' | 'reason' | 'actor' | 'at'> & {
	readonly leadId: string | null;
	readonly company: string | null;
};

/** Addresses that nothing but answers goes to, newest first. @throws DomainError invalid for a foreign cursor */
export async function listSuppressions(read: Handle, cursor?: string): Promise<Page<SuppressionView>> {
	const after = cursor === undefined ? undefined : lt(suppression.id, readCursor('suppressions', 'number', cursor).id);
	const rows = await suppressed(read)
		.where(and(isNull(suppression.liftedAt), after))
		.orderBy(desc(suppression.id))
		.limit(PAGE + 1);
	return pageOf(rows, 'suppressions', ({ at }) => at);
}

const suppressed = (read: Handle) =>
	read
		.select({
			...{ id: suppression.id, channel: suppression.channel, personId: suppression.personId, reason: suppression.reason },
			...{ actor: suppression.actor, at: suppression.at, leadId: person.leadId, company: lead.company },
		})
		.from(suppression)
		.leftJoin(person, eq(person.id, suppression.personId))
		.leftJoin(lead, eq(lead.id, person.leadId))
		.$dynamic();
