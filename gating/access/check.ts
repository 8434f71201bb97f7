import { hashSecret } from '#kernel/id.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { normaliseMail } from '../cleaning/mail.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import type { Visitor } from '../identity/visitor.ts';
import { type AskedFor, asksOf } from './ask.ts';
import type { AccessLimits } from './limits.ts';

/** A mailed link, used by somebody. */
export interface LinkUse {
	readonly visitor: Visitor;
	/** What was typed as the address the mail went to; null when nothing was asked or typed. */
	readonly email: string | null;
	/** Network prefix, for limits; null for a caller that has limits of its own. */
	readonly network: string | null;
}

export type CheckProblem = 'none' | 'mismatch' | 'slow-down';

export type Checked =
	/** The browser that asked, or one with a pass of the person. `covers`: the submissions that the link speaks for here. */
	| { readonly status: 'here'; readonly covers: readonly string[] }
	/** Another browser, whose reader knows the address. */
	| { readonly status: 'elsewhere'; readonly covers: readonly string[] }
	/** Ask for the address that the mail went to. */
	| { readonly status: 'check'; readonly problem: CheckProblem; readonly retryAfterSeconds: number };

export interface CheckLinkDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly checks: AccessLimits;
}

/**
 * Whether the browser that holds a mailed link may use it by the press of a button. People read mail on another device all the
 * time, and mails are forwarded: there, the address that it went to is asked for. Scanners that press buttons know none.
 */
export async function checkLink(
	{ db, keys, checks }: CheckLinkDeps,
	{ link, personId, grantIds }: { readonly link: string; readonly personId: string; readonly grantIds: readonly string[] },
	{ visitor, email, network }: LinkUse,
): Promise<Checked> {
	const asks = await asksOf(db.read, grantIds);
	if (isHere(asks, personId, visitor)) return { status: 'here', covers: coveredBy(asks, visitor) };
	if (email === null) return { status: 'check', problem: 'none', retryAfterSeconds: 0 };
	const wait = checks.address(link, network);
	if (wait > 0) return { status: 'check', problem: 'slow-down', retryAfterSeconds: wait };
	const row = await livingPerson(db.read, personId);
	const typed = keys.mac('link-address', normaliseMail(email));
	if (!row || !keys.isMac('link-address', contactOf(keys, row).email, typed)) return { status: 'check', problem: 'mismatch', retryAfterSeconds: 0 };
	return { status: 'elsewhere', covers: coveredBy(asks, visitor) };
}

/** True in a browser that asked, and in one that proved to be the person's. */
function isHere(asks: readonly AskedFor[], personId: string, visitor: Visitor): boolean {
	if (visitor.isVerified && visitor.personId === personId) return true;
	return asks.some((ask) => isFrom(ask, visitor));
}

/** What the reader of the mail says yes to: what they typed in this browser, or the one thing that was typed anywhere. Of several nobody knows which. */
function coveredBy(asks: readonly AskedFor[], visitor: Visitor): string[] {
	const own = asks.filter((ask) => isFrom(ask, visitor));
	const meant = own.length > 0 ? own : asks;
	const hashes = new Set(meant.flatMap(({ id, requestHash, isApplied }) => (id === null || isApplied ? [] : [requestHash])));
	if (own.length === 0 && hashes.size > 1) return [];
	return asks.flatMap(({ id, requestHash }) => (id !== null && hashes.has(requestHash) ? [id] : []));
}

function isFrom({ hash, visitorId }: AskedFor, visitor: Visitor): boolean {
	return (visitor.ask !== undefined && hash === hashSecret(visitor.ask)) || (visitorId !== null && visitorId === visitor.visitorId);
}
