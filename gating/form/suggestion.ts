import { and, asc, eq, isNull } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { account } from '../schema.ts';

const MOST = 500;

/**
 * Company names that anybody may see: customers of published cases, those the editors list, and accounts that staff let be offered.
 * No other lead's company is ever among them.
 */
export async function suggestedCompanies(handle: Handle, { cases, site }: Snapshot, locale: Locale): Promise<readonly string[]> {
	const offered = await handle
		.selectDistinct({ name: account.name })
		.from(account)
		.where(and(eq(account.maySuggest, true), isNull(account.mergedInto)))
		.orderBy(asc(account.name))
		.limit(MOST);
	const customers = cases.map(({ customer }) => customer[locale] || customer.en);
	const names = [...customers, ...site.knownCompanies, ...offered.map(({ name }) => name)].map((name) => name.trim()).filter((name) => name !== '');
	return [...new Set(names)].slice(0, MOST).sort(new Intl.Collator(locale).compare);
}
