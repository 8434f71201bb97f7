/** Charts in editors' texts: what they say, and how they are drawn. Shared by the site (SVG) and the PDFs. */
import type { Locale } from './content.ts';
import { drawFigure, type Shape } from './figure-drawing.ts';
import { axisLabel, type Figure } from './figure-model.ts';

export { type Drawing, drawFigure, type Shape } from './figure-drawing.ts';
export { type Figure, figureTable, parseFigure } from './figure-model.ts';

const SVG_WIDTH = 680;

/**
 * The figure as an SVG element of its own, without title and source, which belong into the caption. Lines and areas have classes
 * (`figure-grid`, `figure-axis`, `figure-series-1` …) and plain attributes as a fall-back; no style attribute, no id.
 */
export function figureSvg(figure: Figure, locale: Locale): string {
	const { width, height, shapes } = drawFigure(figure, locale, { width: SVG_WIDTH, fontSize: 13 });
	const label = `${figure.title}. ${axisLabel(figure.y, locale)}; ${axisLabel(figure.x, locale)}.`;
	return `<svg class="figure-drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(label)}" font-size="13" fill="none">${shapes.map(svgShape).join('')}</svg>`;
}

const DASHES = ['', '', '7 4', '2 4', '10 3 2 3', '4 2', '1 3'];

function svgShape(shape: Shape): string {
	switch (shape.kind) {
		case 'line':
			return `<path class="figure-${shape.role}" d="M${shape.from.join(' ')}L${shape.to.join(' ')}" stroke="currentColor" stroke-width="${shape.role === 'grid' ? 0.5 : 1}"${shape.role === 'grid' ? ' stroke-opacity=".25"' : ''}/>`;
		case 'curve': {
			const dash = DASHES[shape.series] ?? '';
			return `<path class="figure-curve figure-series-${shape.series}" d="M${shape.points.map((point) => point.join(' ')).join('L')}" stroke="currentColor" stroke-width="2" stroke-linejoin="round"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
		}
		case 'point':
			return `<circle class="figure-point figure-series-${shape.series}" cx="${shape.at[0]}" cy="${shape.at[1]}" r="3" fill="currentColor"/>`;
		case 'bar':
			return `<rect class="figure-bar figure-series-${shape.series}" x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="currentColor" fill-opacity="${[1, 1, 0.45, 0.2, 0.7, 0.3, 0.1][shape.series] ?? 1}"/>`;
		case 'text':
			return `<text class="figure-text figure-${shape.role}" x="${shape.x}" y="${shape.y}" text-anchor="${shape.anchor}" fill="currentColor">${escape(shape.text)}</text>`;
	}
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
