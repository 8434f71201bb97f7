import { type Drawing, drawFigure, type Figure } from '../figure.ts';
import { piecesOf } from './line-break.ts';
import { BRAND, GRID, HAIR, INK, layText, QUIET, type Sheet } from './sheet.ts';

const SIZE = 7.6;
const CURVES = [BRAND, '#b26a00', INK, QUIET, BRAND, INK];
const DASHES: readonly (readonly number[])[] = [[], [], [4, 2.4], [1, 2], [6, 2, 1, 2], [2, 1.4]];
const BARS = [BRAND, '#8fb3ba', '#26333a', '#c9d7da', '#b26a00', '#e3c58f'];

/** Draws a figure with its number and title above and its source below. */
export function drawFigureBlock(sheet: Sheet, figure: Figure, heading: string): void {
	const { set } = sheet;
	const width = GRID.right - GRID.text;
	const drawing = drawFigure(figure, set.locale, { width, fontSize: SIZE, measure: (text) => set.width(text, SIZE) });
	const title = layText(set, figure.title, width, 8.8, true);
	sheet.ensure(drawing.height + title.length * 12 + 40);
	sheet.rule(GRID.left, GRID.right - GRID.left, 0.5, INK);
	set.write(heading, GRID.left, sheet.y + 14, 8.8, { colour: QUIET });
	sheet.y += 5;
	sheet.lines(piecesOf(figure.title, true), GRID.text, width, { size: 8.8, leading: 12 });
	sheet.y += 6;
	drawShapes(sheet, drawing, GRID.text, sheet.y);
	sheet.y += drawing.height + 4;
	if (figure.source) sheet.lines(piecesOf(figure.source, false), GRID.text, width, { size: 7.4, leading: 10.5, colour: QUIET });
	sheet.y += 14;
}

function drawShapes({ set }: Sheet, { shapes }: Drawing, left: number, top: number): void {
	const { doc } = set;
	for (const shape of shapes) {
		switch (shape.kind) {
			case 'line':
				doc.moveTo(left + shape.from[0], top + shape.from[1]).lineTo(left + shape.to[0], top + shape.to[1]);
				doc
					.lineWidth(shape.role === 'grid' ? 0.35 : 0.7)
					.strokeColor(shape.role === 'grid' ? HAIR : INK)
					.stroke();
				break;
			case 'curve': {
				const [first, ...rest] = shape.points;
				if (!first) break;
				doc.moveTo(left + first[0], top + first[1]);
				for (const [x, y] of rest) doc.lineTo(left + x, top + y);
				const dash = DASHES[shape.series] ?? [];
				if (dash.length > 0) doc.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
				doc.lineWidth(1.3).lineJoin('round').strokeColor(colourOf(CURVES, shape.series)).stroke();
				doc.undash();
				break;
			}
			case 'point':
				doc.circle(left + shape.at[0], top + shape.at[1], 1.9).fill(colourOf(CURVES, shape.series));
				break;
			case 'bar':
				doc.rect(left + shape.x, top + shape.y, shape.width, shape.height).fill(colourOf(BARS, shape.series));
				break;
			case 'text':
				set.write(shape.text, left + shape.x, top + shape.y, SIZE, { align: shape.anchor, colour: shape.role === 'tick' ? QUIET : INK });
		}
	}
}

function colourOf(colours: readonly string[], series: number): string {
	return colours[(series - 1) % colours.length] ?? INK;
}
