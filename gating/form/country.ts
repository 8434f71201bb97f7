import { getCountryCallingCode } from 'libphonenumber-js/min';

import type { Locale } from '#cms/content.ts';

import { phoneCountryCodes } from '../cleaning/phone.ts';

export interface CountryOption {
	/** ISO 3166 code. */
	readonly value: string;
	/** `Switzerland (+41)`, `瑞士（+41）`. */
	readonly label: string;
}

const kept = new Map<Locale, readonly CountryOption[]>();

/** Every country and region that has phone numbers, named and ordered as the language does. */
export function phoneCountries(locale: Locale): readonly CountryOption[] {
	const known = kept.get(locale) ?? makeCountries(locale);
	kept.set(locale, known);
	return known;
}

function makeCountries(locale: Locale): readonly CountryOption[] {
	const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
	const { compare } = new Intl.Collator(locale);
	return phoneCountryCodes()
		.flatMap((value) => {
			const name = names.of(value);
			return name === undefined ? [] : [{ value, name, code: getCountryCallingCode(value) }];
		})
		.sort((a, b) => compare(a.name, b.name))
		.map(({ value, name, code }) => ({ value, label: locale === 'zh-CN' ? `${name}（+${code}）` : `${name} (+${code})` }));
}
