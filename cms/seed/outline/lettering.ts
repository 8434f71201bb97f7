import { polyline } from '../illustration/ink.ts';
import type { Point } from '../illustration/view.ts';

/**
 * Upright lettering of technical drawings as strokes, so that no font is needed. A glyph is a list of strokes on a grid 4 wide and 6 high, y upwards.
 * Shapes after ISO 3098.
 */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
	'0': ['1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0'],
	'1': ['1,5 2,6 2,0'],
	'2': ['0,5 1,6 3,6 4,5 4,4 0,0 4,0'],
	'3': ['0,5 1,6 3,6 4,5 4,4 3,3.2 1.6,3.2', '3,3.2 4,2.4 4,1 3,0 1,0 0,1'],
	'4': ['3,0 3,6 0,2 4,2'],
	'5': ['4,6 0.4,6 0,3.4 1,4 3,4 4,3 4,1 3,0 1,0 0,1'],
	'6': ['4,5 3,6 1,6 0,5 0,1 1,0 3,0 4,1 4,2.6 3,3.6 1,3.6 0,2.6'],
	'7': ['0,6 4,6 1.6,0'],
	'8': ['1,3.2 0,4 0,5 1,6 3,6 4,5 4,4 3,3.2 1,3.2 0,2.2 0,1 1,0 3,0 4,1 4,2.2 3,3.2'],
	'9': ['0,1 1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,3.4 1,2.4 3,2.4 4,3.4'],
	'.': ['1.6,0 2,0'],
	'⌀': ['1,0.6 3,0.6 4,1.8 4,4.2 3,5.4 1,5.4 0,4.2 0,1.8 1,0.6', '-0.4,-0.2 4.4,6.2'],
};
const ADVANCE = 5.6;

/** How wide a text of this height is, in pixels. */
export function lettersWide(text: string, height: number): number {
	return ((text.length * ADVANCE - (ADVANCE - 4)) * height) / 6;
}

/** A text with its middle at `centre`; `isUpwards` reads from below to above. */
export function letters(text: string, [cx, cy]: Point, height: number, isUpwards = false): string {
	const unit = height / 6;
	const left = -lettersWide(text, height) / 2;
	return [...text]
		.flatMap((character, at) =>
			(GLYPHS[character] ?? []).map((stroke) => {
				const points = stroke.split(' ').map((pair): Point => {
					const [x = 0, y = 0] = pair.split(',').map(Number);
					const [across, down] = [left + (at * ADVANCE + x) * unit, height / 2 - y * unit];
					return isUpwards ? [cx + down, cy - across] : [cx + across, cy + down];
				});
				return polyline(points, { weight: height / 10 });
			}),
		)
		.join('');
}
