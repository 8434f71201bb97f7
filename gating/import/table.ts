import { cellsOf, type CsvRow } from './csv.ts';
import { hasHeading, targetsOf } from './guess.ts';

/** How far into a file its list may begin: platforms put facts, hosts and panelists before their attendees. */
const SEARCHED_ROWS = 5_000;
const ATTENDEES = /^(?:attendee details|attendees|参会者详情|参会者明细|与会者详情|观众详情)\W*$/iu;

/** The list within a file. */
export interface Table {
	/** Its first row; headings or not. */
	readonly first: readonly string[];
	readonly hasHead: boolean;
	/** The rows under the head, counted from 1. */
	rows(): Generator<CsvRow>;
}

/**
 * Finds the list in a file: all of it, unless a heading with a mail column stands further down, as in reports of webinar platforms. Of several
 * lists the attendees', up to the next title.
 */
export function openTable(text: string, separator: string): Table {
	const begin = beginOf(text, separator);
	let first: readonly string[] = [];
	for (const [index, cells] of numbered(text, separator)) {
		first = cells;
		if (index === begin) break;
	}
	const hasHead = hasHeading(first);
	return {
		first,
		hasHead,
		*rows() {
			let row = 0;
			for (const [index, cells] of numbered(text, separator)) {
				if (index < begin || (hasHead && index === begin)) continue;
				if (begin > 0 && isTitle(cells)) return;
				yield { row: ++row, cells };
			}
		},
	};
}

function beginOf(text: string, separator: string): number {
	let found = 0;
	let isAfterTitle = false;
	for (const [index, cells] of numbered(text, separator)) {
		if (index > SEARCHED_ROWS) break;
		const isHead = namesPeople(cells);
		if (isHead && (index === 0 || isAfterTitle)) return index;
		if (isHead && found === 0) found = index;
		isAfterTitle = ATTENDEES.test((cells[0] ?? '').trim()) && isTitle(cells);
	}
	return found;
}

/** A heading of a list of people: a mail column and two more that lists have. */
function namesPeople(cells: readonly string[]): boolean {
	if (cells.some((cell) => cell.includes('@'))) return false;
	const targets = targetsOf(cells);
	return targets.has('email') && targets.size >= 3;
}

const isTitle = (cells: readonly string[]): boolean =>
	(cells[0] ?? '').trim() !== '' && !(cells[0] ?? '').includes('@') && cells.slice(1).every((cell) => cell.trim() === '');

function* numbered(text: string, separator: string): Generator<readonly [number, readonly string[]]> {
	let index = 0;
	for (const cells of cellsOf(text, separator)) yield [index++, cells];
}
