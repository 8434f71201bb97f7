import { fill } from '#kernel/texts/index.ts';

import { type Drawings, placeDrawing } from './brochure-product.ts';
import type { BrochureText } from './brochure-text.ts';
import { PAGE, type Typesetter } from './face.ts';
import { BRAND, GRID, HAIR, layText, layTitle, lineText, QUIET } from './sheet.ts';
import { printWords } from './words.ts';

const WIDE = GRID.right - GRID.left;
const WHITE = '#ffffff';
/** The field ends here; the drawings stand below it. */
const FIELD = 400;
const MOST_LINES = 4;

/** The field with what it is and whose, and the drawings of the products below. */
export function drawCover(set: Typesetter, text: BrochureText, drawings: Drawings): void {
	const { doc, tags } = set;
	const words = printWords(text.locale);
	doc.rect(0, 0, PAGE.width, FIELD).fill(BRAND);
	tags.leaf('P', () => {
		set.write(text.brand, GRID.left, 62, 11, { isBold: true, colour: WHITE });
		set.write(words.brochure, GRID.right, 62, 11, { colour: WHITE, align: 'end' });
	});
	doc.moveTo(GRID.left, 76).lineTo(GRID.right, 76).lineWidth(0.7).strokeColor(WHITE).stroke();
	let y = 126;
	tags.leaf('H1', () => {
		const { size, lines } = titleLines(set, titleOf(text));
		for (const line of lines) {
			set.write(line, GRID.left, y, size, { isBold: true, colour: WHITE });
			y += size * 1.18;
		}
	});
	tags.leaf('P', () => {
		for (const line of layText(set, text.products.map(({ partNumber }) => partNumber).join(', '), WIDE * 0.86, 11).slice(0, 3)) {
			set.write(lineText(line), GRID.left, y + 4, 11, { colour: WHITE });
			y += 17;
		}
	});
	drawOwner(set, text);
	drawShelf(set, text, drawings);
}

/** The families, or how many there are when a title cannot name them. */
function titleOf({ families, products, locale }: BrochureText): string {
	const words = printWords(locale);
	if (families.length === 0) return words.brochure;
	if (families.length > 3) return fill(words.selection, { count: products.length, families: families.length });
	const names = locale === 'en' ? families.map((name, at) => (at === 0 ? name : name.toLowerCase())) : families;
	const last = names.at(-1) ?? '';
	if (names.length === 1) return last;
	return locale === 'en' ? `${names.slice(0, -1).join(', ')} ${words.and} ${last}` : `${names.slice(0, -1).join('、')}${words.and}${last}`;
}

function titleLines(set: Typesetter, title: string): { readonly size: number; readonly lines: readonly string[] } {
	for (let size = 38; size > 18; size -= 4) {
		const lines = layTitle(set, title, WIDE, size).map(lineText);
		if (lines.length <= MOST_LINES - 1) return { size, lines };
	}
	return { size: 18, lines: layText(set, title, WIDE, 18, true).slice(0, MOST_LINES).map(lineText) };
}

/** Name and company at the foot of the field, the date to the right. */
function drawOwner(set: Typesetter, { name, company, date, locale }: BrochureText): void {
	const { madeFor } = printWords(locale);
	const room = WIDE - 130;
	const owner = name && madeFor ? `${madeFor} ${name}` : name;
	const lines = [
		...layText(set, owner, room, 13, true)
			.slice(0, 2)
			.map((line) => ({ text: lineText(line), isBold: true, size: 13 })),
		...layText(set, company, room, 11)
			.slice(0, 2)
			.map((line) => ({ text: lineText(line), isBold: false, size: 11 })),
	];
	set.tags.leaf('P', () => {
		const base = FIELD - 26;
		lines.forEach(({ text, isBold, size }, at) => set.write(text, GRID.left, base - (lines.length - 1 - at) * 17, size, { isBold, colour: WHITE }));
		set.write(date, GRID.right, base, 11, { colour: WHITE, align: 'end' });
	});
}

/** Columns by the number of products, so that the shelf is full and its drawings large. */
const COLUMNS = [1, 1, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4] as const;

function drawShelf(set: Typesetter, { products }: BrochureText, drawings: Drawings): void {
	const { doc, tags } = set;
	const columns = COLUMNS[products.length] ?? 4;
	const rows = Math.ceil(products.length / columns);
	const top = FIELD + 26;
	const height = (PAGE.height - 42 - top) / rows;
	const width = WIDE / columns;
	for (const [at, { partNumber, name }] of products.entries()) {
		const x = GRID.left + (at % columns) * width;
		const y = top + Math.floor(at / columns) * height;
		if (at % columns === 0) doc.moveTo(GRID.left, y).lineTo(GRID.right, y).lineWidth(0.5).strokeColor(HAIR).stroke();
		const picture = drawings[at];
		if (picture) tags.leaf('Figure', () => placeDrawing({ set }, picture, x + 4, y + 10, width - 8, height - 46), `${partNumber} ${name}`);
		const [number] = layText(set, partNumber, width - 12, 10, true);
		const [called] = layText(set, name, width - 12, 7.6);
		tags.leaf('P', () => {
			if (number) set.write(lineText(number), x + 2, y + height - 22, 10, { isBold: true, colour: BRAND });
			if (called) set.write(lineText(called), x + 2, y + height - 10, 7.6, { colour: QUIET });
		});
	}
}
