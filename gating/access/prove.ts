import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { recordSubmitted } from '../form/submitted.ts';
import type { SetCookie } from '../identity/cookies.ts';
import type { IdentityDeps } from '../identity/resolve.ts';
import { pendingSubmissions } from '../identity/submission.ts';
import { verifiedAct } from '../identity/verify.ts';
import type { Visitor } from '../identity/visitor.ts';
import { grant } from '../schema.ts';
import { fulfil } from './fulfil.ts';
import { confirmedUntil, type GrantRow } from './grant.ts';
import type { PassHow } from './pass.ts';

/** What another folder does once an address is proved for one of its subjects. In the body of the proof; may happen again. */
export type WhenProved = (
	tx: Handle,
	proved: {
		readonly personId: string;
		readonly subject: string;
		readonly visitorId: string | null;
		/** Purposes that they ticked when they asked for the subject, and said yes to just now; none when a link is used again. */
		readonly agreed: readonly string[];
	},
) => Promise<void>;

export type ProveDeps = IdentityDeps & { readonly whenProved: readonly WhenProved[] };

export type Proved =
	| { readonly status: 'confirmed'; readonly setCookies: readonly SetCookie[]; readonly personId: string; readonly subject: string }
	/** The person was erased meanwhile. */
	| { readonly status: 'unknown' };

/** A grant's link or code was used as it should be: proves the address in this browser and does what waited for that. */
export async function prove(
	deps: ProveDeps,
	tx: Handle,
	{ id, personId, subject, createdAt, confirmedAt }: GrantRow,
	{ visitor, covers, how }: { readonly visitor: Visitor; readonly covers: readonly string[]; readonly how: PassHow },
): Promise<Proved> {
	const at = deps.now();
	const pending = await pendingSubmissions(tx, personId, covers);
	const [first] = pending;
	const agreed = pending.filter((asked) => asked.subject === subject).flatMap(({ consents }) => consents.map(({ purpose }) => purpose));
	const act = await verifiedAct(deps, tx, { personId, covers, visitor, how });
	if (act.status === 'gone') return { status: 'unknown' };
	if (!confirmedAt) {
		await tx
			.update(grant)
			.set({ confirmedAt: at, expiresAt: confirmedUntil(at) })
			.where(eq(grant.id, id));
	}
	if (first) await recordSubmitted(tx, { id, at, personId, visitorId: null, subject, formKey: first.formKey }, createdAt, deps.timeZone());
	await fulfil(deps, tx, { subject, personId, visitorId: visitor.visitorId });
	for (const then of deps.whenProved) await then(tx, { personId, subject, visitorId: visitor.visitorId, agreed });
	return { status: 'confirmed', setCookies: act.setCookies, personId, subject };
}
