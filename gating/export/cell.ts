/** A value of an exported list. Numbers stay numbers; moments are written in the zone of whoever asked. */
export type Cell = string | number | null;

/** Where a spreadsheet would take a word for a formula: full-width signs too, since some turn them into plain ones. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Words that no spreadsheet takes for a formula. Source: https://owasp.org/www-community/attacks/CSV_Injection */
export function safeWords(text: string): string {
	return FORMULA.test(text) ? `'${text}` : text;
}

/** One line of a CSV file, as RFC 4180 has it. */
export function csvLine(cells: readonly Cell[]): string {
	return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
	const safe = safeWords(cell);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
