import type { Product } from '#cms/content.ts';
import { hashSecret } from '#kernel/id.ts';

import type { SubmitDeps } from '../form/submit.ts';
import type { Reader } from '../lead/reader.ts';
import { listQuotes, type QuotePage, type QuoteView, viewQuote } from './list.ts';
import { shownText } from './quote.ts';
import { type QuoteInput, type QuoteOutcome, requestQuote } from './request.ts';

export interface Quotes {
	/** See {@link requestQuote}. */
	request(input: QuoteInput): Promise<QuoteOutcome>;
	/** Stands for what a form shows of a product; sent back with the form, it proves that the frozen copy is what was shown. */
	shown(product: Product): string;
	/** Newest first. @throws DomainError invalid for a foreign cursor. */
	list(reader: Reader, cursor?: string): Promise<QuotePage>;
	view(id: string, reader: Reader): Promise<QuoteView | null>;
}

export function createQuotes(deps: SubmitDeps): Quotes {
	return Object.freeze<Quotes>({
		request: (input) => requestQuote(deps, input),
		shown: (product) => hashSecret(shownText(product)),
		list: (reader, cursor) => listQuotes(deps, reader, cursor),
		view: (id, reader) => viewQuote(deps, id, reader),
	});
}
