import * as fontkit from 'fontkit';

import type { Locale } from '../content.ts';
import { type Face, FACES, splitRuns } from '../pdf/runs.ts';

/** Text as shapes: pictures made from them need no font wherever they are drawn. */
export interface Outliner {
	/** Width in pixels. */
	width(text: string, size: number, isBold?: boolean): number;
	/** SVG path data of one line with its base line at `y`. */
	path(text: string, x: number, y: number, size: number, isBold?: boolean): string;
}

/** The faces, opened when first needed. */
const opened = new Map<Face, fontkit.Font>();

function fontOf(face: Face): fontkit.Font {
	const known = opened.get(face);
	if (known) return known;
	const font = fontkit.openSync(FACES[face]) as fontkit.Font;
	opened.set(face, font);
	return font;
}

export function createOutliner(locale: Locale): Outliner {
	const runsOf = (text: string, isBold: boolean) =>
		splitRuns(text, locale, isBold, (face, character) => fontOf(face).hasGlyphForCodePoint(character.codePointAt(0) ?? 0)).map(
			({ face, text: part }) => {
				const font = fontOf(face);
				return { run: font.layout(part), unitsPerEm: font.unitsPerEm };
			},
		);

	return {
		width: (text, size, isBold = false) => runsOf(text, isBold).reduce((sum, { run, unitsPerEm }) => sum + (run.advanceWidth * size) / unitsPerEm, 0),
		path: (text, x, y, size, isBold = false) => {
			const shapes: string[] = [];
			let at = x;
			for (const { run, unitsPerEm } of runsOf(text, isBold)) {
				const scale = size / unitsPerEm;
				for (const [index, glyph] of run.glyphs.entries()) {
					const position = run.positions[index];
					if (!position) continue;
					const moved = glyph.path.transform(scale, 0, 0, -scale, at + position.xOffset * scale, y - position.yOffset * scale);
					shapes.push(moved.toSVG());
					at += position.xAdvance * scale;
				}
			}
			return shapes.join('');
		},
	};
}
