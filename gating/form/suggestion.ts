import type { Locale, Snapshot } from '#cms/content.ts';

const MOST = 500;

/** Company names that anybody may see: customers of published cases and those the editors list. No lead is ever among them. */
export function suggestedCompanies({ cases, site }: Snapshot, locale: Locale): readonly string[] {
	const customers = cases.map(({ customer }) => customer[locale] || customer.en);
	const names = [...customers, ...site.knownCompanies].map((name) => name.trim()).filter((name) => name !== '');
	return [...new Set(names)].sort(new Intl.Collator(locale).compare).slice(0, MOST);
}
