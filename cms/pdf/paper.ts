import { seriesPalette } from '../series-colour.ts';
import { createTypesetter, finish, PAGE, type Typesetter } from './face.ts';
import { piecesOf } from './line-break.ts';
import { setMarkdown } from './markdown.ts';
import { bodyStyle, createSheet, GRID, HAIR, INK, layText, layTitle, lineText, QUIET, type Sheet, TEXT_WIDTH } from './sheet.ts';
import { printWords } from './words.ts';
import type { Locale } from '../content.ts';

/** Everything that a printed paper says. Structured-cloneable, so that a worker can set it. */
export interface PaperText {
	readonly locale: Locale;
	readonly brand: string;
	readonly address: string;
	readonly number: string;
	readonly series: string;
	readonly seriesName: string;
	readonly title: string;
	readonly subtitle: string;
	readonly summary: string;
	readonly findings: readonly string[];
	readonly author: string;
	/** `YYYY-MM-DD`. */
	readonly publishedOn: string;
	/** Markdown; each begins with a heading. */
	readonly pages: readonly string[];
	/** PNG of the cover's artwork, 3 : 4. */
	readonly artwork: Uint8Array;
}

interface ContentsLine {
	readonly number: string;
	readonly title: string;
	readonly page: number;
}

/** Sets a white paper as A4: cover, summary with contents, and the text. Resolves with the PDF's bytes. */
export async function paperPdf(paper: PaperText): Promise<Buffer> {
	const set = createTypesetter(paper.locale, { title: paper.title, author: paper.author });
	const words = printWords(paper.locale);
	const sheet = createSheet(set);
	const contents: ContentsLine[] = [];
	let figures = 0;

	sheet.turn();
	drawCover(set, paper);
	sheet.turn();
	drawSummary(sheet, paper);
	const contentsAt = sheet.y;
	sheet.turn();
	for (const page of paper.pages) {
		setMarkdown(sheet, page, {
			figureHeading: () => `${words.figure} ${++figures}`,
			heading: (level, title) => {
				if (level > 2) return '';
				const number = String(contents.length + 1);
				contents.push({ number, title, page: sheet.page() });
				return number;
			},
		});
	}
	const last = sheet.page();
	set.doc.switchToPage(1);
	drawContents(set, contents, contentsAt, words.contents);
	for (let page = 2; page <= last; page++) {
		set.doc.switchToPage(page - 1);
		drawMargins(set, { left: paper.brand, right: `${words.paper} ${paper.number}`, title: paper.title, page: pageWords(paper.locale, page, last) });
	}
	return finish(set);
}

/** The artwork is 3 : 4, a little flatter than the page; the field goes on above it. */
const COVER_HEIGHT = (PAGE.width * 4) / 3;
/** Room below it for series and date: one cell of its grid. */
const COVER_FOOT = PAGE.width / 12;

function drawCover(set: Typesetter, paper: PaperText): void {
	const { doc } = set;
	const words = printWords(paper.locale);
	doc.rect(0, 0, PAGE.width, PAGE.height).fill(seriesPalette(paper.series).field);
	doc.image(Buffer.from(paper.artwork), 0, PAGE.height - COVER_HEIGHT - COVER_FOOT, { width: PAGE.width, height: COVER_HEIGHT });
	const white = '#ffffff';
	set.write(paper.brand, GRID.left, 62, 11, { isBold: true, colour: white });
	set.write(`${words.paper} ${paper.number}`, GRID.right, 62, 11, { colour: white, align: 'end' });
	doc.moveTo(GRID.left, 76).lineTo(GRID.right, 76).lineWidth(0.7).strokeColor(white).stroke();
	const size = paper.locale === 'en' ? 38 : 36;
	let y = 128;
	for (const line of layTitle(set, paper.title, GRID.right - GRID.left, size)) {
		set.write(lineText(line), GRID.left, y, size, { isBold: true, colour: white });
		y += size * 1.16;
	}
	y += 2;
	for (const line of layTitle(set, paper.subtitle, (GRID.right - GRID.left) * 0.82, 14, false)) {
		set.write(lineText(line), GRID.left, y, 14, { colour: white });
		y += 20;
	}
	set.write(paper.seriesName, GRID.left, PAGE.height - 30, 10, { isBold: true, colour: white });
	set.write(paper.publishedOn, GRID.right, PAGE.height - 30, 10, { colour: white, align: 'end' });
}

