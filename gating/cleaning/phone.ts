import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone number that can be dialled. */
export interface Phone {
	/** `+8613800138000`. */
	readonly e164: string;
	readonly nationalNumber: string;
	/** ISO 3166 code, or null where the calling code names several. */
	readonly country: string | null;
	/** False for a number whose length fits but that the country's plan does not hold. */
	readonly isValid: boolean;
}

/**
 * Reads a number as people type it; `country` is taken where it has no `+`. Null when it cannot be a phone number.
 * Full-width digits, dots, spaces and brackets are fine.
 */
export function parsePhone(text: string, country: string): Phone | null {
	const parsed = parsePhoneNumberFromString(
		text.normalize('NFKC').replace(/^\s*00/, '+'),
		isSupportedCountry(country) ? (country as CountryCode) : 'US',
	);
	if (!parsed?.isPossible()) return null;
	return { e164: parsed.number, nationalNumber: parsed.nationalNumber, country: parsed.country ?? null, isValid: parsed.isValid() };
}

/** A number as it is printed: `+41 52 555 01 61`; as it stands where it is no number. */
export function formatPhone(text: string): string {
	const parsed = parsePhoneNumberFromString(text.normalize('NFKC'));
	return parsed?.isPossible() ? parsed.formatInternational() : text;
}

/** ISO 3166 codes of countries with a numbering plan. */
export const phoneCountryCodes = (): readonly CountryCode[] => getCountries();

/** True for one of {@link phoneCountryCodes}. */
export const isPhoneCountry = (code: string): boolean => isSupportedCountry(code);

/** The country whose numbering a form takes for granted: China for Chinese readers, else that of the company's own number. */
export function defaultCountry(locale: 'en' | 'zh-CN', companyPhone: string): string {
	return locale === 'zh-CN' ? 'CN' : (parsePhoneNumberFromString(companyPhone)?.country ?? 'US');
}
