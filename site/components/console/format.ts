import type { Locale } from '#cms/content.ts';

const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };
const MINUS = '\u2212';

/** Hundredths as a number with two decimals, its whole part and its decimals apart: `12` and `.50`, `−3` and `.00`. */
export function splitPoints(hundredths: number, isSigned = false): { readonly whole: string; readonly decimals: string } {
	const size = Math.abs(hundredths);
	const sign = hundredths < 0 ? MINUS : isSigned && hundredths > 0 ? '+' : '';
	return { whole: `${sign}${Math.trunc(size / 100)}`, decimals: `.${String(size % 100).padStart(2, '0')}` };
}

/** Hundredths in a sentence: decimals only where there are any. */
export function pointsText(hundredths: number): string {
	const { whole, decimals } = splitPoints(hundredths);
	return decimals === '.00' ? whole : whole + decimals;
}

/** `24 Nov 2026`, `2026/11/24`: for columns. */
export function shortDay(date: Date, locale: Locale, timeZone: string): string {
	const options =
		locale === 'en'
			? ({ day: 'numeric', month: 'short', year: 'numeric' } as const)
			: ({ year: 'numeric', month: '2-digit', day: '2-digit' } as const);
	return new Intl.DateTimeFormat(INTL[locale], { ...options, timeZone }).format(date);
}

/** `24 Nov 2026, 15:04`: for columns of times, in the company's zone. */
export function shortMoment(date: Date, locale: Locale, timeZone: string): string {
	return `${shortDay(date, locale, timeZone)}${locale === 'en' ? ', ' : ' '}${clock(date, locale, timeZone)}`;
}

/** Hundredths of a currency: `€1,250.50`. */
export function money(cents: number, currency: string, locale: Locale): string {
	return new Intl.NumberFormat(INTL[locale], { style: 'currency', currency }).format(cents / 100);
}

/** An amount in the currency's smallest unit, with as many decimals as it has: `€1,250.50`, `¥1,250`. */
export function exactMoney(amount: number, currency: string, locale: Locale): string {
	const format = new Intl.NumberFormat(INTL[locale], { style: 'currency', currency });
	return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** `15:04`. */
export function clock(date: Date, locale: Locale, timeZone: string): string {
	return new Intl.DateTimeFormat(INTL[locale], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(date);
}
