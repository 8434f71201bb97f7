import type { Locale } from '#cms/content.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

/** What machines need and people do not. */
const HIDDEN = /(?:^|[a-z])(?:Id|Hash)$|^(?:id|hash|version|localDay|receivedAt|basis|props)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

export interface ReadableRecord {
	readonly locale: Locale;
	readonly brand: string;
	readonly timeZone: string;
	readonly madeAt: Date;
	readonly mail: string;
	/** What `privacy.export` gives, part by part. */
	readonly parts: Readonly<Record<string, unknown>>;
}

/** A page in one file with everything kept of a person, without styles or pictures from elsewhere: it opens anywhere, and for ever. */
export function readableRecord({ locale, brand, timeZone, madeAt, mail, parts }: ReadableRecord): string {
	const words = textsFor(locale).privacy.record;
	const moment = new Intl.DateTimeFormat(INTL[locale], { dateStyle: 'medium', timeStyle: 'short', timeZone });
	const nameOf = (name: string, names: Readonly<Record<string, string>>): string => escapeHtml(names[name] ?? name);
	const shown = (row: object): [string, unknown][] => Object.entries(row).filter(([name]) => !HIDDEN.test(name));

	const html = (value: unknown): string => {
		if (value === null || value === undefined || value === '') return `<i>${words.nothing}</i>`;
		if (typeof value === 'boolean') return value ? words.yes : words.no;
		if (value instanceof Date || (typeof value === 'string' && INSTANT.test(value))) return moment.format(new Date(value));
		if (Array.isArray(value)) return listHtml(value);
		if (typeof value === 'object') return recordHtml(value);
		return escapeHtml(String(value as string | number));
	};
	const listHtml = (values: readonly unknown[]): string => {
		if (values.length === 0) return `<i>${words.nothing}</i>`;
		const rows = values.filter((value): value is object => typeof value === 'object' && value !== null);
		if (rows.length < values.length) return values.map(html).join(', ');
		const columns = [...new Set(rows.flatMap((row) => shown(row).map(([name]) => name)))];
		const head = columns.map((name) => `<th>${nameOf(name, words.names)}</th>`).join('');
		const cells = (row: object) => columns.map((name) => `<td>${html((row as Record<string, unknown>)[name])}</td>`).join('');
		return `<div><table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table></div>`;
	};
	const recordHtml = (row: object): string =>
		`<dl>${shown(row)
			.map(([name, value]) => `<dt>${nameOf(name, words.names)}</dt><dd>${html(value)}</dd>`)
			.join('')}</dl>`;

	const title = escapeHtml(fill(words.title, { brand }));
	const sections = Object.entries(parts).map(([name, value]) => `<section><h2>${nameOf(name, words.parts)}</h2>${html(value)}</section>`);
	return (
		`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>` +
		`<body><h1>${title}</h1><p>${escapeHtml(fill(words.made, { date: moment.format(madeAt), mail }))}</p>${sections.join('')}</body></html>\n`
	);
}

const STYLE =
	"body{font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;color:#1d2327;max-width:70rem;margin:2rem auto;padding:0 1.5rem}" +
	'h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #d5dade;padding-top:1rem}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.4rem 1.5rem;margin:0}' +
	'dt{color:#5a646b}dd{margin:0;min-width:0}div{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.35rem 1rem .35rem 0;border-bottom:1px solid #d5dade}' +
	'th{font-weight:600}i{color:#5a646b}@media(max-width:40rem){dl{grid-template-columns:1fr}}';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
