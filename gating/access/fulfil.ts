import { and, desc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { give, type GiveDeps } from '../offer/give.ts';
import { offerOf } from '../offer/offer.ts';
import { confirmQuotes } from '../quote/confirmed.ts';
import { formSubmission } from '../schema.ts';

interface Proved {
	readonly subject: string;
	readonly personId: string;
	readonly visitorId: string | null;
}

/** Does what waited for the proof of an address, in the body of that proof: gives an offer's code, passes a request on. */
export async function fulfil(deps: GiveDeps, tx: Handle, { subject, personId, visitorId }: Proved): Promise<void> {
	if (subject === 'quote') return confirmQuotes(tx, personId, deps.now(), deps.random);
	const offer = offerOf(deps.content(), subject);
	if (!offer) return;
	const [asked] = await tx
		.select({ channel: formSubmission.channel })
		.from(formSubmission)
		.where(and(eq(formSubmission.personId, personId), eq(formSubmission.subject, subject)))
		.orderBy(desc(formSubmission.at))
		.limit(1);
	await give(deps, tx, offer, { personId, visitorId, channel: asked?.channel ?? 'direct' });
}
