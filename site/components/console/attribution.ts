import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { AttributionQuery, Gating, Money } from '#gating';
import type { App } from '#app';
import type { Texts } from '#kernel/texts/index.ts';

import { money } from './format.ts';

/** How keys of a grouping are called. */
export type NameOf = (key: string) => string;

/** Names of channels, campaigns, tactics or contents; of what is gone a word that says so. */
export async function namesOf(
	{ gating, cms }: Pick<App, 'cms'> & { readonly gating: Pick<Gating, 'channels' | 'funnel'> },
	grouping: AttributionQuery['grouping'],
	locale: Locale,
	{ attribution: text }: Texts,
): Promise<NameOf> {
	const known = new Map<string, string>([
		['', text.unknown],
		['-', text.withoutGroup[grouping]],
	]);
	if (grouping === 'channel') for (const { code, name } of await gating.channels.tree()) known.set(code, name[locale]);
	else if (grouping === 'content') for (const [subject, title] of titlesBySubject(cms.snapshot(), locale)) known.set(subject, title);
	else
		for (const { id, name, tactics } of await gating.funnel.campaigns()) {
			if (grouping === 'campaign') known.set(id, name);
			else for (const tactic of tactics) known.set(tactic.id, tactic.name === name ? name : `${name} – ${tactic.name}`);
		}
	return (key) => known.get(key) ?? (key.includes(':') || grouping === 'tactic' || grouping === 'campaign' ? text.gone : key);
}

/** Titles of contents by subject; of what is gone, and of topics, a word that says so. */
export function titlesIn(snapshot: Snapshot, locale: Locale, { attribution, reports }: Texts): NameOf {
	const known = titlesBySubject(snapshot, locale);
	return (subject) => known.get(subject) ?? (subject.startsWith('terms:') ? reports.topic : attribution.gone);
}

function titlesBySubject({ whitePapers, webinars, cases, articles, products, pages }: Snapshot, locale: Locale): ReadonlyMap<string, string> {
	const all = [...whitePapers, ...webinars, ...cases, ...articles, ...products, ...pages];
	return new Map(all.map((item) => [`${item.type}:${item.id}`, inLocale(item.title, locale) || inLocale(item.title, 'en')]));
}

/** Parts of a whole as a number: `0.33`, `12.5`, `240`; of less than a hundredth only that. */
export function creditText(parts: number, whole: number, locale: Locale): string {
	const value = parts / whole;
	if (value > 0 && value < 0.005) return `<${new Intl.NumberFormat(locale).format(0.01)}`;
	return new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 }).format(value);
}

/** Amounts of several currencies beside each other, never added up; null for none. */
export function moneyText(amounts: readonly Money[], locale: Locale, digits = 0): string | null {
	const text = amounts.map(({ amountCents, currency }) =>
		digits === 0 ? rounded(amountCents, currency, locale) : money(amountCents, currency, locale),
	);
	return text.join(' + ') || null;
}

/** Whole units of a currency, for columns that compare: `€1,251`. */
function rounded(cents: number, currency: string, locale: Locale): string {
	return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(cents / 100);
}

/** Each amount divided, with cents where it is small; null for none, or by nothing. */
export function perText(amounts: readonly Money[], by: number, locale: Locale): string | null {
	if (by <= 0 || amounts.length === 0) return null;
	const each = amounts.map(({ currency, amountCents }) => ({ currency, amountCents: amountCents / by }));
	return moneyText(each, locale, each.every(({ amountCents }) => amountCents >= 10_000) ? 0 : 2); // prettier-ignore
}

/** Values by currency as amounts, the largest first. */
export const amountsOf = (values: Readonly<Record<string, number>>): Money[] =>
	Object.entries(values)
		.map(([currency, amountCents]) => ({ currency, amountCents }))
		.sort((one, other) => other.amountCents - one.amountCents);

/** Revenue less cost by cost, for each currency that has both: `+120 %`; null where none has. */
export function returnText(values: Readonly<Record<string, number>>, costs: readonly Money[], locale: Locale): string | null {
	const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
	const both = costs.filter(({ currency, amountCents }) => amountCents > 0 && values[currency] !== undefined);
	const texts = both.map(({ currency, amountCents }) => {
		const ratio = format.format(((values[currency] ?? 0) - amountCents) / amountCents);
		return both.length > 1 ? `${currency} ${ratio}` : ratio;
	});
	return texts.join(', ') || null;
}

/** Amounts of many rows, by currency. */
export function sumMoney(rows: readonly (readonly Money[])[]): Money[] {
	const sums = new Map<string, number>();
	for (const { currency, amountCents } of rows.flat()) sums.set(currency, (sums.get(currency) ?? 0) + amountCents);
	return [...sums].map(([currency, amountCents]) => ({ currency, amountCents }));
}
