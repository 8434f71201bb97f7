import type { Database, Handle } from '#kernel/database.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { livingPerson } from '../identity/person.ts';
import type { IdentityDeps } from '../identity/resolve.ts';
import type { Visitor } from '../identity/visitor.ts';
import { lockOf } from '../offer/offer.ts';
import { type CheckLinkDeps, checkLink, type CheckProblem, type LinkUse } from './check.ts';
import { grantById, type GrantRow, linkUntil } from './grant.ts';
import { prove, type ProveDeps, type Proved } from './prove.ts';

export type ConfirmDeps = ProveDeps & CheckLinkDeps & { readonly db: Database };

export type PeekedConfirmation =
	| {
			readonly status: 'waiting' | 'confirmed';
			readonly subject: string;
			/** True in another browser than the one that asked: the button asks for the address too. */
			readonly asksAddress: boolean;
	  }
	/** Offer the form of `subject` again. */
	| { readonly status: 'expired' | 'revoked'; readonly subject: string }
	| { readonly status: 'unknown' };

export type ConfirmOutcome =
	| Proved
	/** Another browser than the one that asked: the address is missing or wrong. */
	| { readonly status: 'check'; readonly subject: string; readonly problem: CheckProblem; readonly retryAfterSeconds: number }
	| { readonly status: 'expired' | 'revoked'; readonly subject: string };

/** The token of a confirmation link. It names the grant, so nothing secret has to be kept or queued. */
export function confirmationToken({ keys }: Pick<IdentityDeps, 'keys'>, { id, createdAt }: GrantRow): string {
	return signToken(keys, 'confirm', id, linkUntil(createdAt));
}

/** What the page behind a link shows before its button is pressed. Changes nothing, however often scanners fetch it. */
export async function peekConfirmation(deps: ConfirmDeps, token: string, visitor: Visitor): Promise<PeekedConfirmation> {
	const found = await grantOf(deps, token);
	if (found.status !== 'valid') return found;
	const { id, personId, confirmedAt, subject } = found.grant;
	const checked = await checkLink(deps, { link: id, personId, grantIds: [id] }, { visitor, email: null, network: null });
	return { status: confirmedAt ? 'confirmed' : 'waiting', subject, asksAddress: checked.status === 'check' };
}

/**
 * The button's POST: proves the mail address in this browser. Pressed again, it gives the same answer and changes nothing more.
 * In another browser than the one that asked it wants the address typed; that browser gets a pass, and its history stays its own.
 */
export async function confirmGrant(deps: ConfirmDeps, token: string, use: LinkUse): Promise<ConfirmOutcome> {
	const found = await grantOf(deps, token);
	if (found.status !== 'valid') return found;
	const { id, personId, subject } = found.grant;
	const checked = await checkLink(deps, { link: id, personId, grantIds: [id] }, use);
	if (checked.status === 'check') return { ...checked, subject };
	const locks = lockOf(subject);
	const body = (tx: Handle): Promise<Proved> =>
		prove(deps, tx, found.grant, { visitor: use.visitor, covers: checked.covers, how: checked.status === 'here' ? 'link' : 'elsewhere' });
	return deps.db.write(body, locks === null ? {} : { locks });
}

/** Erased persons look like links that never were. */
async function grantOf({ db, keys, now }: ConfirmDeps, token: string) {
	const read = readToken(keys, 'confirm', token, now());
	if (read.status === 'invalid') return { status: 'unknown' } as const;
	const row = await grantById(db.read, read.subject);
	if (!row || !(await livingPerson(db.read, row.personId))) return { status: 'unknown' } as const;
	if (row.revokedAt) return { status: 'revoked', subject: row.subject } as const;
	return read.status === 'expired' ? ({ status: 'expired', subject: row.subject } as const) : ({ status: 'valid', grant: row } as const);
}
