import { desc, inArray } from 'drizzle-orm';

import { inLocale, type Locale } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { type FrozenProduct, quoteRequest } from '../offer/schema.ts';

/** `2 × HS4-100, Servo motor`: words of the catalogue and numbers only. */
export function productLine({ quantity, partNumber, title }: FrozenProduct, locale: Locale): string {
	return `${quantity} × ${partNumber}${locale === 'en' ? ', ' : '，'}${inLocale(title, locale)}`;
}

/** The products of the request that was made by these submissions, so that its mail says what it is about. Free words of a stranger stay out. */
export async function waitingLines(handle: Handle, submissionIds: readonly string[], locale: Locale): Promise<readonly string[]> {
	if (submissionIds.length === 0) return [];
	const [row] = await handle
		.select({ products: quoteRequest.products })
		.from(quoteRequest)
		.where(inArray(quoteRequest.submissionId, [...submissionIds]))
		.orderBy(desc(quoteRequest.at))
		.limit(1);
	return (row?.products ?? []).map((product) => productLine(product, locale));
}