function drawSummary(sheet: Sheet, paper: PaperText): void {
	const words = printWords(paper.locale);
	const style = bodyStyle(sheet.set);
	sheet.lines(piecesOf(paper.title, true), GRID.text, TEXT_WIDTH, { size: 19, leading: 25 });
	sheet.y += 10;
	sheet.lines(piecesOf(paper.summary, false), GRID.text, TEXT_WIDTH, { size: 11, leading: sheet.set.locale === 'en' ? 16.5 : 19 });
	sheet.y += 18;
	sheet.set.write(words.findings, GRID.left, sheet.y + style.size, 9.4, { isBold: true });
	for (const [at, finding] of paper.findings.entries()) {
		sheet.rule(GRID.text, TEXT_WIDTH, 0.5, at === 0 ? INK : HAIR);
		sheet.y += 5;
		sheet.set.write(String(at + 1), GRID.text, sheet.y + style.size, style.size, { isBold: true });
		sheet.lines(piecesOf(finding, false), GRID.text + 20, TEXT_WIDTH - 20, style);
		sheet.y += 6;
	}
	sheet.y += 20;
	sheet.set.write(paper.author, GRID.text, GRID.bottom - 20, 8.2, { colour: QUIET });
	sheet.set.write(paper.address, GRID.text, GRID.bottom - 8, 8.2, { colour: QUIET });
}

function drawContents(set: Typesetter, contents: readonly ContentsLine[], top: number, heading: string): void {
	set.write(heading, GRID.left, top + 14, 9.4, { isBold: true });
	let y = top;
	for (const [at, { number, title, page }] of contents.entries()) {
		set.doc
			.moveTo(GRID.text, y)
			.lineTo(GRID.right, y)
			.lineWidth(0.5)
			.strokeColor(at === 0 ? INK : HAIR)
			.stroke();
		set.write(number, GRID.text, y + 14, 9.4, { colour: QUIET });
		const [line] = layText(set, title, TEXT_WIDTH - 60, 9.4);
		set.write(line ? lineText(line) : '', GRID.text + 20, y + 14, 9.4);
		set.write(String(page), GRID.right, y + 14, 9.4, { align: 'end' });
		y += 21;
	}
}

/** Head and foot of a page. */
export function drawMargins(
	set: Typesetter,
	{ left, right, title, page }: { readonly left: string; readonly right: string; readonly title: string; readonly page: string },
): void {
	set.tags.artifact(() => drawHeadAndFoot(set, { left, right, title, page }));
}

function drawHeadAndFoot(
	set: Typesetter,
	{ left, right, title, page }: { readonly left: string; readonly right: string; readonly title: string; readonly page: string },
): void {
	const { doc } = set;
	set.write(left, GRID.left, 46, 8, { isBold: true });
	set.write(right, GRID.right, 46, 8, { colour: QUIET, align: 'end' });
	doc.moveTo(GRID.left, 54).lineTo(GRID.right, 54).lineWidth(0.5).strokeColor(HAIR).stroke();
	doc
		.moveTo(GRID.left, PAGE.height - 52)
		.lineTo(GRID.right, PAGE.height - 52)
		.lineWidth(0.5)
		.strokeColor(HAIR)
		.stroke();
	set.write(title, GRID.left, PAGE.height - 38, 8, { colour: QUIET });
	set.write(page, GRID.right, PAGE.height - 38, 8, { colour: QUIET, align: 'end' });
}

export function pageWords(locale: Locale, page: number, last: number): string {
	return locale === 'en' ? `${page} / ${last}` : `第 ${page} 页，共 ${last} 页`;
}
