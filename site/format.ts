import type { Locale } from '#cms/content.ts';
import { createRecent } from '#kernel/recent.ts';

const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };
const THIN_SPACE = '\u202f';

const FORMATTERS = createRecent<string, Intl.DateTimeFormat>(200);

/** Making a formatter costs a hundred times what using it does. `name` stands for its options. */
function dateFormat(name: string, locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${name} ${locale} ${timeZone}`;
	const known = FORMATTERS.get(key);
	if (known) return known;
	const made = new Intl.DateTimeFormat(INTL[locale], { ...options, timeZone });
	FORMATTERS.set(key, made);
	return made;
}

/** `25 August 2026`, `2026年8月25日`. */
export function formatDate(date: Date, locale: Locale, timeZone: string): string {
	return dateFormat('date', locale, timeZone, { day: 'numeric', month: 'long', year: 'numeric' }).format(date);
}

/** `Tue 24 Nov 2026`, `2026年11月24日周二`. */
export function formatDayShort(date: Date, locale: Locale, timeZone: string): string {
	return dateFormat('day', locale, timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** The parts of a date that a mark sets apart: `1`, `Dec`, `Tue`; in Chinese `1` with `日` behind it, `12月`, `周二`. */
export function dayParts(
	date: Date,
	locale: Locale,
	timeZone: string,
): { readonly day: string; readonly afterDay: string; readonly month: string; readonly weekday: string } {
	const parts = dateFormat('parts', locale, timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).formatToParts(date);
	const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
	return locale === 'en'
		? { day: of('day'), afterDay: '', month: of('month'), weekday: of('weekday') }
		: { day: of('day'), afterDay: '日', month: of('month').replace(/月?$/, '月'), weekday: of('weekday') };
}

/** `15:00 CET`, `15:00（UTC+1）`: with the zone's name, since the reader may sit in another one. */
export function formatTime(date: Date, locale: Locale, timeZone: string): string {
	const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
	if (locale === 'en') return new Intl.DateTimeFormat(INTL.en, { ...clock, timeZoneName: 'short' }).format(date);
	const parts = new Intl.DateTimeFormat(INTL.en, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(date);
	const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
	return `${new Intl.DateTimeFormat(INTL[locale], clock).format(date)}（${offset.replace('GMT', 'UTC')}）`;
}

/** `1.4 MB`, `820 kB`, decimal units with a thin space. */
export function formatSize(bytes: number, locale: Locale): string {
	const [value, unit] = bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [Math.max(1, bytes / 1e3), 'kB'];
	return `${new Intl.NumberFormat(INTL[locale], { maximumFractionDigits: unit === 'MB' ? 1 : 0 }).format(value)}${THIN_SPACE}${unit}`;
}

/** A unit as it follows its value: after a thin space that does not break. */
export function unitAfter(unit: string): string {
	return unit === '' ? '' : THIN_SPACE + unit;
}

const UNIT =
	/(\d) (?=(?:[kMGmµn]?(?:W|Wh|V|VA|A|N|Nm|J|Hz|g|m|s|h|Ω|F|H|bit|bar|Pa|K)|N·m|kg·[cm]m?²|min(?:⁻¹)?|mm\/s|°C|%|dB(?:\(A\))?|kvar|arcmin|Mbit\/s)(?![\p{Script=Latin}\p{Script=Greek}\p{Number}]))/gu;

/** Ties numbers to the units behind them with a thin space, so that no line begins with a unit, thousands to each other and factors to their sign. */
export function tieUnits(text: string): string {
	return text
		.replaceAll(/(?<=\d) (?=\d{3}(?!\d))/g, THIN_SPACE)
		.replaceAll(UNIT, `$1${THIN_SPACE}`)
		.replaceAll(/(?<=\d) × (?=\d)/g, '\u00a0×\u00a0');
}

/** Keeps a phone number on one line. */
export function tiePhone(text: string): string {
	return text.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
}

/** Keeps a designation with hyphens on one line, as `IEC 61800-5-2`: for words that are read, not copied. */
export function tieHyphens(text: string): string {
	return text.replaceAll(/(?<=[A-Z0-9])-(?=[A-Z0-9])/g, '\u2060-\u2060').replaceAll(/(?<=\b(?:IEC|ISO|EN)) (?=\d)/g, '\u00a0');
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });

/** A Chinese text in its words, each with the particle or punctuation behind it: where a large title may break. */
export function wordsOf(text: string): readonly string[] {
	const words: string[] = [];
	for (const { segment, isWordLike } of SEGMENTER.segment(text)) {
		const last = words.pop();
		if (last === undefined) words.push(segment);
		else if (isWordLike && !/[的与和及]$/.test(segment) && segment.length + last.length > 2) words.push(last, segment);
		else words.push(last + segment);
	}
	return words;
}

/** The words of a description, cut at a sentence or word near `length` characters. */
export function excerpt(text: string, length = 160): string {
	const plain = text
		.replaceAll(/[#*_`>|]/g, '')
		.replaceAll(/\s+/g, ' ')
		.trim();
	if (plain.length <= length) return plain;
	const cut = plain.slice(0, length - 1);
	const space = cut.lastIndexOf(' ');
	return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}
