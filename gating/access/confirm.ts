import { and, eq, isNull } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { recordEvent } from '../event/record.ts';
import { submittedEvent } from '../form/submitted.ts';
import type { SetCookie } from '../identity/cookies.ts';
import { livingPerson } from '../identity/person.ts';
import type { IdentityDeps } from '../identity/resolve.ts';
import { pendingSubmissions } from '../identity/submission.ts';
import { verifiedAct } from '../identity/verify.ts';
import type { Visitor } from '../identity/visitor.ts';
import { lockOf } from '../offer/offer.ts';
import { grant } from '../schema.ts';
import { fulfil } from './fulfil.ts';
import { coveredUntil, type GrantRow } from './grant.ts';

export type ConfirmDeps = IdentityDeps & { readonly db: Database };

export type PeekedConfirmation =
	| { readonly status: 'waiting' | 'confirmed'; readonly subject: string }
	/** Offer the form of `subject` again. */
	| { readonly status: 'expired'; readonly subject: string | null }
	| { readonly status: 'unknown' };

export type ConfirmOutcome =
	| { readonly status: 'confirmed'; readonly setCookies: readonly SetCookie[]; readonly personId: string; readonly subject: string }
	| { readonly status: 'expired'; readonly subject: string | null }
	| { readonly status: 'unknown' };

/** The token of a confirmation link. It names the grant, so nothing secret has to be kept or queued. */
export function confirmationToken(deps: Pick<IdentityDeps, 'keys'>, { id, expiresAt }: GrantRow): string {
	return signToken(deps.keys, 'confirm', id, expiresAt);
}

/** What the page behind a link shows before its button is pressed. Changes nothing, however often scanners fetch it. */
export async function peekConfirmation(deps: ConfirmDeps, token: string): Promise<PeekedConfirmation> {
	const found = await grantOf(deps, token);
	if (found.status !== 'valid') return found;
	return { status: found.grant.confirmedAt ? 'confirmed' : 'waiting', subject: found.grant.subject };
}

/** The button's POST: proves the mail address in this browser. Pressed again, it gives the same answer and changes nothing more. */
export async function confirmGrant(deps: ConfirmDeps, token: string, visitor: Visitor): Promise<ConfirmOutcome> {
	const found = await grantOf(deps, token);
	if (found.status !== 'valid') return found;
	const { id, personId, subject } = found.grant;
	const until = coveredUntil(found.grant);
	const body = async (tx: Handle): Promise<ConfirmOutcome> => {
		const at = deps.now();
		const forms = (await pendingSubmissions(tx, personId, subject, until)).map(({ formKey }) => formKey);
		const act = await verifiedAct(deps, tx, { personId, subject, until, visitor });
		if (act.status === 'gone') return { status: 'unknown' };
		await tx
			.update(grant)
			.set({ confirmedAt: at })
			.where(and(eq(grant.id, id), isNull(grant.confirmedAt)));
		if (forms[0] !== undefined)
			await recordEvent(tx, submittedEvent({ id, at, personId, visitorId: null, subject, formKey: forms[0] }), at, deps.timeZone());
		await fulfil(deps, tx, { subject, personId, visitorId: visitor.visitorId });
		return { status: 'confirmed', setCookies: act.setCookies, personId, subject };
	};
	const locks = lockOf(subject);
	return deps.db.write(body, locks === null ? {} : { locks });
}

/** Revoked grants and erased persons look like links that never were. */
async function grantOf({ db, keys, now }: ConfirmDeps, token: string) {
	const read = readToken(keys, 'confirm', token, now());
	if (read.status === 'invalid') return { status: 'unknown' } as const;
	const [row] = await db.read.select().from(grant).where(eq(grant.id, read.subject));
	if (!row || row.revokedAt || !(await livingPerson(db.read, row.personId))) return { status: 'unknown' } as const;
	return read.status === 'expired' ? ({ status: 'expired', subject: row.subject } as const) : ({ status: 'valid', grant: row } as const);
}
