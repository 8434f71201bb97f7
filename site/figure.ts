import type { Locale } from '#cms/content.ts';
import { figureSvg, figureTable, parseFigure } from '#cms/figure.ts';
import type { Texts } from '#kernel/texts/texts.ts';

/** A figure of an editor's text as HTML: title, legend, drawing, source, and its numbers as a table; null when it cannot be read. */
export function figureHtml(source: string, locale: Locale, texts: Texts): string | null {
	const figure = parseFigure(source);
	if (!figure) return null;
	const { header, rows } = figureTable(figure, locale);
	const head = header.map((name, column) => `<th scope="col"${column > 0 ? ' class="is-number"' : ''}>${escape(name)}</th>`).join('');
	const body = rows
		.map((row) => `<tr>${row.map((cell, column) => `<td${column > 0 ? ' class="is-number"' : ''}>${escape(cell)}</td>`).join('')}</tr>`)
		.join('');
	return [
		'<figure class="chart">',
		`<figcaption class="figure-title">${escape(figure.title)}</figcaption>`,
		`<div class="figure-frame" tabindex="0" role="group" aria-label="${escape(figure.title)}">${figureSvg(figure, locale)}</div>`,
		figure.source === '' ? '' : `<p class="figure-source">${escape(figure.source)}</p>`,
		`<details class="figure-data"><summary>${escape(texts.site.figure.data)}</summary><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></details>`,
		'</figure>',
	].join('');
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
