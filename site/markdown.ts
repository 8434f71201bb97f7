import { Marked, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';

import type { Locale } from '#cms/content.ts';

import { tieUnits } from './format.ts';

export interface Heading {
	readonly id: string;
	readonly text: string;
	readonly level: number;
}

export interface Rendered {
	/** Safe to put into a page as it is. */
	readonly html: string;
	readonly headings: readonly Heading[];
}

export interface MarkdownOptions {
	readonly locale: Locale;
	/** Goes before each heading's id, where several texts share a page. */
	readonly idPrefix?: string;
	/** The highest level a heading of the text may have on the page; deeper ones move along. Default 2. */
	readonly topLevel?: 2 | 3 | 4;
	/** Turns the JSON of a ```figure block into HTML that is trusted; null leaves it out. */
	readonly figure?: (source: string) => string | null;
}

/** A number alone or with one unit; a dash or nothing stands for a missing one. */
const NUMBER = /^[−–\-±≤≥<>≈]?\s?\d[\d.,\s]*(?:\s?[^\s\d]{1,7})?$|^[–—-]?$/;
const PART_NUMBER = /\b[A-Z]{2,4}\d*-[A-Z0-9]*\d[A-Za-z0-9]*\b|\b(?:IEC|ISO|EN) \d+(?:-\d+)+/g;
/** A symbol with its index, as engineers type it in plain text: `J_L`, `u_13`. */
const INDEXED = /(?<![A-Za-z0-9_])([A-Za-zα-ωΔ])_([A-Za-z]{1,3}|\d{1,2})(?![A-Za-z0-9_])/g;
const POWER = /\^(?:\(([^()<]{1,8})\)|([A-Za-z]|\d+(?:\.\d+)?))(?![A-Za-z0-9])/g;

const ALLOWED: sanitizeHtml.IOptions = {
	allowedTags: [
		'h2',
		'h3',
		'h4',
		'h5',
		'p',
		'a',
		'ul',
		'ol',
		'li',
		'strong',
		'em',
		'b',
		'i',
		'code',
		'pre',
		'blockquote',
		'br',
		'hr',
		'sub',
		'sup',
		'table',
		'thead',
		'tbody',
		'tr',
		'th',
		'td',
		'div',
		'figure',
	],
	allowedAttributes: {
		a: ['href'],
		h2: ['id'],
		h3: ['id'],
		h4: ['id'],
		h5: ['id'],
		td: ['class'],
		th: ['class', 'scope'],
		ol: ['start'],
		div: ['class', 'tabindex', 'role', 'aria-label'],
		figure: ['data-figure'],
	},
	allowedClasses: { td: ['is-number'], th: ['is-number'], div: ['table-scroll'] },
	allowedSchemes: ['https', 'http', 'mailto', 'tel'],
	disallowedTagsMode: 'discard',
};

/** An editor's Markdown as HTML: sanitised, headings with ids, tables in a frame that scrolls, figures drawn. */
export function renderMarkdown(source: string, options: MarkdownOptions): Rendered {
	const headings: Heading[] = [];
	const figures: string[] = [];
	const { topLevel = 2, idPrefix = '' } = options;
	const shift = topLevel - Math.min(...levelsOf(source), 6);
	const marked = new Marked({
		gfm: true,
		renderer: {
			heading({ tokens, depth }) {
				const text = plain(this.parser.parseInline(tokens));
				const level = Math.min(5, Math.max(2, depth + shift));
				const id = uniqueId(idPrefix + slugOf(text), headings);
				headings.push({ id, text, level });
				return `<h${level} id="${id}">${this.parser.parseInline(tokens)}</h${level}>`;
			},
			table(token) {
				return tableHtml(token, (tokens) => this.parser.parseInline(tokens), `${idPrefix}table`);
			},
			code({ text, lang }) {
				if (lang !== 'figure') return `<pre><code>${escapeHtml(text)}</code></pre>`;
				const html = options.figure?.(text) ?? null;
				if (html === null) return '';
				figures.push(html);
				return `<figure data-figure="${figures.length - 1}"></figure>`;
			},
		},
	});
	const clean = tieWords(sanitizeHtml(marked.parse(closeStrong(source), { async: false }), ALLOWED));
	// Figures are our own SVG and come in after cleaning, which would take them apart. An editor's own <figure> has no such place.
	const html = clean
		.replaceAll(/<figure data-figure="(\d+)"><\/figure>/g, (_place, at: string) => figures[Number(at)] ?? '')
		.replaceAll(/<\/?figure data-figure[^>]*>/g, '');
	return { html, headings };
}

/** Marks strong words as tags where a mark stands between Han and punctuation: CommonMark leaves the asterisks of `**重要。**请` standing. */
function closeStrong(source: string): string {
	return source.replaceAll(/\*\*([^*\n]+)\*\*(?!\*)/g, (pair, words: string, at: number) =>
		/[\p{Po}\p{Pe}\p{Pf}]$/u.test(words) && /^\p{Script=Han}/u.test(source.slice(at + pair.length)) ? `<strong>${words}</strong>` : pair,
	);
}

/** In the text between tags: keeps numbers with their units and part numbers on one line, sets indices and powers. */
function tieWords(html: string): string {
	return html.replaceAll(/>[^<]+/g, (text) =>
		tieUnits(text)
			.replaceAll(PART_NUMBER, '<span class="part">$&</span>')
			.replaceAll(INDEXED, '$1<sub>$2</sub>')
			.replaceAll(POWER, '<sup>$1$2</sup>'),
	);
}

/** Titles of the pages of a paper: the first heading of each, or null. */
export function firstHeading(source: string): string | null {
	return /^#{1,4}\s+(.+?)\s*#*$/m.exec(source)?.[1]?.replaceAll(/[*_`]/g, '') ?? null;
}

function levelsOf(source: string): readonly number[] {
	return [...source.matchAll(/^(#{1,6})\s/gm)].map((match) => match[1]?.length ?? 6);
}

/** A table whose columns of numbers stand at the right, told by their cells. */
function tableHtml(token: Tokens.Table, inline: (tokens: Tokens.TableCell['tokens']) => string, _label: string): string {
	const isNumber = token.header.map(
		(_cell, column) => column > 0 && token.rows.length > 0 && token.rows.every((row) => NUMBER.test(row[column]?.text ?? '')),
	);
	const mark = (column: number): string => (isNumber[column] ? ' class="is-number"' : '');
	const head = token.header.map((cell, column) => `<th scope="col"${mark(column)}>${inline(cell.tokens)}</th>`).join('');
	const rows = token.rows.map((row) => `<tr>${row.map((cell, column) => `<td${mark(column)}>${inline(cell.tokens)}</td>`).join('')}</tr>`).join('');
	const name = escapeHtml(
		token.header
			.map((cell) => cell.text)
			.filter(Boolean)
			.join(', '),
	);
	return `<div class="table-scroll" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function slugOf(text: string): string {
	return (
		text
			.toLowerCase()
			.normalize('NFKD')
			.replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
			.replaceAll(/^-|-$/g, '') || 'section'
	);
}

function uniqueId(wanted: string, headings: readonly Heading[]): string {
	const taken = new Set(headings.map((heading) => heading.id));
	for (let n = 1; ; n++) {
		const id = n === 1 ? wanted : `${wanted}-${n}`;
		if (!taken.has(id)) return id;
	}
}

const plain = (html: string): string => unescapeHtml(html.replaceAll(/<[^>]+>/g, ''));
const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const unescapeHtml = (html: string): string =>
	html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
