import { breakLines, type Line, type Piece, piecesOf } from './line-break.ts';
import { PAGE, type Typesetter } from './face.ts';

/** Colours of print: ink, quieter ink, hairlines, the brand's petrol. */
export const INK = '#1a2226';
export const QUIET = '#4f5b61';
export const HAIR = '#c3cccf';
export const BRAND = '#0b5563';

/** The grid: a margin column for numbers and a text column; tables and figures may take both. */
export const GRID = { left: 56, text: 168, right: PAGE.width - 56, top: 86, bottom: PAGE.height - 74 } as const;
export const TEXT_WIDTH = GRID.right - GRID.text;

export interface TextStyle {
	readonly size: number;
	readonly leading: number;
	readonly colour?: string;
}

/** Body text; Chinese is set with more air. */
export function bodyStyle(set: Typesetter): TextStyle {
	return set.locale === 'en' ? { size: 9.4, leading: 13.8 } : { size: 9.4, leading: 16 };
}

/** A page being filled from the top. */
export interface Sheet {
	readonly set: Typesetter;
	/** Where the next thing begins. */
	y: number;
	/** Page numbers count from 1 with the cover. */
	page(): number;
	/** Turns to a new page unless `height` fits. */
	ensure(height: number): void;
	turn(): void;
	/** Writes pieces as lines at `x`, over as many pages as needed, and moves down. */
	lines(pieces: readonly Piece[], x: number, width: number, style: TextStyle): void;
	rule(x: number, width: number, weight?: number, colour?: string): void;
}

export function createSheet(set: Typesetter): Sheet {
	let pages = 0;
	const sheet: Sheet = {
		set,
		y: GRID.top,
		page: () => pages,
		ensure: (height) => {
			if (sheet.y + height > GRID.bottom) sheet.turn();
		},
		turn: () => {
			const page = { size: 'A4', margin: 0 } as const;
			// What is tagged goes on, on the new page.
			if (pages === 0) set.doc.addPage(page);
			else set.doc.continueOnNewPage(page);
			pages++;
			sheet.y = GRID.top;
		},
		lines: (pieces, x, width, style) => {
			const lines = layLines(set, pieces, width, style.size);
			const draw = (): void => {
				for (const [at, line] of lines.entries()) {
					// Neither a first nor a last line stands alone on a page.
					const isLonely = at === 0 && lines.length > 1 ? 2 : at === lines.length - 2 ? 2 : 1;
					sheet.ensure(style.leading * isLonely);
					writeLine(set, line, x, sheet.y + style.size, style);
					sheet.y += style.leading;
				}
			};
			set.tags.leaf('P', draw);
		},
		rule: (x, width, weight = 0.5, colour = HAIR) => {
			set.doc
				.moveTo(x, sheet.y)
				.lineTo(x + width, sheet.y)
				.lineWidth(weight)
				.strokeColor(colour)
				.stroke();
		},
	};
	return sheet;
}

export function layLines(set: Typesetter, pieces: readonly Piece[], width: number, size: number): Line[] {
	const measure = (piece: Piece): number => set.width(piece.text, size, piece.isBold);
	const fitting = pieces.flatMap((piece) => (measure(piece) > width ? cutPiece(piece, width, measure) : [piece]));
	return breakLines(fitting, width, measure);
}

/** A word that is wider than its column, cut where it must be. */
function cutPiece(piece: Piece, width: number, measure: (piece: Piece) => number): Piece[] {
	const parts: Piece[] = [];
	for (const character of piece.text) {
		const last = parts.at(-1);
		const longer = { ...piece, text: (last?.text ?? '') + character };
		if (last && measure(longer) <= width) parts[parts.length - 1] = longer;
		else parts.push({ ...piece, text: character, mayStart: true });
	}
	return parts;
}

/** Text of one style as lines. */
export function layText(set: Typesetter, text: string, width: number, size: number, isBold = false): Line[] {
	return layLines(set, piecesOf(text, isBold), width, size);
}

/** The largest size up to `size` at which a text is one line of `width`. */
export function sizeOf(set: Typesetter, text: string, width: number, size: number, isBold = false): number {
	return Math.min(size, (size * width) / Math.max(1, set.width(text, size, isBold)));
}

/** A title in as few lines as it needs, and those about equally long. */
export function layTitle(set: Typesetter, text: string, width: number, size: number, isBold = true): Line[] {
	const count = layText(set, text, width, size, isBold).length;
	let narrow = width;
	while (narrow > size * 4 && layText(set, text, narrow - size / 4, size, isBold).length === count) narrow -= size / 4;
	return layText(set, text, narrow, size, isBold);
}

export function lineText(line: Line): string {
	return line.map((piece) => piece.text).join('');
}

/** Writes a line run by run of the same weight. */
export function writeLine(set: Typesetter, line: Line, x: number, y: number, { size, colour = INK }: TextStyle): void {
	let at = x;
	for (let from = 0; from < line.length;) {
		const isBold = line[from]?.isBold === true;
		let to = from + 1;
		while (to < line.length && (line[to]?.isBold === true) === isBold) to++;
		const text = lineText(line.slice(from, to));
		set.write(text, at, y, size, { isBold, colour });
		at += set.width(text, size, isBold);
		from = to;
	}
}
