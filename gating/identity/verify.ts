import { and, desc, eq, inArray, isNull } from 'drizzle-orm';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { touch } from '#kernel/touched.ts';

import { insertPass, type PassHow } from '../access/pass.ts';
import { placePerson } from '../account/place.ts';
import { append, consentsOf } from '../consent/ledger.ts';
import { BROWSER_PURPOSES, needsVisitor } from '../consent/purpose.ts';
import { adoptHistory } from '../event/store.ts';
import { consent, formSubmission, person, visitor as visitors } from '../schema.ts';
import { insertBrowser } from './browser.ts';
import { CONSENT_COOKIE, consentCookie, passCookie, removedCookie, type SetCookie, VISITOR_COOKIE, visitorCookie } from './cookies.ts';
import { mergeByRule } from './merge.ts';
import { type LivingPerson, livingPerson } from './person.ts';
import type { IdentityDeps } from './resolve.ts';
import { applyAnswers, applyConsents, openAnswers, pendingSubmissions, type SubmissionRow } from './submission.ts';
import type { Visitor } from './visitor.ts';

export interface VerifiedActInput {
	readonly personId: string;
	/** Ids of the submissions that the link or code speaks for: they become the person's word. Nothing else typed under their address does. */
	readonly covers: readonly string[];
	/** The browser in which it was used. */
	readonly visitor: Visitor;
	readonly how: PassHow;
}

export type VerifiedAct =
	| { readonly status: 'verified'; readonly setCookies: readonly SetCookie[]; readonly leadId: string; readonly isFirst: boolean }
	/** Unknown or erased. */
	| { readonly status: 'gone' };

/** What becomes of the browser in which a person proved themselves. */
export type BrowserFate = 'keep' | 'join' | 'fresh' | 'fresh-for-other' | 'none';

/**
 * A browser and its past join the person only if nobody owns it and the person's own submission came from it. A link opened
 * anywhere else opens content but moves no history: that browser goes on as a new one of the person.
 */
export function browserFate({
	visitorId,
	ownerId,
	personId,
	sentFrom,
	isWanted,
}: {
	readonly visitorId: string | null;
	readonly ownerId: string | null;
	readonly personId: string;
	/** Browsers that what the person says yes to came from. */
	readonly sentFrom: ReadonlySet<string>;
	/** True when a purpose that needs a browser is agreed to. */
	readonly isWanted: boolean;
}): BrowserFate {
	if (ownerId !== null && ownerId !== personId) return 'fresh-for-other';
	if (visitorId === null) return isWanted ? 'fresh' : 'none';
	if (ownerId === personId) return 'keep';
	return sentFrom.has(visitorId) ? 'join' : 'fresh';
}

/** Takes a link from the person's own mail, used by a POST in this browser, as proof: verifies the mail, applies what waited for it, gives a pass. */
export async function verifiedAct(deps: IdentityDeps, tx: Handle, { personId, covers, visitor, how }: VerifiedActInput): Promise<VerifiedAct> {
	const { keys, random, now } = deps;
	const at = now();
	const row = await livingPerson(tx, personId);
	if (!row) return { status: 'gone' };
	touch(tx, personId, visitor.visitorId);
	if (row.verifiedAt === null) await tx.update(person).set({ verifiedAt: at }).where(eq(person.id, personId));

	const pending = await pendingSubmissions(tx, row.id, covers);
	await applyPending(deps, tx, { ...row, verifiedAt: row.verifiedAt ?? at }, pending, visitor.visitorId, at);
	await placePerson(tx, keys, personId, at, random);
	await mergeByRule(tx, keys, personId, at, random);
	const browserCookies = await settleBrowser(tx, { personId, covers, visitor }, at, random);
	const hasPass = visitor.isVerified && visitor.personId === personId;
	const fresh = { personId, how, agent: visitor.agent ?? '', day: localDay(at, deps.timeZone()) };
	const passCookies = hasPass ? [] : [passCookie(await insertPass(tx, fresh, at, random))];
	const leadId = (await livingPerson(tx, personId))?.leadId ?? row.leadId;
	return { status: 'verified', setCookies: [...passCookies, ...browserCookies], leadId, isFirst: row.verifiedAt === null };
}

