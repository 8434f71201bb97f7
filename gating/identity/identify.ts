import { and, eq, gt, isNull, sql } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import { type Database, prepared } from '#kernel/database.ts';
import { hashSecret } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { browserFamily } from './browser-family.ts';
import { consentsOf } from '../consent/ledger.ts';
import { needsVisitor } from '../consent/purpose.ts';
import { pass, visitor } from '../schema.ts';
import { isConsentAnswer } from './cookies.ts';
import { livingPerson, openProfile } from './person.ts';
import { givenNameOf } from './profile.ts';
import { STRANGER, type Visitor, type VisitorCookies } from './visitor.ts';

const SECRET = /^[A-Za-z0-9_-]{22}$/;

const visitorByHash = prepared((handle) =>
	handle
		.select({ id: visitor.id, personId: visitor.personId })
		.from(visitor)
		.where(eq(visitor.hash, sql.placeholder('hash')))
		.prepare('visitor.by-hash'),
);

const passByHash = prepared((handle) =>
	handle
		.select({ id: pass.id, personId: pass.personId, lastSeenDay: pass.lastSeenDay })
		.from(pass)
		.where(and(eq(pass.hash, sql.placeholder('hash')), isNull(pass.revokedAt), gt(pass.expiresAt, sql.placeholder('now'))))
		.prepare('pass.by-hash'),
);

export interface IdentifyDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	/** Told which pass was used, and on which day it was used last. */
	readonly seen?: (passId: string, lastSeenDay: string) => void;
}

/** Who a request is, and on whom that hangs: ids of the browser and of the persons that its cookies name. */
export interface Identified {
	readonly visitor: Visitor;
	readonly owners: readonly string[];
}

/**
 * Who a request is. A pass of one person beside the browser cookie of another counts as the pass alone: what the browser did
 * before belongs to somebody else.
 */
export async function identify({ db, keys, now, seen }: IdentifyDeps, cookies: VisitorCookies): Promise<Identified> {
	const hasAnsweredConsent = isConsentAnswer(cookies.consent);
	const [browser] = isSecret(cookies.visitor) ? await visitorByHash(db.read).execute({ hash: hashSecret(cookies.visitor) }) : [];
	const [held] = isSecret(cookies.pass) ? await passByHash(db.read).execute({ hash: hashSecret(cookies.pass), now: now().getTime() }) : [];
	if (!browser && !held) return { visitor: { ...STRANGER, hasAnsweredConsent }, owners: [] };

	const owner = held ? await livingPerson(db.read, held.personId) : null;
	if (owner && held) seen?.(held.id, held.lastSeenDay);
	const personId = owner?.id ?? browser?.personId ?? null;
	const ownerId = browser?.personId ?? null;
	const visitorId = browser && (ownerId === null || ownerId === personId) ? browser.id : null;
	const consents = await consentsOf(db.read, { visitorId, personId });
	const visitor = {
		visitorId: needsVisitor(consents) ? visitorId : null,
		personId,
		isVerified: owner !== null,
		consents,
		hasAnsweredConsent,
		givenName: owner ? givenNameOf(openProfile(keys, owner)) : null,
	};
	return { visitor, owners: [browser?.id, ownerId, held?.personId].filter((id) => typeof id === 'string') };
}

function isSecret(value: string | undefined): value is string {
	return value !== undefined && SECRET.test(value);
}

/** What a browser says of itself, beside who sits there. */
export function browserOf({ ask, userAgent }: VisitorCookies): Pick<Visitor, 'ask' | 'agent'> {
	return { ...(isSecret(ask) ? { ask } : {}), ...(userAgent === undefined ? {} : { agent: browserFamily(userAgent) }) };
}
