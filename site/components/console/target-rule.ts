import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { TargetList } from '#gating';
import type { Texts } from '#kernel/texts/index.ts';

import { countryName } from './conditions.ts';
import { wordOf } from './words.ts';

/** A rule of a target list as the fields of a form say it. */
export function ruleOf(value: (name: string) => string): NonNullable<TargetList['rule']> {
	return { status: value('status'), industry: value('industry'), size: value('size'), country: value('country').toUpperCase() };
}

/** The rule in words: `Customer, Packaging, Germany`. */
export function ruleWords(
	{ status, industry, size, country }: NonNullable<TargetList['rule']>,
	{ texts, locale }: { readonly texts: Texts; readonly locale: Locale },
	{ terms }: Pick<Snapshot, 'terms'>,
): string {
	const term = terms.find(({ kind, slug }) => kind === 'industry' && slug === industry);
	const parts = [status && wordOf(texts.people.status, status), term ? inLocale(term.name, locale) : industry, size, countryName(country, locale)];
	return parts.filter((part) => part !== '').join(texts.console.comma);
}
