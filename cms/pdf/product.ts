import type { Locale } from '../content.ts';
import { createTypesetter, finish } from './face.ts';
import { piecesOf } from './line-break.ts';
import { setMarkdown } from './markdown.ts';
import { drawMargins, pageWords } from './paper.ts';
import { BRAND, createSheet, GRID, HAIR, INK, layTitle, lineText, QUIET, type Sheet } from './sheet.ts';
import { drawTable } from './table.ts';
import { printWords } from './words.ts';

/** A product's data in one language. */
export interface ProductText {
	readonly locale: Locale;
	readonly documentTitle: string;
	readonly partNumber: string;
	readonly name: string;
	readonly tagline: string;
	readonly summary: string;
	readonly body: string;
	readonly figures: readonly { readonly name: string; readonly value: string; readonly unit: string }[];
	readonly specifications: readonly { readonly group: string; readonly name: string; readonly value: string; readonly unit: string }[];
	readonly faq: readonly { readonly question: string; readonly answer: string }[];
}

/** A document of a product; structured-cloneable, so that a worker can set it. */
export interface ProductDocumentText {
	readonly kind: 'datasheet' | 'manual' | 'certificate';
	readonly brand: string;
	readonly version: string;
	/** PNG, 4 : 3. */
	readonly drawing: Uint8Array;
	/** One part for each language, in this order. */
	readonly parts: readonly ProductText[];
}

const SMALL = { size: 8, leading: 9.6 };
const LINE = { size: 9.4, leading: 14.5 };

/** Sets a data sheet, manual or declaration of a product as A4, its languages one after the other. Resolves with the PDF's bytes. */
export async function productPdf(document: ProductDocumentText): Promise<Buffer> {
	const [first] = document.parts;
	if (!first) throw new Error('a document needs a language');
	const root = createTypesetter(first.locale, { title: first.documentTitle, author: document.brand });
	const pages: ProductText[] = [];
	for (const part of document.parts) {
		const sheet = createSheet(root.inLocale(part.locale));
		const counted: Sheet = sheet;
		const turn = sheet.turn;
		counted.turn = () => {
			turn();
			pages.push(part);
		};
		counted.turn();
		drawHead(sheet, part, document);
		if (document.kind === 'certificate') drawDeclaration(sheet, part);
		if (document.kind === 'manual') setMarkdown(sheet, part.body, { figureHeading: () => '' });
		if (document.kind !== 'certificate') drawSpecifications(sheet, part);
		if (document.kind === 'manual') drawQuestions(sheet, part);
		sheet.y += 10;
		sheet.lines(piecesOf(printWords(part.locale).subject, false), GRID.text, GRID.right - GRID.text, { size: 7.4, leading: 10.5, colour: QUIET });
	}
	for (const [at, part] of pages.entries()) {
		root.doc.switchToPage(at);
		const words = printWords(part.locale);
		drawMargins(root.inLocale(part.locale), {
			left: document.brand,
			right: part.documentTitle,
			title: `${part.partNumber} · ${words.version} ${document.version}`,
			page: pageWords(part.locale, at + 1, pages.length),
		});
	}
	return finish(root.doc);
}

function drawHead(sheet: Sheet, part: ProductText, document: ProductDocumentText): void {
	const { set } = sheet;
	set.write(part.partNumber, GRID.left, sheet.y + 24, 30, { isBold: true, colour: BRAND });
	let y = sheet.y + 50;
	const room = document.kind === 'datasheet' ? 250 : GRID.right - GRID.left;
	for (const line of layTitle(set, part.name, room, 14)) {
		set.write(lineText(line), GRID.left, y, 14, { isBold: true });
		y += 19;
	}
	sheet.y = y;
	if (document.kind === 'datasheet') {
		const width = 216;
		set.doc.image(Buffer.from(document.drawing), GRID.right - width, GRID.top - 14, { fit: [width, width * 0.75] });
		sheet.lines(piecesOf(part.summary, false), GRID.left, room, LINE);
		sheet.y = Math.max(sheet.y + 14, GRID.top + width * 0.75);
	} else {
		sheet.lines(piecesOf(part.tagline, false), GRID.left, room, LINE);
		sheet.y += 14;
	}
	drawFigures(sheet, part);
}

/** The figures that matter, side by side. */
function drawFigures(sheet: Sheet, { figures }: ProductText): void {
	const { set } = sheet;
	const column = (GRID.right - GRID.left) / Math.max(1, figures.length);
	sheet.rule(GRID.left, GRID.right - GRID.left, 1, INK);
	for (const [at, { name, value, unit }] of figures.entries()) {
		const x = GRID.left + column * at;
		set.write(name, x, sheet.y + 15, 7.6, { colour: QUIET });
		set.write(value, x, sheet.y + 34, 15, { isBold: true });
		set.write(unit, x + set.width(value, 15, true) + 3, sheet.y + 34, 8.4, { colour: QUIET });
	}
	sheet.y += 46;
	sheet.rule(GRID.left, GRID.right - GRID.left, 0.5, HAIR);
	sheet.y += 18;
}

function drawSpecifications(sheet: Sheet, part: ProductText): void {
	for (const [group, rows] of Map.groupBy(part.specifications, (entry) => entry.group)) {
		sheet.ensure(60);
		sheet.set.write(group, GRID.left, sheet.y + 11, 8.8, { isBold: true });
		const cells = rows.map(({ name, value, unit }) => [piecesOf(name, false), piecesOf(unit ? `${value} ${unit}` : value, false)]);
		const [first, ...rest] = cells;
		if (first) drawTable(sheet, { header: first, rows: rest }, GRID.text, SMALL, { pad: 3.6, shares: [0.55, 0.45] });
		sheet.y += 9;
	}
}

function drawQuestions(sheet: Sheet, part: ProductText): void {
	sheet.ensure(80);
	sheet.set.write(printWords(part.locale).questions, GRID.left, sheet.y + 9, 8.8, { isBold: true });
	for (const { question, answer } of part.faq) {
		sheet.ensure(44);
		sheet.lines(piecesOf(question, true), GRID.text, GRID.right - GRID.text, LINE);
		sheet.lines(piecesOf(answer, false), GRID.text, GRID.right - GRID.text, LINE);
		sheet.y += 8;
	}
}

function drawDeclaration(sheet: Sheet, part: ProductText): void {
	sheet.lines(piecesOf(printWords(part.locale).declared, false), GRID.text, GRID.right - GRID.text, { size: 11, leading: 17 });
	sheet.y += 16;
	const rows = part.figures.map(({ name, value, unit }) => [piecesOf(name, false), piecesOf(`${value} ${unit}`, false)]);
	const [first, ...rest] = rows;
	if (first) drawTable(sheet, { header: first, rows: rest }, GRID.text, LINE);
}
