import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

import type { Cell } from './cell.ts';

type Rows = readonly (readonly Cell[])[];

/** What a sheet of XLSX can hold, its head included. */
export const MOST_XLSX_ROWS = 1_048_576;
const LONGEST_WORDS = 32_767;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook of one sheet that say nothing of its cells. */
const PARTS: Readonly<Record<string, string>> = {
	'[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
	'_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Foyer" sheetId="1" r:id="rId1"/></sheets></workbook>`,
	'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/**
 * A workbook of one sheet, page by page: memory holds one page, and the packing runs beside the main thread. Words are words there, never formulas.
 *
 * Source: ECMA-376 (parts of a workbook), PKWARE APPNOTE 6.3 (data descriptors).
 */
export async function* xlsxOf(heads: readonly string[], pages: AsyncIterable<Rows>): AsyncGenerator<Uint8Array> {
	const entries: Entry[] = [];
	let offset = 0;
	const passed = (bytes: Uint8Array): Uint8Array => {
		offset += bytes.length;
		return bytes;
	};
	for (const [name, text] of Object.entries(PARTS)) {
		const bytes = Buffer.from(HEAD + text);
		const entry = { name, method: 0, flags: 0, crc: crc32(bytes), packed: bytes.length, size: bytes.length, offset };
		entries.push(entry);
		yield passed(localHeader(entry));
		yield passed(bytes);
	}
	const sheet: Entry = { name: 'xl/worksheets/sheet1.xml', method: 8, flags: 8, crc: 0, packed: 0, size: 0, offset };
	yield passed(localHeader(sheet));
	const counted = (async function* () {
		for await (const text of sheetOf(heads, pages)) {
			const bytes = Buffer.from(text);
			sheet.crc = crc32(bytes, sheet.crc);
			sheet.size += bytes.length;
			yield bytes;
		}
	})();
	const source = Readable.from(counted);
	const packing = createDeflateRaw({ level: 6 });
	source.once('error', (error) => packing.destroy(error));
	for await (const chunk of source.pipe(packing) as AsyncIterable<Buffer>) {
		sheet.packed += chunk.length;
		yield passed(chunk);
	}
	yield passed(numbers([0x08074b50, 4], [sheet.crc, 4], [sheet.packed, 4], [sheet.size, 4]));
	entries.push(sheet);
	const directoryAt = offset;
	for (const entry of entries) yield passed(directoryEntry(entry));
	yield numbers([0x06054b50, 4], [0, 4], [entries.length, 2], [entries.length, 2], [offset - directoryAt, 4], [directoryAt, 4], [0, 2]);
}

async function* sheetOf(heads: readonly string[], pages: AsyncIterable<Rows>): AsyncGenerator<string> {
	let row = 1;
	yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${rowOf(heads, row)}`;
	for await (const page of pages) yield page.map((cells) => rowOf(cells, (row += 1))).join('');
	yield '</sheetData></worksheet>';
}

const rowOf = (cells: readonly Cell[], row: number): string =>
	`<row r="${row}">${cells.map((cell, at) => cellOf(cell, lettersOf(at) + row)).join('')}</row>`;

/** `A`, …, `Z`, `AA`: for fewer than 702 columns. */
const lettersOf = (at: number): string => (at < 26 ? '' : String.fromCodePoint(64 + Math.floor(at / 26))) + String.fromCodePoint(65 + (at % 26));

function cellOf(cell: Cell, address: string): string {
	if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
	if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
	return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, LONGEST_WORDS))}</t></is></c>`;
}

/** Signs that XML cannot hold are left out. */
function escaped(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}

interface Entry {
	readonly name: string;
	/** 0 as it is, 8 deflated. */
	readonly method: number;
	/** 8: sizes follow the bytes. */
	readonly flags: number;
	crc: number;
	packed: number;
	size: number;
	readonly offset: number;
}

/** The first of January 1980, since the file says nothing of when it was made. */
const DAY = 0x21;

type Field = readonly [value: number, bytes: 2 | 4];

/** What a header and its entry in the directory both say. */
const described = ({ name, method, flags, crc, packed, size }: Entry): Field[] => [
	...([[20, 2], [flags, 2], [method, 2], [0, 2], [DAY, 2]] satisfies Field[]), // prettier-ignore
	...([[crc, 4], [packed, 4], [size, 4], [name.length, 2], [0, 2]] satisfies Field[]), // prettier-ignore
];

const localHeader = (entry: Entry): Buffer => Buffer.concat([numbers([0x04034b50, 4], ...described(entry)), Buffer.from(entry.name)]);

function directoryEntry(entry: Entry): Buffer {
	const fields = numbers([0x02014b50, 4], [20, 2], ...described(entry), [0, 2], [0, 2], [0, 2], [0, 4], [entry.offset, 4]);
	return Buffer.concat([fields, Buffer.from(entry.name)]);
}

/** Numbers as little-endian bytes, each with its width. */
function numbers(...fields: readonly Field[]): Buffer {
	const out = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
	let at = 0;
	for (const [value, bytes] of fields) at = out.writeUIntLE(value, at, bytes);
	return out;
}