async function applyPending(
	{ keys, random }: IdentityDeps,
	tx: Handle,
	row: LivingPerson,
	pending: readonly SubmissionRow[],
	visitorId: string | null,
	at: Date,
): Promise<void> {
	let current = row;
	for (const submission of pending) {
		current = await applyAnswers(tx, keys, current, openAnswers(keys, current, submission), at, random);
		await applyConsents(tx, submission, submission.visitorId === visitorId ? visitorId : null, at, random);
	}
}

async function settleBrowser(
	tx: Handle,
	{ personId, covers, visitor }: Omit<VerifiedActInput, 'how'>,
	at: Date,
	random: Random,
): Promise<SetCookie[]> {
	const agreed = await consentsOf(tx, { visitorId: null, personId });
	const ownerId = visitor.personId !== personId ? visitor.personId : await ownerOf(tx, visitor.visitorId);
	const sentFrom = await browsersOf(tx, personId, covers);
	switch (browserFate({ visitorId: visitor.visitorId, ownerId, personId, sentFrom, isWanted: needsVisitor(agreed) })) {
		case 'keep':
		case 'none':
			return [];
		case 'join':
			return join(tx, visitor.visitorId ?? '', personId, at);
		case 'fresh': {
			const browser = await insertBrowser(tx, { ownerId: personId, firstTouch: {} }, at, random);
			if (visitor.visitorId !== null) await carryAnswers(tx, visitor.visitorId, browser.visitorId, at, random);
			const held = await consentsOf(tx, { visitorId: browser.visitorId, personId });
			return [visitorCookie(browser.secret), consentCookie(BROWSER_PURPOSES.filter((purpose) => held.has(purpose)))];
		}
		case 'fresh-for-other': {
			if (!needsVisitor(agreed)) return [removedCookie(VISITOR_COOKIE), removedCookie(CONSENT_COOKIE)];
			const browser = await insertBrowser(tx, { ownerId: personId, firstTouch: {} }, at, random);
			return [visitorCookie(browser.secret), consentCookie(BROWSER_PURPOSES.filter((purpose) => agreed.has(purpose)))];
		}
	}
}

/** Sets the browser's owner, once, and gives them its past. */
async function join(tx: Handle, visitorId: string, personId: string, at: Date): Promise<SetCookie[]> {
	const joined = await tx
		.update(visitors)
		.set({ personId, joinedAt: at })
		.where(and(eq(visitors.id, visitorId), isNull(visitors.personId)))
		.returning({ id: visitors.id });
	if (joined.length > 0) await adoptHistory(tx, visitorId, personId);
	return [];
}

/** The browser's own answers go on to hold in its new identity. */
async function carryAnswers(tx: Handle, from: string, to: string, at: Date, random: Random): Promise<void> {
	const rows = await tx
		.select()
		.from(consent)
		.where(and(eq(consent.visitorId, from), isNull(consent.personId)))
		.orderBy(desc(consent.at), desc(consent.id));
	const carried = BROWSER_PURPOSES.flatMap((purpose) => {
		const row = rows.find((candidate) => candidate.purpose === purpose);
		return row ? [{ visitorId: to, personId: null, purpose, given: row.given, textHash: row.textHash, how: row.how, channel: row.channel }] : [];
	});
	await append(tx, carried, at, random);
}

async function ownerOf(tx: Handle, visitorId: string | null): Promise<string | null> {
	if (visitorId === null) return null;
	const [row] = await tx.select({ personId: visitors.personId }).from(visitors).where(eq(visitors.id, visitorId));
	return row?.personId ?? null;
}

async function browsersOf(tx: Handle, personId: string, covers: readonly string[]): Promise<ReadonlySet<string>> {
	if (covers.length === 0) return new Set();
	const rows = await tx
		.selectDistinct({ visitorId: formSubmission.visitorId })
		.from(formSubmission)
		.where(and(eq(formSubmission.personId, personId), inArray(formSubmission.id, [...covers])));
	return new Set(rows.flatMap(({ visitorId }) => (visitorId === null ? [] : [visitorId])));
}
