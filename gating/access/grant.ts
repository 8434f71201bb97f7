import { and, count, desc, eq, gt, isNotNull, isNull } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { enqueue } from '#kernel/outbox.ts';

import { SAME_REQUEST_MS } from '../form/form.ts';
import { PASS_DAYS, type SetCookie } from '../identity/cookies.ts';
import type { Visitor } from '../identity/visitor.ts';
import { accessAsk, formSubmission, grant } from '../schema.ts';
import { rememberAsk } from './ask.ts';
import { CODE_MS, codeOf } from './code.ts';

export type GrantRow = typeof grant.$inferSelect;

/** How long a mailed link works. */
export const GRANT_DAYS = 7;
/** Up to when the link works that was mailed for a grant made at `createdAt`. */
export const linkUntil = (createdAt: Date): Date => new Date(createdAt.getTime() + GRANT_DAYS * DAY_MS);
/** Codes that one address may get in a day; mails after that bring the link alone, so that guessing stays hopeless. */
const CODES_A_DAY = 12;

/** Kind of the outbox rows that mail a confirmation link. */
export const CONFIRMATION_MAIL = 'gating.confirmation-mail';

export interface Offered {
	readonly grantId: string;
	/** True when the same submission was offered just before, and its mail is on its way. */
	readonly isRepeat: boolean;
	/** For the browser that asked. */
	readonly setCookies: readonly SetCookie[];
}

export interface GrantOffer {
	readonly personId: string;
	readonly subject: string;
	readonly locale: string;
	/** The browser that asks. */
	readonly visitor: Visitor;
	/** What was typed, with the hash that tells a repeat; null when only the address was. */
	readonly submission: { readonly id: string; readonly hash: string } | null;
	/** False when another folder sends the mail. */
	readonly isMailed: boolean;
}

/**
 * Lets a person ask for `subject` by mail: makes a grant to confirm and its mail. Each submission has a grant of its own, so that
 * a link speaks for what its reader sees and for nothing that somebody else typed; the same one again shares it.
 */
export async function offerGrant(tx: Handle, offer: GrantOffer, now: Date, random: Random): Promise<Offered> {
	const { personId, subject, locale, visitor, submission } = offer;
	const known = submission && (await sameOffer(tx, offer, submission.hash, now));
	const grantId =
		known ?? (await insertGrant(tx, { personId, subject, confirmedAt: null, codeUntil: await codeEnd(tx, personId, now) }, now, random)).id;
	const setCookies = await rememberAsk(tx, { visitor, grantId, submissionId: submission?.id ?? null }, now, random);
	if (!known && offer.isMailed) await orderConfirmation(tx, { grantId, personId, locale }, now, random);
	return { grantId, isRepeat: known !== null, setCookies };
}

/** The code for a mail that is sent now; null when the grant has none any more. */
export const liveCode = (keys: Keys, { id, codeUntil }: GrantRow, now: Date): string | null =>
	codeUntil && codeUntil > now ? codeOf(keys, id) : null;

/** Null when there is no such grant. */
export async function grantById(handle: Handle, id: string): Promise<GrantRow | null> {
	const [row] = await handle.select().from(grant).where(eq(grant.id, id));
	return row ?? null;
}

/** The person's confirmed grant for `subject`, made now if there is none that holds: a verified person needs no further link. */
export async function holdGrant(tx: Handle, personId: string, subject: string, now: Date, random: Random): Promise<GrantRow> {
	const holds = and(isNull(grant.revokedAt), isNotNull(grant.confirmedAt), gt(grant.expiresAt, now));
	const [held] = await tx
		.select()
		.from(grant)
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject), holds))
		.orderBy(desc(grant.createdAt))
		.limit(1);
	return held ?? insertGrant(tx, { personId, subject, confirmedAt: now, codeUntil: null }, now, random);
}

/** Whether the person was given `subject`, and it holds. */
export async function hasGrant(handle: Handle, personId: string, subject: string, now: Date): Promise<boolean> {
	const holds = and(isNull(grant.revokedAt), isNotNull(grant.confirmedAt), gt(grant.expiresAt, now));
	const [held] = await handle
		.select({ id: grant.id })
		.from(grant)
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject), holds))
		.limit(1);
	return held !== undefined;
}

/** Up to when what a grant opens stays open once it was confirmed: as long as the pass that came with it. */
export const confirmedUntil = (at: Date): Date => new Date(at.getTime() + PASS_DAYS * DAY_MS);

async function sameOffer(tx: Handle, { personId, subject }: GrantOffer, hash: string, now: Date): Promise<string | null> {
	const recent = and(isNull(grant.revokedAt), isNull(grant.confirmedAt), gt(grant.createdAt, new Date(now.getTime() - SAME_REQUEST_MS)));
	const [same] = await tx
		.select({ id: grant.id })
		.from(grant)
		.innerJoin(accessAsk, eq(accessAsk.grantId, grant.id))
		.innerJoin(formSubmission, eq(formSubmission.id, accessAsk.submissionId))
		.where(and(eq(grant.personId, personId), eq(grant.subject, subject), recent, eq(formSubmission.requestHash, hash)))
		.limit(1);
	return same?.id ?? null;
}

/** When the code of a mail that is sent now ends; null when this person had too many of them today. */
async function codeEnd(tx: Handle, personId: string, now: Date): Promise<Date | null> {
	const [row] = await tx
		.select({ n: count() })
		.from(grant)
		.where(and(eq(grant.personId, personId), gt(grant.createdAt, new Date(now.getTime() - DAY_MS))));
	return (row?.n ?? 0) < CODES_A_DAY ? new Date(now.getTime() + CODE_MS) : null;
}

function orderConfirmation(
	tx: Handle,
	{ grantId, personId, locale }: { readonly grantId: string; readonly personId: string; readonly locale: string },
	now: Date,
	random: Random,
): Promise<boolean> {
	return enqueue(
		tx,
		{
			kind: CONFIRMATION_MAIL,
			key: `confirmation:${grantId}`,
			payload: { template: 'confirmation', grantId, personId, locale },
			personId,
			dueAt: now,
		},
		now,
		random,
	);
}

async function insertGrant(
	tx: Handle,
	row: Pick<GrantRow, 'personId' | 'subject' | 'confirmedAt' | 'codeUntil'>,
	now: Date,
	random: Random,
): Promise<GrantRow> {
	const made: GrantRow = {
		...row,
		id: newId(now, random),
		createdAt: now,
		expiresAt: row.confirmedAt ? confirmedUntil(now) : linkUntil(now),
		revokedAt: null,
		downloads: 0,
	};
	await tx.insert(grant).values(made);
	return made;
}
