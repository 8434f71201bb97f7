import { and, asc, count, countDistinct, desc, eq, exists, gt, gte, inArray, lte, ne, type SQL, sql } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { consent, lead, mailClick, mailingRecipient, mailingRun, message, move, person } from '../schema.ts';
import { originOf } from './deps.ts';
import { NO_SKIPS, type Skip, SKIPS, type Variant } from './mailing.ts';
import { type TrialResult, trialOf } from './trial.ts';

/** What happened within this after a mail is told beside it; what led to it is the attribution's to say. */
const AFTER_MS = 30 * DAY_MS;

/** Numbers of a mailing, each with a list behind it. */
export const FIGURES = [
	'recipients',
	'held',
	'queued',
	'sent',
	'dropped',
	'withdrawn',
	'failed',
	'bounced',
	'clicked',
	'unsubscribed',
	'moved',
] as const;
export type Figure = (typeof FIGURES)[number];

export interface RunView {
	readonly id: string;
	readonly startedAt: Date;
	readonly state: string;
	readonly posted: number;
	readonly skipped: Readonly<Record<Skip, number>>;
	readonly winner: Variant;
	readonly decideAt: Date | null;
}

export interface MailingReport {
	readonly figures: Readonly<Record<Figure, number>>;
	/** Why messages were dropped or put off, with how many. */
	readonly reasons: readonly { readonly state: string; readonly reason: string; readonly count: number }[];
	readonly skipped: Readonly<Record<Skip, number>>;
	readonly runs: readonly RunView[];
	/** Null without a trial. */
	readonly trial: TrialResult | null;
}

/** One person of a figure. */
export interface Listed {
	readonly personId: string;
	readonly leadId: string;
	readonly company: string;
	readonly variant: Variant;
	/** Of the message; '' while there is none. */
	readonly state: string;
	readonly reason: string;
	readonly at: Date | null;
}

const joined = eq(message.key, mailingRecipient.messageKey);
const QUEUED = ['waiting', 'deferred', 'sending'] as const;

/** Which of the recipients a figure counts. */
function within(handle: Handle, figure: Figure): SQL | undefined {
	switch (figure) {
		case 'recipients':
			return undefined;
		case 'held':
			return eq(mailingRecipient.variant, '');
		case 'queued':
			return inArray(message.state, [...QUEUED]);
		case 'sent':
		case 'dropped':
		case 'withdrawn':
		case 'failed':
			return eq(message.state, figure);
		case 'bounced':
			return ne(message.answer, '');
		case 'clicked':
			return exists(
				handle
					.select({ one: sql`1` })
					.from(mailClick)
					.where(eq(mailClick.messageId, message.id)),
			);
		case 'unsubscribed':
			return and(eq(message.state, 'sent'), exists(withdrawn(handle)));
		case 'moved':
			return and(eq(message.state, 'sent'), exists(moved(handle)));
	}
}

const withdrawn = (handle: Handle) =>
	handle
		.select({ one: sql`1` })
		.from(consent)
		.where(
			and(
				eq(consent.personId, mailingRecipient.personId),
				eq(consent.purpose, 'marketing.email'),
				eq(consent.given, false),
				gte(consent.at, message.settledAt),
				lte(consent.at, sql`${message.settledAt} + ${AFTER_MS}`),
			),
		);
const moved = (handle: Handle) =>
	handle
		.select({ one: sql`1` })
		.from(move)
		.innerJoin(person, eq(person.leadId, move.leadId))
		.where(
			and(
				eq(person.id, mailingRecipient.personId),
				inArray(move.to, ['identified', 'mql', 'sql', 'opportunity', 'customer']),
				gte(move.at, message.settledAt),
				lte(move.at, sql`${message.settledAt} + ${AFTER_MS}`),
			),
		);

/** Everything about a mailing in numbers; for a thread. */
export async function reportOf(
	handle: Handle,
	{ mailingId, hasTrial }: { readonly mailingId: string; readonly hasTrial: boolean },
): Promise<MailingReport> {
	const figures = Object.fromEntries(await Promise.all(FIGURES.map(async (figure) => [figure, await countOf(handle, mailingId, figure)]))) as Record<
		Figure,
		number
	>;
	const runs = await handle.select().from(mailingRun).where(eq(mailingRun.mailingId, mailingId)).orderBy(desc(mailingRun.startedAt));
	const skipped: Record<Skip, number> = { ...NO_SKIPS };
	for (const run of runs) for (const skip of SKIPS) skipped[skip] += run.skipped[skip];
	const reasons = await handle
		.select({ state: message.state, reason: message.reason, count: count() })
		.from(message)
		.where(and(eq(message.origin, originOf(mailingId)), inArray(message.state, ['dropped', 'deferred', 'failed'])))
		.groupBy(message.state, message.reason)
		.orderBy(desc(count()));
	const trial =
		hasTrial && runs.length > 0
			? await trialOf(
					handle,
					runs.map(({ id }) => id),
				)
			: null;
	return { figures, reasons, skipped, runs: runs.map(({ mailingId: _of, cursor: _at, plannedAt: _planned, ...run }) => run), trial };
}

async function countOf(handle: Handle, mailingId: string, figure: Figure): Promise<number> {
	const [row] = await handle
		.select({ n: countDistinct(mailingRecipient.personId) })
		.from(mailingRecipient)
		.leftJoin(message, joined)
		.where(and(eq(mailingRecipient.mailingId, mailingId), within(handle, figure)));
	return row?.n ?? 0;
}

/** A page of the people of a figure, by id. */
export async function listOf(handle: Handle, mailingId: string, figure: Figure, after: string, limit: number): Promise<readonly Listed[]> {
	const rows = await handle
		.select({
			personId: mailingRecipient.personId,
			leadId: person.leadId,
			company: lead.company,
			variant: mailingRecipient.variant,
			state: message.state,
			reason: message.reason,
			at: message.settledAt,
		})
		.from(mailingRecipient)
		.innerJoin(person, eq(person.id, mailingRecipient.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.leftJoin(message, joined)
		.where(and(eq(mailingRecipient.mailingId, mailingId), within(handle, figure), gt(mailingRecipient.personId, after)))
		.orderBy(asc(mailingRecipient.personId), desc(mailingRecipient.runId))
		.limit(limit * 3);
	const seen = new Set<string>();
	return rows
		.filter(({ personId }) => !seen.has(personId) && seen.add(personId))
		.slice(0, limit)
		.map(({ state, reason, ...row }) => ({ ...row, state: state ?? '', reason: reason ?? '' }));
}
