import { and, eq, gt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { type FieldError, isUniqueViolation } from '#kernel/errors.ts';
import { hashSecret, newId } from '#kernel/id.ts';

import { askAgain } from '../access/ask.ts';
import { checkForm } from '../form/check.ts';
import { SAME_REQUEST_MS, type SlowDown, type SubmitInput } from '../form/form.ts';
import { settleRequest, type SubmitDeps } from '../form/submit.ts';
import type { SetCookie } from '../identity/cookies.ts';
import { mailLock, resolvePerson } from '../identity/resolve.ts';
import { livingPerson } from '../identity/person.ts';
import { quoteRequest } from '../offer/schema.ts';
import { demanded } from '../routing/demand.ts';
import { orderQuoteMail } from './confirmed.ts';
import { type AskedProduct, QUOTE_FORM, type QuoteRow, type QuoteWords, readDealer, readProducts, shownText } from './quote.ts';

const WORDS = 'quote_request.words';
const SUBJECT = 'quote';

export type QuoteInput = Omit<SubmitInput, 'subject' | 'formKey'> & {
	readonly products: readonly AskedProduct[];
	/** Slug of the dealer who should make the offer; '' for the company itself. */
	readonly dealer: string;
	/** Path of the page it was asked from. */
	readonly page: string;
};

export type QuoteOutcome =
	/** With sales. `isVerified` false: the person was mailed a link, and sales sees that nobody proved the address yet. */
	| { readonly status: 'sent'; readonly quoteId: string; readonly isVerified: boolean; readonly setCookies: readonly SetCookie[] }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown;

/**
 * Takes a request for a quote with a frozen copy of what was on the page. It reaches sales at once, proved or not; a dealer gets it
 * only from a proved person who agreed to that. Sent twice, it is one request.
 *
 * @throws DomainError not-found when the form is not published.
 */
export async function requestQuote(deps: SubmitDeps, input: QuoteInput): Promise<QuoteOutcome> {
	const { db, keys, now, random, content } = deps;
	const read = readProducts(content(), input.products, (product) => hashSecret(shownText(product)));
	const message = input.answers['message']?.trim() ?? '';
	// A list of products is a request by itself; where the lead is read, it stands for the words.
	const listed = read.status === 'read' ? read.products.map(({ quantity, partNumber }) => `${quantity} × ${partNumber}`).join(', ') : '';
	const submitted: SubmitInput = { ...input, answers: { ...input.answers, message: message || listed }, formKey: QUOTE_FORM, subject: SUBJECT };
	const dealer = readDealer(content(), input.dealer);
	const checked = await checkForm(deps, submitted);
	if (checked.status === 'slow-down') return checked;
	if (checked.status === 'trapped') return { status: 'sent', quoteId: newId(now(), random), isVerified: false, setCookies: [] };
	const errors = [
		...(read.status === 'invalid' ? read.errors : []),
		...(dealer === undefined ? [{ field: 'dealer', code: 'choice' }] : []),
		...(dealer && !agreesToDealers(input) ? [{ field: 'dealer', code: 'dealer-consent' }] : []),
		...(checked.status === 'invalid' ? checked.errors : []),
	];
	if (errors.length > 0 || read.status === 'invalid' || checked.status === 'invalid') return { status: 'invalid', errors };

	const { answers } = checked;
	const words: QuoteWords = { configurations: read.configurations, message: message === '' ? '' : (answers['message'] ?? '') };
	const sorted = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
	const pieces = read.products.map(({ id, quantity }) => [id, quantity]);
	const requestHash = keys.mac('quote-request', JSON.stringify([sorted, pieces, words, input.dealer, input.locale]));
	const write = () =>
		db.write(
			async (tx): Promise<QuoteOutcome> => {
				const at = now();
				const same = await findSame(tx, requestHash, at);
				if (same) {
					const setCookies = await askAgain(tx, same.submissionId, input.visitor, at, random);
					return { status: 'sent', quoteId: same.id, isVerified: same.verifiedAt !== null, setCookies };
				}
				const request = { key: input.idempotencyKey ? hashSecret(`${QUOTE_FORM}\n${input.idempotencyKey}`) : null, hash: requestHash };
				const person = await resolvePerson(deps, tx, { ...submitted, answers, request });
				const row = await livingPerson(tx, person.personId);
				if (!row) return { status: 'sent', quoteId: newId(at, random), isVerified: false, setCookies: [] };
				const settled = await settleRequest(deps, tx, submitted, person, true);
				const quote: QuoteRow = {
					id: newId(at, random),
					personId: person.personId,
					submissionId: person.submissionId,
					requestHash,
					products: read.products,
					words: keys.seal(row.dataKey, WORDS, JSON.stringify(words)),
					dealerId: dealer?.id ?? null,
					dealer: dealer?.name.en ?? null,
					dealerState: dealer ? 'waiting' : 'none',
					page: input.page,
					locale: input.locale,
					contentRevision: content().revision,
					channel: input.channel,
					outcome: person.outcome,
					at,
					verifiedAt: person.isOwn ? at : null,
				};
				await tx.insert(quoteRequest).values(quote);
				if (!dealer && person.outcome !== 'quarantine')
					await demanded(tx, deps, { personId: quote.personId, demand: 'quote', origin: `quote:${quote.id}` });
				const order = { quoteId: quote.id, occasion: 'asked', personId: quote.personId } as const;
				await orderQuoteMail(tx, 'sales', order, at, random);
				if (person.isOwn) await orderQuoteMail(tx, 'person', order, at, random);
				if (person.isOwn && dealer) await orderQuoteMail(tx, 'dealer', order, at, random);
				return { status: 'sent', quoteId: quote.id, isVerified: person.isOwn, setCookies: settled.status === 'granted' ? [] : settled.setCookies };
			},
			{ locks: mailLock(keys, answers['email'] ?? '') },
		);
	// Under one key with other words it is another request: what somebody asks for is never lost to a key.
	return write().catch((error: unknown) => {
		if (!isUniqueViolation(error) || input.idempotencyKey === undefined) throw error;
		return requestQuote(deps, { ...input, idempotencyKey: undefined });
	});
}

export function openWords(keys: SubmitDeps['keys'], dataKey: string, { words }: QuoteRow): QuoteWords {
	return words.length === 0 ? { configurations: {}, message: '' } : (JSON.parse(keys.unseal(dataKey, WORDS, words)) as QuoteWords);
}

/** Ticked now, or agreed to before and not asked again. */
function agreesToDealers({ consents, visitor }: QuoteInput): boolean {
	return consents.includes('dealers') || (visitor.isVerified && visitor.consents.has('dealers'));
}

async function findSame(tx: Handle, requestHash: string, at: Date): Promise<QuoteRow | null> {
	const [row] = await tx
		.select()
		.from(quoteRequest)
		.where(and(eq(quoteRequest.requestHash, requestHash), gt(quoteRequest.at, new Date(at.getTime() - SAME_REQUEST_MS))))
		.limit(1);
	return row ?? null;
}
