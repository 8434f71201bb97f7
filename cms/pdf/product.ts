import type { Locale } from '../content.ts';
import { createTypesetter, finish } from './face.ts';
import { piecesOf } from './line-break.ts';
import { setMarkdown } from './markdown.ts';
import { drawMargins, pageWords } from './paper.ts';
import {
	drawFigures,
	drawQuestions,
	drawSpecifications,
	LINE,
	type PrintedFigure,
	type PrintedQuestion,
	type PrintedSpecification,
} from './product-parts.ts';
import { BRAND, createSheet, GRID, layTitle, lineText, QUIET, type Sheet } from './sheet.ts';
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
	readonly figures: readonly PrintedFigure[];
	readonly specifications: readonly PrintedSpecification[];
	readonly faq: readonly PrintedQuestion[];
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
		if (document.kind !== 'certificate') drawSpecifications(sheet, part.specifications);
		if (document.kind === 'manual') drawQuestions(sheet, part.faq, printWords(part.locale).questions);
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
	return finish(root);
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
	drawFigures(sheet, part.figures);
}

function drawDeclaration(sheet: Sheet, part: ProductText): void {
	sheet.lines(piecesOf(printWords(part.locale).declared, false), GRID.text, GRID.right - GRID.text, { size: 11, leading: 17 });
	sheet.y += 16;
	const rows = part.figures.map(({ name, value, unit }) => [piecesOf(name, false), piecesOf(`${value} ${unit}`, false)]);
	drawTable(sheet, { header: null, rows }, GRID.text, LINE);
}
