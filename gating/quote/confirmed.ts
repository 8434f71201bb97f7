import { and, eq, isNotNull, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { quoteRequest } from '../offer/schema.ts';
import { formSubmission } from '../schema.ts';

/** Kinds of the outbox rows that tell of a request: the person, our sales, the dealer. */
export const QUOTE_MAILS = { person: 'gating.quote-mail', sales: 'gating.quote-sales', dealer: 'gating.quote-dealer' } as const;

/** Orders one mail about a request. `occasion` makes it another mail of the same request. */
export async function orderQuoteMail(
	tx: Handle,
	to: keyof typeof QUOTE_MAILS,
	{
		quoteId,
		occasion,
		personId,
	}: { readonly quoteId: string; readonly occasion: 'asked' | 'confirmed' | 'dealer-failed'; readonly personId?: string },
	at: Date,
	random: Random,
): Promise<void> {
	const row = { kind: QUOTE_MAILS[to], key: `quote:${to}:${quoteId}:${occasion}`, payload: { quoteId, occasion }, dueAt: at };
	await enqueue(tx, to === 'person' && personId !== undefined ? { ...row, personId } : row, at, random);
}

/** After the proof of an address: what was asked under it is the person's own word, and goes to the dealer they chose. */
export async function confirmQuotes(tx: Handle, personId: string, at: Date, random: Random): Promise<void> {
	const proved = await tx
		.select({ id: quoteRequest.id, dealerState: quoteRequest.dealerState })
		.from(quoteRequest)
		.innerJoin(formSubmission, eq(formSubmission.id, quoteRequest.submissionId))
		.where(and(eq(quoteRequest.personId, personId), isNull(quoteRequest.verifiedAt), isNotNull(formSubmission.appliedAt)));
	for (const { id, dealerState } of proved) {
		await tx.update(quoteRequest).set({ verifiedAt: at }).where(eq(quoteRequest.id, id));
		const order = { quoteId: id, occasion: 'confirmed', personId } as const;
		await orderQuoteMail(tx, 'person', order, at, random);
		await orderQuoteMail(tx, 'sales', order, at, random);
		if (dealerState === 'waiting') await orderQuoteMail(tx, 'dealer', order, at, random);
	}
}
