import type { Locale } from '../content.ts';
import { createTypesetter, finish } from './face.ts';
import { piecesOf } from './line-break.ts';
import { drawMargins } from './paper.ts';
import { createSheet, GRID, lineText, layText, QUIET } from './sheet.ts';
import { drawTable } from './table.ts';

/** Reports in words; structured-cloneable, so that a worker can set them. */
export interface ReportText {
	readonly locale: Locale;
	readonly brand: string;
	readonly title: string;
	/** The period. */
	readonly occasion: string;
	readonly sections: readonly ReportSection[];
}

export interface ReportSection {
	readonly title: string;
	readonly heads: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** Said under the title; '' for nothing. */
	readonly note: string;
}

const CELL = { size: 7.6, leading: 10.6 } as const;
const NOTE = { size: 8.8, leading: 12.6, colour: QUIET } as const;
/** What a section needs on its page to begin there. */
const BEGINNING = 96;

/** Sets reports as A4, one after another. Resolves with the PDF's bytes. */
export async function reportPdf({ locale, brand, title, occasion, sections }: ReportText): Promise<Buffer> {
	const set = createTypesetter(locale, { title: `${title}, ${occasion}`, author: brand });
	const sheet = createSheet(set);
	const margins = (): void => drawMargins(set, { left: brand, right: occasion, title, page: String(sheet.page()) });
	const { turn } = sheet;
	sheet.turn = () => {
		turn();
		margins();
	};
	sheet.ensure = (height) => {
		if (sheet.y + height > GRID.bottom) sheet.turn();
	};
	sheet.turn();
	set.tags.leaf('H1', () => set.write(title, GRID.left, sheet.y + 20, 20, { isBold: true }));
	sheet.y += 44;
	for (const section of sections) {
		sheet.ensure(BEGINNING);
		set.tags.leaf('H2', () => set.write(lineText(layText(set, section.title, GRID.right - GRID.left, 12, true)[0] ?? []), GRID.left, sheet.y + 14, 12, { isBold: true })); // prettier-ignore
		sheet.y += 24;
		if (section.note !== '') sheet.lines(piecesOf(section.note, false), GRID.left, GRID.right - GRID.left, NOTE);
		if (section.rows.length > 0) {
			sheet.y += 4;
			const cells = (row: readonly string[], isBold: boolean) => row.map((cell) => piecesOf(cell, isBold));
			drawTable(sheet, { header: cells(section.heads, true), rows: section.rows.map((row) => cells(row, false)) }, GRID.left, CELL, { pad: 4 });
		}
		sheet.y += 22;
	}
	return finish(set);
}
