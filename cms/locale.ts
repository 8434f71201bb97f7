/** The languages of the site. English is at the root, Chinese under `/zh-CN`. */
export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** Text in each language; `''` where the editor left it empty. Read it with {@link inLocale}. */
export type LocalisedText = Readonly<Record<Locale, string>>;

/** The text in `locale`, or in the other language where that is empty: a missing translation never empties a page. */
export function inLocale(text: LocalisedText, locale: Locale): string {
	return text[locale] || text[locale === 'en' ? 'zh-CN' : 'en'];
}
