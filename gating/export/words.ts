import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { Cell } from './cell.ts';

const wordOf = (words: Readonly<Record<string, string>>, code: string): string => (Object.hasOwn(words, code) ? (words[code] ?? code) : code);

/** Writers of values in the reader's language and the company's zone. */
export function exportWords(locale: Locale, { site, terms }: Pick<Snapshot, 'site' | 'terms'>) {
	const { console: text, channel } = textsFor(locale);
	const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: site.timeZone });
	const industries = new Map(terms.filter(({ kind }) => kind === 'industry').map(({ slug, name }) => [slug, inLocale(name, locale)]));
	return {
		text: textsFor(locale),
		/** `2026-11-24 15:04`: sorts as text, and spreadsheets take it for a date. */
		moment: (date: Date | null): Cell => date && format.format(date),
		points: (hundredths: number): Cell => hundredths / 100,
		stage: (code: string): Cell => wordOf(text.stage, code),
		state: (code: string): Cell => wordOf(text.workingState, code),
		industry: (slug: string): Cell => industries.get(slug) ?? slug,
		word: wordOf,
		channel,
	};
}
