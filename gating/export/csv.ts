import { type Cell, csvLine } from './cell.ts';

type Rows = readonly (readonly Cell[])[];

/** So that Excel takes the file for UTF-8. */
const MARK = '\u{FEFF}';

/** A CSV file, page by page: memory holds one page. */
export async function* csvOf(heads: readonly string[], pages: AsyncIterable<Rows>): AsyncGenerator<Uint8Array> {
	yield Buffer.from(MARK + csvLine(heads));
	for await (const page of pages) yield Buffer.from(page.map(csvLine).join(''));
}
