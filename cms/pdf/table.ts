import type { Piece } from './line-break.ts';
import { GRID, HAIR, INK, layLines, type Sheet, type TextStyle, writeLine } from './sheet.ts';

const GAP = 10;

export interface Table {
	/** Null where the first column names the rows. */
	readonly header: readonly (readonly Piece[])[] | null;
	readonly rows: readonly (readonly (readonly Piece[])[])[];
}

export interface TableOptions {
	/** Space above and below a row's text, together; points. */
	readonly pad?: number;
	/** Fixed widths of the columns as shares of the whole. */
	readonly shares?: readonly number[];
}

/** Draws a table from `x` to the right margin: hairlines only, numbers to the right, the header again on each page. */
export function drawTable(sheet: Sheet, { header, rows }: Table, x: number, style: TextStyle, { pad = 5.9, shares }: TableOptions = {}): void {
	const { set } = sheet;
	const columns = header ?? rows[0] ?? [];
	const isNumber = columns.map(
		(_cell, column) => header !== null && column > 0 && rows.length > 0 && rows.every((row) => isNumeric(textOf(row[column] ?? []))),
	);
	const total = GRID.right - x;
	const widths = shares
		? shares.map((share) => share * (total - GAP * (shares.length - 1)))
		: columnWidths(sheet, header ? [header, ...rows] : rows, total, style.size);
	const starts = widths.map((_width, column) => x + widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0));
	const draw = (row: readonly (readonly Piece[])[], isHeader = false): void => {
		set.tags.group('TR', () =>
			row.forEach((cell, column) => set.tags.leaf(isHeader || (header === null && column === 0) ? 'TH' : 'TD', () => drawCell(cell, column))),
		);
		sheet.y += rowHeight(row);
	};
	const drawCell = (cell: readonly Piece[], column: number): void => {
		const start = starts[column] ?? x;
		const width = widths[column] ?? 0;
		for (const [at, line] of layLines(set, cell, width, style.size).entries()) {
			const used = line.reduce((sum, piece) => sum + set.width(piece.text, style.size, piece.isBold), 0);
			writeLine(set, line, isNumber[column] ? start + width - used : start, sheet.y + pad * 0.7 + style.size * 0.95 + at * style.leading, style);
		}
	};
	const rowHeight = (row: readonly (readonly Piece[])[]): number =>
		Math.max(1, ...row.map((cell, column) => layLines(set, cell, widths[column] ?? 0, style.size).length)) * style.leading + pad;
	const drawHeader = (): void => {
		sheet.rule(x, GRID.right - x, 1, INK);
		if (header === null) return;
		draw(header, true);
		sheet.rule(x, GRID.right - x, 0.5, INK);
	};

	sheet.ensure((header ? rowHeight(header) : 0) + rows.slice(0, 2).reduce((sum, row) => sum + rowHeight(row), 0));
	set.tags.group('Table', () => {
		drawHeader();
		for (const row of rows) {
			const page = sheet.page();
			sheet.ensure(rowHeight(row));
			if (sheet.page() !== page) drawHeader();
			draw(row);
			sheet.rule(x, GRID.right - x, 0.4, HAIR);
		}
	});
}

/** Each column as wide as its widest cell, as long as they fit; otherwise the wide ones share what the narrow ones leave. */
function columnWidths(sheet: Sheet, rows: readonly (readonly (readonly Piece[])[])[], total: number, size: number): number[] {
	const count = rows[0]?.length ?? 0;
	const room = total - GAP * (count - 1);
	const natural = Array.from({ length: count }, (_, column) =>
		Math.max(12, ...rows.map((row) => (row[column] ?? []).reduce((sum, piece) => sum + sheet.set.width(piece.text, size, piece.isBold), 0) + 0.5)),
	);
	const sum = natural.reduce((a, b) => a + b, 0);
	if (sum <= room) return natural.map((width) => width + (room - sum) / count);
	let fair = room / count;
	for (let round = 0; round < count; round++) {
		const narrow = natural.filter((width) => width <= fair);
		if (narrow.length === count) break;
		fair = (room - narrow.reduce((a, b) => a + b, 0)) / (count - narrow.length);
	}
	return natural.map((width) => Math.min(width, fair));
}

function textOf(cell: readonly Piece[]): string {
	return cell.map((piece) => piece.text).join('');
}

function isNumeric(text: string): boolean {
	return /^[−–±≤≥<>≈-]?\s?[\d.,\s]*\d[\d.,\s]*(?:\s?[%°])?$|^[–—-]?$/.test(text);
}
