import type { Question } from '../content.ts';
import { piecesOf } from './line-break.ts';
import { GRID, HAIR, INK, layText, lineText, QUIET, type Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

export interface PrintedFigure {
	readonly name: string;
	readonly value: string;
	readonly unit: string;
}
export interface PrintedSpecification extends PrintedFigure {
	readonly group: string;
}
export type PrintedQuestion = { readonly [K in keyof Question]: string };

export const SMALL = { size: 8, leading: 9.6 };
export const LINE = { size: 9.4, leading: 14.5 };
const GAP = 10;

/** The figures that matter, side by side. */
export function drawFigures(sheet: Sheet, figures: readonly PrintedFigure[]): void {
	if (figures.length === 0) return;
	const { set } = sheet;
	const column = (GRID.right - GRID.left) / figures.length;
	const names = figures.map(({ name }) =>
		layText(set, name, column - GAP, 7.6)
			.slice(0, 3)
			.map(lineText),
	);
	const rows = Math.max(...names.map((lines) => lines.length));
	sheet.ensure(60 + rows * 9);
	sheet.rule(GRID.left, GRID.right - GRID.left, 1, INK);
	const base = sheet.y + 15 + (rows - 1) * 9 + 20;
	for (const [at, { value, unit }] of figures.entries()) {
		const x = GRID.left + column * at;
		set.tags.leaf('P', () => {
			names[at]?.forEach((line, row) => set.write(line, x, sheet.y + 15 + row * 9, 7.6, { colour: QUIET }));
			const size = sizeFor(set.width(value, 1, true), set.width(unit, 1), column - GAP);
			set.write(value, x, base, size, { isBold: true });
			set.write(unit, x + set.width(value, size, true) + 3, base, size * 0.56, { colour: QUIET });
		});
	}
	sheet.y = base + 11;
	sheet.rule(GRID.left, GRID.right - GRID.left, 0.5, HAIR);
	sheet.y += 18;
}

/** The size at which a value with its unit at 0.56 of it fits; 15 pt at most. */
function sizeFor(valueAtOne: number, unitAtOne: number, room: number): number {
	return Math.min(15, (room - 3) / Math.max(0.1, valueAtOne + unitAtOne * 0.56));
}

/** Specifications by group: the group in the margin, its rows beside it. */
export function drawSpecifications(sheet: Sheet, specifications: readonly PrintedSpecification[]): void {
	for (const [group, rows] of Map.groupBy(specifications, (entry) => entry.group)) {
		sheet.ensure(60);
		drawMarginHeading(sheet, group);
		const cells = rows.map(({ name, value, unit }) => [piecesOf(name, false), piecesOf(unit ? `${value} ${unit}` : value, false)]);
		drawTable(sheet, { header: null, rows: cells }, GRID.text, SMALL, { pad: 3.6, shares: [0.55, 0.45] });
		sheet.y += 9;
	}
}

export function drawQuestions(sheet: Sheet, questions: readonly PrintedQuestion[], heading: string): void {
	sheet.ensure(80);
	drawMarginHeading(sheet, heading);
	for (const { question, answer } of questions) {
		sheet.ensure(44);
		sheet.lines(piecesOf(question, true), GRID.text, GRID.right - GRID.text, LINE);
		sheet.lines(piecesOf(answer, false), GRID.text, GRID.right - GRID.text, LINE);
		sheet.y += 8;
	}
}

/** A heading in the margin column, level with what follows; long ones wrap there. */
export function drawMarginHeading(sheet: Sheet, heading: string): void {
	const { set } = sheet;
	set.tags.leaf('H3', () => {
		for (const [at, line] of layText(set, heading, GRID.text - GRID.left - GAP, 8.8, true).entries())
			set.write(lineText(line), GRID.left, sheet.y + 11 + at * 11, 8.8, { isBold: true });
	});
}
