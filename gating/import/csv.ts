import Papa from 'papaparse';

const SEPARATORS = [',', ';', '\t', '|'] as const;
const SNIFFED_CHARACTERS = 65_536;
const WINDOW_CHARACTERS = 1_048_576;

/** One row: its number, 1 for the first under the header, and its cells. */
export interface CsvRow {
	readonly row: number;
	readonly cells: readonly string[];
}

/** The separator that cuts the beginning of a text into most rows alike. */
export function sniffSeparator(text: string): string {
	let best = { separator: ',', score: 0 };
	for (const separator of SEPARATORS) {
		const { data } = Papa.parse<string[]>(text.slice(0, SNIFFED_CHARACTERS), { delimiter: separator, preview: 30, skipEmptyLines: 'greedy' });
		const widths = data.map(({ length }) => length);
		const width = commonest(widths);
		const alike = widths.filter((other) => other === width).length / Math.max(1, widths.length);
		const score = width > 1 ? alike * 1_000 + width : 0;
		if (score > best.score) best = { separator, score };
	}
	return best.separator;
}

/** Facts may stand before a list: its own rows are the most. */
function commonest(widths: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
	return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [1, 0])[0];
}

/**
 * Every row of a CSV text, one after another, whatever its line ends; quoted cells may hold separators, quotes and line ends. Rows without a word are
 * left out. Reads the text in windows, so that only a part of it lies in memory as cells.
 */
export function* cellsOf(text: string, separator: string): Generator<readonly string[]> {
	let at = 0;
	let size = WINDOW_CHARACTERS;
	const newline = /\r\n|\n|\r/.exec(text.slice(0, SNIFFED_CHARACTERS))?.[0] as '\r\n' | '\n' | '\r' | undefined;
	while (at < text.length) {
		const isLast = at + size >= text.length;
		const rows: { readonly cells: string[]; readonly end: number }[] = [];
		Papa.parse<string[]>(text.slice(at, at + size), {
			delimiter: separator,
			...(newline ? { newline } : {}),
			step: ({ data, meta }) => void rows.push({ cells: data, end: meta.cursor }),
		});
		// The last row of a window may go on behind it.
		const whole = isLast ? rows : rows.slice(0, -1);
		for (const { cells } of whole) if (cells.some((cell) => cell.trim() !== '')) yield cells;
		if (isLast) return;
		const end = whole.at(-1)?.end ?? 0;
		at += end;
		size = end === 0 ? size * 2 : WINDOW_CHARACTERS;
	}
}

/** Cells as a line of CSV that no spreadsheet takes for a formula. Source: OWASP, CSV Injection. */
export function csvLine(cells: readonly string[], separator = ','): string {
	return Papa.unparse([cells.map(neutralise)], { delimiter: separator, newline: '\r\n' });
}

/** A cell that a spreadsheet shows as it is: what begins like a formula gets an apostrophe before it. */
export function neutralise(cell: string): string {
	return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** Takes that apostrophe off again. */
export function plainCell(cell: string): string {
	return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
