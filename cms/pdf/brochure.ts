import { drawClosing } from './brochure-closing.ts';
import { drawCover } from './brochure-cover.ts';
import { type Drawings, drawProduct, openPicture } from './brochure-product.ts';
import type { BrochureText } from './brochure-text.ts';
import { createTypesetter, finish, type Typesetter } from './face.ts';
import { piecesOf } from './line-break.ts';
import { drawMargins, pageWords } from './paper.ts';
import { drawFigures } from './product-parts.ts';
import { bodyStyle, BRAND, createSheet, GRID, HAIR, INK, layText, lineText, QUIET, type Sheet, TEXT_WIDTH } from './sheet.ts';
import { printWords } from './words.ts';

interface Entry {
	readonly mark: string;
	readonly title: string;
	readonly page: number;
}

/** Sets a brochure as A4: cover, contents, the products, cases, contacts. `pictures`: PNG or JPEG, one for each product, null where there is none. */
export async function brochurePdf(
	text: BrochureText,
	pictures: readonly (Uint8Array | null)[],
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
	const words = printWords(text.locale);
	const set = createTypesetter(text.locale, { title: `${words.brochure}: ${text.families.join(', ')}`, author: text.brand });
	const sheet = createSheet(set);
	const drawings: Drawings = pictures.map((picture) => picture && openPicture(set, picture));
	const entries: Entry[] = [];
	const feet: string[] = ['', words.contents];
	const begin = (mark: string, title: string): void => {
		sheet.turn();
		entries.push({ mark, title, page: sheet.page() });
		set.doc.addNamedDestination(`page-${sheet.page()}`, 'Fit');
		set.doc.outline.addItem([mark, title].filter(Boolean).join('  '));
	};
	/** The foot of the pages since the last one names what they are about. */
	const footed = (title: string): void => {
		while (feet.length < sheet.page()) feet.push(title);
	};

	sheet.turn();
	drawCover(set, text, drawings);
	sheet.turn();
	const fillContents = set.tags.place('TOC');
	for (const [at, product] of text.products.entries()) {
		begin(product.partNumber, product.name);
		drawProduct(sheet, product, text.hasDrawings ? (drawings[at] ?? null) : null);
		footed(`${product.partNumber} · ${product.name}`);
	}
	if (text.cases.length > 0) {
		begin('', words.cases);
		drawCases(sheet, text);
		footed(words.cases);
	}
	begin('', words.contacts);
	drawClosing(sheet, text);
	footed(words.contacts);

	const last = sheet.page();
	set.doc.switchToPage(1);
	fillContents(() => drawContents(set, entries));
	for (let page = 2; page <= last; page++) {
		set.doc.switchToPage(page - 1);
		const [foot] = layText(set, feet[page - 1] ?? '', GRID.right - GRID.left - 110, 8);
		drawMargins(set, {
			left: text.brand,
			right: words.brochure,
			title: foot ? lineText(foot) : '',
			page: pageWords(text.locale, page, last),
		});
	}
	return { bytes: new Uint8Array(await finish(set)), pages: last };
}

function drawContents(set: Typesetter, entries: readonly Entry[]): void {
	const { doc, tags } = set;
	const words = printWords(set.locale);
	tags.leaf('H2', () => set.write(words.contents, GRID.left, GRID.top + 20, 22, { isBold: true }));
	let y = GRID.top + 58;
	for (const [at, { mark, title, page }] of entries.entries()) {
		const x = mark ? GRID.text : GRID.left;
		const lines = layText(set, title, GRID.right - x - 60, 10.6).slice(0, 2);
		const height = 14 + lines.length * 15;
		doc
			.moveTo(GRID.left, y)
			.lineTo(GRID.right, y)
			.lineWidth(at === 0 ? 1 : 0.5)
			.strokeColor(at === 0 ? INK : HAIR)
			.stroke();
		tags.leaf('TOCI', () => {
			const [number] = layText(set, mark, GRID.text - GRID.left - 8, 10.6, true);
			if (number) set.write(lineText(number), GRID.left, y + 19, 10.6, { isBold: true, colour: BRAND });
			lines.forEach((line, row) => set.write(lineText(line), x, y + 19 + row * 15, 10.6));
			set.write(String(page), GRID.right, y + 19, 10.6, { align: 'end', colour: QUIET });
		});
		doc.goTo(GRID.left, y, GRID.right - GRID.left, height, `page-${page}`);
		y += height;
	}
}

function drawCases(sheet: Sheet, { cases, locale }: BrochureText): void {
	const words = printWords(locale);
	const style = bodyStyle(sheet.set);
	sheet.set.tags.leaf('H2', () => sheet.set.write(words.cases, GRID.left, sheet.y + 20, 22, { isBold: true }));
	sheet.y += 58;
	for (const item of cases) {
		sheet.ensure(190);
		sheet.rule(GRID.left, GRID.right - GRID.left, 1, INK);
		sheet.y += 12;
		sheet.set.tags.leaf('H3', () => sheet.lines(piecesOf(item.title, true), GRID.left, GRID.right - GRID.left, { size: 14, leading: 19 }));
		sheet.lines(piecesOf(item.customer, false), GRID.left, GRID.right - GRID.left, { ...style, colour: QUIET });
		sheet.y += 6;
		sheet.lines(piecesOf(item.summary, false), GRID.text, TEXT_WIDTH, style);
		sheet.y += 12;
		drawFigures(sheet, item.results);
		sheet.y += 12;
	}
}
