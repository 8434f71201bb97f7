import type { BrochureText } from './brochure-text.ts';
import { piecesOf } from './line-break.ts';
import { BRAND, GRID, HAIR, INK, layText, lineText, QUIET, type Sheet } from './sheet.ts';
import { printWords } from './words.ts';

const WIDE = GRID.right - GRID.left;
const COLUMN = WIDE / 2;

/** Whom to ask: the company, then dealers of these products; what may change. */
export function drawClosing(sheet: Sheet, { imprint, contacts, dealers, locale }: BrochureText): void {
	const { set } = sheet;
	const words = printWords(locale);
	set.tags.leaf('H2', () => set.write(words.contacts, GRID.left, sheet.y + 20, 22, { isBold: true }));
	sheet.y += 58;
	sheet.rule(GRID.left, WIDE, 1, INK);
	const top = sheet.y + 12;
	const [first = '', ...rest] = imprint;
	sheet.y = top;
	sheet.lines(piecesOf(first, true), GRID.left, COLUMN - 16, { size: 11, leading: 16 });
	for (const line of rest) sheet.lines(piecesOf(line, false), GRID.left, COLUMN - 16, { size: 10, leading: 15.5 });
	const end = sheet.y;
	sheet.y = top;
	for (const { label, value, link } of contacts) {
		set.write(label, GRID.left + COLUMN, sheet.y + 10, 8.4, { colour: QUIET });
		const from = sheet.y;
		sheet.lines(piecesOf(value, false), GRID.left + COLUMN + 62, COLUMN - 62, { size: 10, leading: 15.5, colour: BRAND });
		set.doc.link(GRID.left + COLUMN + 62, from, COLUMN - 62, sheet.y - from, link);
	}
	sheet.y = Math.max(end, sheet.y) + 34;
	if (dealers.length > 0) drawDealers(sheet, dealers, words.dealers);
	sheet.y += 14;
	sheet.lines(piecesOf(words.subject, false), GRID.left, WIDE, { size: 8, leading: 11.5, colour: QUIET });
}

function drawDealers(sheet: Sheet, dealers: BrochureText['dealers'], heading: string): void {
	const { set } = sheet;
	set.tags.leaf('H3', () => set.write(heading, GRID.left, sheet.y + 10, 11, { isBold: true }));
	sheet.y += 22;
	for (let at = 0; at < dealers.length; at += 2) {
		const pair = dealers.slice(at, at + 2).map(({ name, lines }) => ({
			name: layText(set, name, COLUMN - 16, 9.4, true).map(lineText),
			lines: lines.flatMap((line) => layText(set, line, COLUMN - 16, 9).map(lineText)),
		}));
		const height = Math.max(...pair.map(({ name, lines }) => name.length + lines.length)) * 13.5 + 16;
		sheet.ensure(height);
		sheet.rule(GRID.left, WIDE, 0.5, at === 0 ? INK : HAIR);
		pair.forEach((dealer, column) => {
			const x = GRID.left + column * COLUMN;
			set.tags.leaf('P', () => {
				dealer.name.forEach((line, row) => set.write(line, x, sheet.y + 17 + row * 13.5, 9.4, { isBold: true }));
				dealer.lines.forEach((line, row) => set.write(line, x, sheet.y + 17 + (dealer.name.length + row) * 13.5, 9, { colour: QUIET }));
			});
		});
		sheet.y += height;
	}
	sheet.rule(GRID.left, WIDE, 0.5, HAIR);
}
